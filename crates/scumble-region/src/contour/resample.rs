//! Points at equal distances along a ring.

use scumble_core::{Error, Result};
use scumble_paint::painting::Point;

/// The most points a ring may be resampled to.
const MOST: usize = 1 << 16;

/// `count` points at equal distances along a ring, from its first point on. They lie on its edges; a ring without length gives the
/// same point every time.
///
/// # Errors
/// `Fault::Parameter` if the count is 0 or above 65,536; `Fault::Input` if the ring has no points or one that is not finite.
pub fn resample(ring: &[Point], count: usize) -> Result<Vec<[f64; 2]>> {
    if count == 0 || count > MOST {
        return Err(Error::parameter(format!("count is {count}, allowed is 1 to {MOST}")));
    }
    if ring.is_empty() || ring.iter().flatten().any(|v| !v.is_finite()) {
        return Err(Error::input("a ring without points, or with one that is not finite, cannot be resampled"));
    }
    let ring: Vec<[f64; 2]> = ring.iter().map(|p| p.map(f64::from)).collect();
    let mut points = Vec::with_capacity(count);
    resampled(&ring, count, &mut points);
    Ok(points)
}

/// [`resample`] into `out`, which becomes as long as `count`; nothing for a ring without points.
pub(crate) fn resampled(ring: &[[f64; 2]], count: usize, out: &mut Vec<[f64; 2]>) {
    out.clear();
    let Some(&first) = ring.first() else { return };
    let after = |at: usize| ring.get(at + 1).copied().unwrap_or(first);
    let length = |at: usize| (after(at)[0] - ring[at][0]).hypot(after(at)[1] - ring[at][1]);
    let total: f64 = (0..ring.len()).map(length).sum();
    // The edge in which the next point lies, its length, and the length of all edges before it.
    let (mut edge, mut long, mut passed) = (0, length(0), 0.0);
    for j in 0..count {
        let wanted = total * j as f64 / count as f64;
        while passed + long < wanted && edge + 1 < ring.len() {
            passed += long;
            edge += 1;
            long = length(edge);
        }
        let share = if long > 0.0 { ((wanted - passed) / long).clamp(0.0, 1.0) } else { 0.0 };
        let (from, to) = (ring[edge], after(edge));
        out.push([0, 1].map(|k| from[k] + share * (to[k] - from[k])));
    }
}
