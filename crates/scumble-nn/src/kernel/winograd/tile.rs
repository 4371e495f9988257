//! The two-dimensional transforms of a group of tiles, as many as a vector has lanes.
//!
//! Four vectors, read side by side from a row of the picture, hold four neighbouring columns of every tile once the 4×4
//! matrices in their 128-bit lanes are transposed. So lanes run over tiles, and a row of a tile is never taken apart.

use std::mem::MaybeUninit;

use super::transform::{self, IN, OUT};
use crate::kernel::lanes::{Lanes, prefetch, prefetch_to_write};

/// Where a group's four vectors are read from.
pub(super) trait Source<S: Lanes> {
    /// Columns 0 to 3 of the tiles' row `row`, and columns 4 to 7, of which two are used, as vector `quarter` of four.
    ///
    /// # Safety
    /// What the implementor asks of its making.
    unsafe fn row(&self, s: S, quarter: usize, row: usize) -> (S::V, S::V);
}

/// Where a group's four vectors are written to.
pub(super) trait Sink<S: Lanes> {
    /// Takes the tiles' output row `row` as vector `quarter` of four.
    ///
    /// # Safety
    /// What the implementor asks of its making.
    unsafe fn row(&mut self, s: S, quarter: usize, row: usize, values: S::V);
}

/// `Bᵀ·d·B` of a group: one vector to each of the thirty-six matrices that start `stride` floats apart. The lines from `next`
/// on, as far apart, are asked for.
///
/// # Safety
/// The source must be readable and the vectors at `to` writable.
#[inline(always)]
pub(super) unsafe fn input<S: Lanes>(
    s: S,
    source: &impl Source<S>,
    (to, stride): (*mut f32, usize),
    next: Option<*mut f32>,
) {
    // Zeros would be written first, in every group.
    let mut rows = [const { MaybeUninit::<[S::V; IN]>::uninit() }; IN];
    for (r, row) in rows.iter_mut().enumerate() {
        // SAFETY: the caller's promise.
        let ((a, e), (b, f), (c, g), (d, h)) =
            unsafe { (source.row(s, 0, r), source.row(s, 1, r), source.row(s, 2, r), source.row(s, 3, r)) };
        let [d0, d1, d2, d3] = s.transpose([a, b, c, d]);
        let [d4, d5, ..] = s.transpose([e, f, g, h]);
        row.write(transform::input(s, [d0, d1, d2, d3, d4, d5]));
    }
    for j in 0..IN {
        // SAFETY: the loop has written every row.
        let at = |r: usize| unsafe { rows[r].assume_init_ref()[j] };
        let column = [at(0), at(1), at(2), at(3), at(4), at(5)];
        let column = transform::input(s, column);
        for i in 0..IN {
            if let Some(next) = next {
                prefetch_to_write(next.wrapping_add((i * IN + j) * stride));
            }
            // SAFETY: the caller's promise.
            unsafe { s.store(to.add((i * IN + j) * stride), column[i]) };
        }
    }
}

/// `Aᵀ·m·A` of a group, from the thirty-six matrices that start `stride` floats apart. The lines from `next` on, as far apart,
/// are asked for.
///
/// # Safety
/// The vectors at `from` must be readable and the sink writable.
#[inline(always)]
pub(super) unsafe fn output<S: Lanes>(
    s: S,
    (from, stride): (*const f32, usize),
    next: Option<*const f32>,
    sink: &mut impl Sink<S>,
) {
    let mut rows = [[s.splat(0.0); IN]; OUT];
    for j in 0..IN {
        let mut column = [s.splat(0.0); IN];
        for i in 0..IN {
            // SAFETY: the caller's promise.
            column[i] = unsafe { s.load(from.add((i * IN + j) * stride)) };
            if let Some(next) = next {
                prefetch(next.wrapping_add((i * IN + j) * stride));
            }
        }
        let column = transform::output(s, column);
        for r in 0..OUT {
            rows[r][j] = column[r];
        }
    }
    for r in 0..OUT {
        let [a, b, c, d] = s.transpose(transform::output(s, rows[r]));
        // SAFETY: the caller's promise.
        unsafe {
            sink.row(s, 0, r, a);
            sink.row(s, 1, r, b);
            sink.row(s, 2, r, c);
            sink.row(s, 3, r, d);
        }
    }
}
