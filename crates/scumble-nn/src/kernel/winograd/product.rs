//! The matrix product at one of the thirty-six points: packed kernels times a panel of tiles.

use std::ops::Range;

use super::packed::Packed;
use super::panels::Panels;
use crate::kernel::lanes::{Lanes, prefetch};

/// Input channels of a share of the products: all of VGG's. A share of 256, whose panel of 32 tiles has room in a first-level
/// cache of 32 KB, was 2 % slower.
const DEPTH: usize = 512;
/// Floats of kernels that are asked for ahead of their use, half a page: they come from memory, and the processor itself does
/// not look beyond a page.
const AHEAD: usize = 512;

/// `m[row][tile] = Σ_k u[k][row]·v[k][tile]` for one group of rows and one panel of `N` vectors, on top of what `m` holds
/// if `on_top` is set. Beside `u` stands how far its rows are apart.
///
/// # Safety
/// `u` holds `depth` rows of `R` floats, `v` holds `depth * N * S::LANES`, and `m` has room for
/// `R * N * S::LANES`.
#[inline(always)]
pub(in crate::kernel) unsafe fn register_tile<S: Lanes, const R: usize, const N: usize>(
    s: S,
    on_top: bool,
    depth: usize,
    (mut u, step): (*const f32, usize),
    mut v: *const f32,
    m: *mut f32,
) {
    let mut sums = [[s.splat(0.0); N]; R];
    // SAFETY: `depth` steps of R and N vectors, as promised.
    unsafe {
        if on_top {
            for r in 0..R {
                for n in 0..N {
                    sums[r][n] = s.load(m.add((r * N + n) * S::LANES));
                }
            }
        }
        for _ in 0..depth {
            prefetch(u.wrapping_add(AHEAD));
            let mut columns = [s.splat(0.0); N];
            for n in 0..N {
                columns[n] = s.load(v.add(n * S::LANES));
            }
            for r in 0..R {
                let weight = s.splat(*u.add(r));
                for n in 0..N {
                    sums[r][n] = s.mul_add(weight, columns[n], sums[r][n]);
                }
            }
            u = u.wrapping_add(step);
            v = v.add(N * S::LANES);
        }
        for r in 0..R {
            for n in 0..N {
                s.store(m.add((r * N + n) * S::LANES), sums[r][n]);
            }
        }
    }
}

/// The products of one point for a range of groups of output channels: `v` holds the point's matrix of inputs, at
/// `m` starts that of the outputs.
#[inline(always)]
pub(super) fn matrix<S: Lanes>(
    s: S,
    kernel: &Packed,
    point: usize,
    groups: Range<usize>,
    (v, from): (Panels, &[f32]),
    (m, to): (Panels, *mut f32),
) {
    assert!(from.len() >= v.stride(), "a whole matrix");
    for first in (0..kernel.inputs).step_by(DEPTH) {
        let depth = DEPTH.min(kernel.inputs - first);
        for panel in 0..v.count() {
            let columns = v.width(panel);
            let from = from[v.row(panel, first)..].as_ptr();
            for group in groups.clone() {
                // SAFETY: both layouts have the same panels; `to` is a whole matrix of `m`, and this group of rows in it is
                // nobody else's.
                unsafe {
                    let u = kernel.group(point, group).add(first * S::ROWS);
                    let to = to.add(m.row(panel, group * S::ROWS));
                    s.register_tile(columns, first > 0, depth, u, from, to);
                }
            }
        }
    }
}
