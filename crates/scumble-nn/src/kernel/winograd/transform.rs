//! The transforms of F(4×4, 3×3): four outputs a side from six inputs and thirty-six products instead of 144.
//!
//! Lavin & Gray 2016 with Toom–Cook points 0, ±¾, ±1½ and infinity, whose rounding errors are three to five times
//! smaller than those of 0, ±1, ±2: the powers of the points stay near one.

use crate::kernel::lanes::Lanes;

/// Outputs of a tile's side.
pub(super) const OUT: usize = 4;
/// Inputs of a tile's side.
pub(super) const IN: usize = 6;
/// Products of a tile.
pub(super) const PRODUCTS: usize = IN * IN;

/// The smaller point.
const A: f64 = 0.75;
/// The larger point.
const B: f64 = 1.5;

/// The kernel's transform G, one row a point.
const G: [[f64; 3]; IN] = {
    const ZERO: f64 = A * A * B * B;
    const SMALL: f64 = 2.0 * A * A * (A * A - B * B);
    const LARGE: f64 = 2.0 * B * B * (B * B - A * A);
    [
        [1.0 / ZERO, 0.0, 0.0],
        [1.0 / SMALL, A / SMALL, A * A / SMALL],
        [1.0 / SMALL, -A / SMALL, A * A / SMALL],
        [1.0 / LARGE, B / LARGE, B * B / LARGE],
        [1.0 / LARGE, -B / LARGE, B * B / LARGE],
        [0.0, 0.0, 1.0],
    ]
};

/// `G·g·Gᵀ` of a 3×3 kernel.
pub(super) fn kernel(g: &[f32]) -> [f32; PRODUCTS] {
    let mut rows = [[0.0f64; 3]; IN];
    for (row, point) in rows.iter_mut().zip(&G) {
        for (x, value) in row.iter_mut().enumerate() {
            *value = (0..3).map(|y| point[y] * f64::from(g[y * 3 + x])).sum();
        }
    }
    let mut out = [0.0; PRODUCTS];
    for (i, row) in rows.iter().enumerate() {
        for (j, point) in G.iter().enumerate() {
            out[i * IN + j] = (0..3).map(|x| row[x] * point[x]).sum::<f64>() as f32;
        }
    }
    out
}

/// `Bᵀ·d`: six inputs at the six points.
#[inline(always)]
pub(super) fn input<S: Lanes>(s: S, d: [S::V; IN]) -> [S::V; IN] {
    let (even_a, odd_a) = (times(s, -B * B, d[2], d[4]), times(s, -B * B, d[1], d[3]));
    let (even_b, odd_b) = (times(s, -A * A, d[2], d[4]), times(s, -A * A, d[1], d[3]));
    [
        times(s, A * A * B * B, d[0], times(s, -A * A - B * B, d[2], d[4])),
        times(s, A, odd_a, even_a),
        times(s, -A, odd_a, even_a),
        times(s, B, odd_b, even_b),
        times(s, -B, odd_b, even_b),
        times(s, A * A * B * B, d[1], times(s, -A * A - B * B, d[3], d[5])),
    ]
}

/// `Aᵀ·m`: four outputs from the values at the six points.
#[inline(always)]
pub(super) fn output<S: Lanes>(s: S, m: [S::V; IN]) -> [S::V; OUT] {
    let (even_a, odd_a) = (s.add(m[1], m[2]), s.sub(m[1], m[2]));
    let (even_b, odd_b) = (s.add(m[3], m[4]), s.sub(m[3], m[4]));
    [
        s.add(s.add(m[0], even_a), even_b),
        times(s, B, odd_b, scaled(s, A, odd_a)),
        times(s, B * B, even_b, scaled(s, A * A, even_a)),
        s.add(m[5], times(s, B * B * B, odd_b, scaled(s, A * A * A, odd_a))),
    ]
}

/// `k * x + y`.
#[inline(always)]
fn times<S: Lanes>(s: S, k: f64, x: S::V, y: S::V) -> S::V {
    s.mul_add(s.splat(k as f32), x, y)
}

/// `k * x`.
#[inline(always)]
fn scaled<S: Lanes>(s: S, k: f64, x: S::V) -> S::V {
    s.mul(s.splat(k as f32), x)
}
