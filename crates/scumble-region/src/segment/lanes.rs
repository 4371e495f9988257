//! Points compared side by side.

/// How many: two vectors of SSE, which every x86-64 has.
pub(super) const LANES: usize = 8;

/// The first values of a row; if there are fewer, then zeros.
pub(super) fn lanes<T: Copy + Default>(row: &[T]) -> [T; LANES] {
    match row.first_chunk() {
        Some(chunk) => *chunk,
        None => {
            let mut out = [T::default(); LANES];
            out.iter_mut().zip(row).for_each(|(out, v)| *out = *v);
            out
        }
    }
}

/// Adds the squared differences of one coordinate to a centre's.
#[inline(always)]
pub(super) fn add_squares(sums: &mut [f32; LANES], point: &[f32; LANES], centre: f32) {
    for (sum, v) in sums.iter_mut().zip(point) {
        *sum += (v - centre) * (v - centre);
    }
}

/// Takes over the number and the distance of a centre where it is nearer.
#[inline(always)]
pub(super) fn take_nearer(ids: &mut [u32; LANES], distances: &mut [f32; LANES], id: u32, sums: &[f32; LANES]) {
    for lane in 0..LANES {
        let nearer = sums[lane] < distances[lane];
        distances[lane] = if nearer { sums[lane] } else { distances[lane] };
        ids[lane] = if nearer { id } else { ids[lane] };
    }
}
