//! How alike a picture is to itself moved.

use rustfft::num_complex::Complex64;
use scumble_image::{Canvas, color};

use crate::correlate::Correlator;
use crate::exemplar::OPAQUE;

/// Longer side in cells of the copy that is measured, but of pictures thinner than a cell.
const COPY: usize = 512;
/// Part of all pairs that a displacement must leave to be measured.
const PAIRS: f64 = 0.05;

/// The brightness of a picture, of large ones in cells.
#[derive(Debug, Clone)]
pub(crate) struct Tone {
    pub size: [usize; 2],
    /// Of each cell, 0 to 1.
    pub values: Vec<f64>,
    /// Which cells are opaque.
    pub known: Vec<bool>,
    /// Pixels along a side of a cell.
    pub cell: usize,
}

impl Tone {
    /// The luma of a picture's opaque parts, in square cells of which there are at most 512 a side; a picture thinner than
    /// such a cell has cells as wide as it is thin, and more of them.
    pub fn of(picture: &Canvas) -> Self {
        let (width, height) = (picture.width(), picture.height());
        let cell = width.max(height).div_ceil(COPY).min(width).min(height);
        let size = [width / cell, height / cell];
        let pixels = |i: usize| {
            let (x, y) = (i % size[0] * cell, i / size[0] * cell);
            (0..cell * cell).map(move |j| (y + j / cell) * width + x + j % cell)
        };
        let count = (cell * cell) as f64;
        let luma = |i: usize| pixels(i).map(|at| f64::from(color::luma(picture.pixels()[at]))).sum::<f64>() / count;
        let opaque = |i: usize| picture.alpha().is_none_or(|alpha| pixels(i).all(|at| alpha[at] >= OPAQUE));
        let cells = 0..size[0] * size[1];
        Self { size, values: cells.clone().map(luma).collect(), known: cells.map(opaque).collect(), cell }
    }

    /// Mean and variance of the opaque cells; 0 of none.
    pub fn moments(&self) -> [f64; 2] {
        let known = || self.values.iter().zip(&self.known).filter(|(_, known)| **known).map(|(v, _)| *v);
        let count = known().count().max(1) as f64;
        let mean = known().sum::<f64>() / count;
        [mean, known().map(|v| (v - mean).powi(2)).sum::<f64>() / count]
    }
}

/// The correlation of a picture with itself for displacements up to half its sides, 1 without any. Of each displacement the
/// mean over all pairs of opaque cells; 0 where there are few.
#[derive(Debug, Clone)]
pub(crate) struct Autocorrelation {
    /// The longest displacement along each axis.
    pub reach: [usize; 2],
    /// For displacements down from 0, across from `-reach`.
    values: Vec<f64>,
}

impl Autocorrelation {
    /// Of a picture's brightness.
    pub fn of(tone: &Tone) -> Self {
        let [width, height] = tone.size;
        let reach = [width / 2, height / 2];
        let [mean, variance] = tone.moments();
        // The picture with room for displacements to the left.
        let wide = [width + 2 * reach[0], height + reach[1]];
        let correlate = |value: &dyn Fn(usize) -> f64| {
            let window: Vec<Complex64> = (0..width * height).map(|i| Complex64::new(value(i), 0.0)).collect();
            let mut plane = vec![Complex64::default(); wide[0] * wide[1]];
            for (row, values) in plane.chunks_exact_mut(wide[0]).zip(window.chunks_exact(width)) {
                row[reach[0]..reach[0] + width].copy_from_slice(values);
            }
            Correlator::new(wide, &[plane]).correlate(&[window], tone.size, [2 * reach[0] + 1, reach[1] + 1])
        };
        let products = correlate(&|i| if tone.known[i] { tone.values[i] - mean } else { 0.0 });
        let pairs = correlate(&|i| f64::from(u8::from(tone.known[i])));
        let least = PAIRS * pairs.iter().fold(0.0f64, |most, n| most.max(*n));
        let value = |(sum, count): (&f64, &f64)| {
            if *count >= least.max(0.5) && variance > 1e-9 { sum / count / variance } else { 0.0 }
        };
        Self { reach, values: products.iter().zip(&pairs).map(value).collect() }
    }

    /// For a displacement within reach; 0 beyond.
    pub fn at(&self, x: i64, y: i64) -> f64 {
        let (x, y) = if y < 0 { (-x, -y) } else { (x, y) };
        let reach = self.reach.map(|reach| reach as i64);
        if x.abs() > reach[0] || y > reach[1] {
            return 0.0;
        }
        self.values[(y * (2 * reach[0] + 1) + x + reach[0]) as usize]
    }

    /// Displacements of at least `shortest` after which the picture is more alike to itself than anywhere around and between,
    /// by at least `rise`; and how alike. The most alike first.
    pub fn peaks(&self, shortest: f64, rise: f64) -> Vec<([i64; 2], f64)> {
        let reach = self.reach.map(|reach| reach as i64);
        // At the ends of the reach neighbours are missing; of two opposite displacements one is enough.
        let places = (0..reach[1]).flat_map(|y| (1 - reach[0]..reach[0]).map(move |x| [x, y]));
        let far = places.filter(|[x, y]| (*x as f64).hypot(*y as f64) >= shortest && (*y > 0 || *x > 0));
        let mut peaks: Vec<([i64; 2], f64)> = far
            .map(|[x, y]| ([x, y], self.at(x, y)))
            .filter(|([x, y], value)| {
                let no_higher = |dx: i64, dy: i64| self.at(x + dx, y + dy) <= *value;
                *value >= rise && (-1..=1).all(|dy| (-1..=1).all(|dx| no_higher(dx, dy)))
            })
            .filter(|(d, value)| value - self.valley(*d) >= rise)
            .collect();
        peaks.sort_by(|a, b| b.1.total_cmp(&a.1));
        peaks
    }

    /// The least value on the way to a displacement.
    fn valley(&self, [x, y]: [i64; 2]) -> f64 {
        let steps = x.abs().max(y.abs()).max(1);
        let along = |i: i64, v: i64| (v as f64 * i as f64 / steps as f64).round() as i64;
        (0..=steps).map(|i| self.at(along(i, x), along(i, y))).fold(f64::INFINITY, f64::min)
    }
}

#[cfg(test)]
mod tests;
