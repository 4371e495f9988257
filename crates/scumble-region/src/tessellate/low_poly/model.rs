//! What a triangle's colour is fitted to: sums over its pixels, which are sums along its sides.
//!
//! Pixels belong to the triangle that holds their centre. The sums over all pixels left of a side, row by row from prefix sums,
//! are added where the side runs down and subtracted where it runs up: three sides make a triangle (Green's theorem for sums).
//! So a side is summed once for both of its triangles, and moving a vertex costs its spokes alone. All sums are whole numbers:
//! triangles that share a side divide its pixels without rest, and nothing drifts.

use std::ops::{Add, Neg};

use super::super::working::Working;
use crate::plane::principal;

/// Steps of a vertex in a pixel.
pub(super) const STEPS: i32 = 16;

/// A vertex, in steps.
pub(super) type Place = [i32; 2];

/// Whole sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums<const N: usize>(pub [i64; N]);

impl<const N: usize> Default for Sums<N> {
    fn default() -> Self {
        Self([0; N])
    }
}

impl<const N: usize> Add for Sums<N> {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a += b);
        self
    }
}

impl<const N: usize> Neg for Sums<N> {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.map(|v| -v))
    }
}

/// The colour of a triangle that is nearest to its pixels, in levels from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fit {
    /// The mean colour.
    pub mean: [f64; 3],
    /// The mean of the pixels' centres, in pixels.
    pub centre: [f64; 2],
    /// Change of each channel a pixel along x and y.
    pub slope: [[f64; 2]; 3],
}

/// How triangles are coloured.
pub(super) trait Model: Send + Sync {
    /// Sums over pixels.
    type Sums: Copy + Default + Add<Output = Self::Sums> + Neg<Output = Self::Sums> + Send + Sync;
    /// Whether there are slopes.
    const SLOPES: bool;

    /// Adds the sums over the first `x` pixels of row `y`.
    fn add(&self, y: usize, x: usize, sums: &mut Self::Sums);

    /// The least sum of squared differences, over the channels, in squared levels.
    fn sse(sums: &Self::Sums) -> f64;

    /// The colour with that difference; none without pixels.
    fn fit(sums: &Self::Sums) -> Option<Fit>;

    /// The sums left of the line from `p` to `q`: of rows whose centre lies between, pixels whose centre lies left of it;
    /// negative if it runs up.
    fn side(&self, p: Place, q: Place) -> Self::Sums {
        if p[1] > q[1] {
            return -self.side(q, p);
        }
        let half = STEPS / 2;
        // The first row whose centre is not above: (y · 16 + 8) >= p.
        let row = |y: i32| (y + half - 1) / STEPS;
        let (first, end) = (row(p[1]), row(q[1]));
        let mut sums = Self::Sums::default();
        if first >= end {
            return sums;
        }
        let (dx, dy) = (i64::from(q[0] - p[0]), i64::from(q[1] - p[1]));
        let unit = dy * i64::from(STEPS);
        // The first pixel whose centre is not left of the line is ((p.x − 8) dy + (centre − p.y) dx) / 16 dy, rounded up; from row
        // to row it grows by the same, whole part and rest.
        let down = i64::from(first * STEPS + half - p[1]);
        let start = i64::from(p[0] - half) * dy + down * dx + unit - 1;
        let (mut pixel, mut rest) = (start.div_euclid(unit), start.rem_euclid(unit));
        let step = i64::from(STEPS) * dx;
        let (whole, part) = (step.div_euclid(unit), step.rem_euclid(unit));
        for y in first..end {
            self.add(y as usize, pixel as usize, &mut sums);
            rest += part;
            pixel += whole;
            if rest >= unit {
                rest -= unit;
                pixel += 1;
            }
        }
        sums
    }
}

/// Even colours: number of pixels, their sum a channel, their squares over the channels.
pub(super) struct Flat {
    width: usize,
    cells: Vec<[u32; 4]>,
}

impl Flat {
    pub fn new(working: &Working) -> Self {
        let mut cells = Vec::with_capacity((working.width + 1) * working.height);
        for row in working.pixels.chunks_exact(working.width) {
            let mut sums = [0u32; 4];
            cells.push(sums);
            for pixel in row {
                let [r, g, b] = pixel.map(u32::from);
                // Over a row of 1024 pixels at most 2·10⁸.
                for (sum, value) in sums.iter_mut().zip([r, g, b, r * r + g * g + b * b]) {
                    *sum += value;
                }
                cells.push(sums);
            }
        }
        Self { width: working.width, cells }
    }
}

impl Model for Flat {
    type Sums = Sums<5>;
    const SLOPES: bool = false;

    fn add(&self, y: usize, x: usize, sums: &mut Sums<5>) {
        let [r, g, b, square] = self.cells[y * (self.width + 1) + x].map(i64::from);
        let terms = [x as i64, r, g, b, square];
        sums.0.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
    }

    fn sse(sums: &Sums<5>) -> f64 {
        let [n, r, g, b, square] = sums.0;
        // Of 2²⁰ pixels the products stay below 2⁶².
        if n > 0 { (n * square - r * r - g * g - b * b) as f64 / n as f64 } else { 0.0 }
    }

    fn fit(sums: &Sums<5>) -> Option<Fit> {
        let [n, r, g, b, _] = sums.0;
        let mean = [r, g, b].map(|sum| sum as f64 / n as f64);
        (n > 0).then_some(Fit { mean, centre: [0.0; 2], slope: [[0.0; 2]; 3] })
    }
}

/// Linear colours: as for even ones, then x, y, x², xy, y², then x and y times each channel.
pub(super) struct Linear {
    flat: Flat,
    cells: Vec<[u32; 3]>,
}

/// Variance of the pixels' places along an axis, in squared pixels, below which no slope is fitted along it: less than that
/// of two pixels side by side, 1/4.
const LEAST_SPREAD: f64 = 0.1;

impl Linear {
    pub fn new(working: &Working) -> Self {
        let mut cells = Vec::with_capacity((working.width + 1) * working.height);
        for row in working.pixels.chunks_exact(working.width) {
            let mut sums = [0u32; 3];
            cells.push(sums);
            for (x, pixel) in row.iter().enumerate() {
                for (sum, value) in sums.iter_mut().zip(pixel) {
                    *sum += x as u32 * u32::from(*value);
                }
                cells.push(sums);
            }
        }
        Self { flat: Flat::new(working), cells }
    }

    /// n times the covariances of places, and of places with colours, all times n: whole numbers below 2⁶².
    fn covariances(sums: &Sums<16>) -> ([f64; 3], [[f64; 2]; 3]) {
        let [n, r, g, b, _, x, y, xx, xy, yy, xr, xg, xb, yr, yg, yb] = sums.0;
        let places = [n * xx - x * x, n * xy - x * y, n * yy - y * y].map(|v| v as f64);
        let colours = [(r, xr, yr), (g, xg, yg), (b, xb, yb)];
        (places, colours.map(|(t, xt, yt)| [(n * xt - x * t) as f64, (n * yt - y * t) as f64]))
    }

    /// The axes along which slopes are fitted, each with n² times the variance along it.
    fn axes(places: [f64; 3], n: f64) -> impl Iterator<Item = ([f64; 2], f64)> {
        let ([larger, smaller], angle) = principal(places);
        let (sin, cos) = angle.sin_cos();
        let axes = [([cos, sin], larger), ([-sin, cos], smaller)];
        axes.into_iter().filter(move |(_, spread)| *spread > LEAST_SPREAD * n * n)
    }
}

impl Model for Linear {
    type Sums = Sums<16>;
    const SLOPES: bool = true;

    fn add(&self, y: usize, x: usize, sums: &mut Sums<16>) {
        let at = y * (self.flat.width + 1) + x;
        let [r, g, b, square] = self.flat.cells[at].map(i64::from);
        let [xr, xg, xb] = self.cells[at].map(i64::from);
        let (n, y) = (x as i64, y as i64);
        let first = n * (n - 1) / 2;
        let second = first * (2 * n - 1) / 3;
        let places = [n * y, second, first * y, n * y * y];
        let terms =
            [n, r, g, b, square, first, places[0], places[1], places[2], places[3], xr, xg, xb, y * r, y * g, y * b];
        sums.0.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
    }

    fn sse(sums: &Sums<16>) -> f64 {
        let [n, r, g, b, square, ..] = sums.0;
        if n == 0 {
            return 0.0;
        }
        let (places, colours) = Self::covariances(sums);
        let n = n as f64;
        let gains = Self::axes(places, n).map(|(axis, spread)| {
            let along = colours.map(|c| c[0] * axis[0] + c[1] * axis[1]);
            along.iter().map(|v| v * v).sum::<f64>() / spread
        });
        let gain: f64 = gains.sum();
        (((sums.0[0] * square - r * r - g * g - b * b) as f64 - gain) / n).max(0.0)
    }

    fn fit(sums: &Sums<16>) -> Option<Fit> {
        let [n, r, g, b, _, x, y, ..] = sums.0;
        if n == 0 {
            return None;
        }
        let (places, colours) = Self::covariances(sums);
        let mut slope = [[0.0; 2]; 3];
        for (axis, spread) in Self::axes(places, n as f64) {
            for (slope, colour) in slope.iter_mut().zip(colours) {
                let rate = (colour[0] * axis[0] + colour[1] * axis[1]) / spread;
                *slope = [slope[0] + rate * axis[0], slope[1] + rate * axis[1]];
            }
        }
        let mean = |sum: i64| sum as f64 / n as f64;
        Some(Fit { mean: [r, g, b].map(mean), centre: [x, y].map(|v| mean(v) + 0.5), slope })
    }
}
