//! Autocorrelation over a small neighbourhood, measured and imposed by a filter.

use crate::fft::{Fft2, Value};
use crate::matrix::Matrix;
use crate::parallel;

/// The amplitude by which a wave is changed at most and at least in one go: what is far off comes near in some rounds.
const STRONGEST: f64 = 4.0;
const WEAKEST: f64 = 0.05;
/// Power, of the mean power, below which waves are rather left as they are: low-passes have hardly any of high frequency.
const FAINT: f64 = 1e-6;

/// The autocorrelation of a periodic plane of mean zero for displacements up to `reach` both ways: the mean product of all
/// values with those so far away.
#[derive(Debug, Clone, PartialEq)]
pub struct Lags {
    reach: usize,
    values: Vec<f64>,
}

impl Lags {
    /// Of the plane with that spectrum.
    pub(super) fn of(fft: &Fft2, spectrum: &[Value], reach: usize) -> Self {
        let count = fft.area() as f64;
        let power = parallel::made(spectrum.len(), |i| Value::new(spectrum[i].norm_sqr() / count, 0.0));
        let plane = fft.plane(power);
        let side = 2 * reach + 1;
        let at = |i: usize, length: usize| (i + length * reach - reach) % length;
        let value = |i: usize| plane[at(i / side, fft.height()) * fft.width() + at(i % side, fft.width())];
        Self { reach, values: (0..side * side).map(value).collect() }
    }

    /// The longest displacement along each axis.
    pub fn reach(&self) -> usize {
        self.reach
    }

    /// The values, row by row, from `(−reach, −reach)` on: as many rows and columns as `2 · reach + 1`.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Without displacement: the variance.
    pub fn variance(&self) -> f64 {
        self.values[self.values.len() / 2]
    }

    /// For a displacement within reach.
    fn at(&self, x: i64, y: i64) -> f64 {
        let (reach, side) = (self.reach as i64, 2 * self.reach as i64 + 1);
        self.values[((y + reach) * side + x + reach) as usize]
    }
}

/// Gives a plane of mean zero an autocorrelation, nearly, by a filter without phase whose power has as few coefficients as
/// the autocorrelation; the variance exactly.
///
/// The new autocorrelation is the old one convolved with the filter's, `1 + u`, of which u solves a system of equations
/// (Portilla & Simoncelli 2000, appendix).
pub(super) fn impose(fft: &Fft2, plane: &mut Vec<f64>, wanted: &Lags) {
    let mut spectrum = fft.spectrum(plane);
    let own = Lags::of(fft, &spectrum, 2 * wanted.reach);
    if own.variance() <= 0.0 {
        return;
    }
    let (reach, side) = (wanted.reach as i64, 2 * wanted.reach + 1);
    let lag = |i: usize| [(i % side) as i64 - reach, (i / side) as i64 - reach];
    let faint = FAINT * own.variance();
    let system = Matrix::new(side * side, side * side, |r, c| {
        let ([x, y], [u, v]) = (lag(r), lag(c));
        own.at(x - u, y - v) + if r == c { faint } else { 0.0 }
    });
    let missing: Vec<f64> = (0..side * side).map(|i| wanted.values[i] - own.at(lag(i)[0], lag(i)[1])).collect();
    if let Some(coefficients) = system.solve(&missing) {
        let mut laid = vec![0.0; fft.area()];
        for (i, coefficient) in coefficients.iter().enumerate() {
            let [x, y] = lag(i).map(|v| v + reach).map(|v| v as usize);
            let at = |i: usize, length: usize| (i + length * wanted.reach - wanted.reach) % length;
            laid[at(y, fft.height()) * fft.width() + at(x, fft.width())] += coefficient;
        }
        let change = fft.spectrum(&laid);
        let gain = |i: usize| (1.0 + change[i].re).clamp(WEAKEST * WEAKEST, STRONGEST * STRONGEST).sqrt();
        parallel::each(&mut spectrum, |i, value| *value *= gain(i));
        *plane = fft.plane(spectrum);
    }
    let variance = parallel::sum(plane, |v| v * v) / plane.len() as f64;
    if variance > 0.0 {
        let scale = (wanted.variance() / variance).sqrt();
        parallel::each(plane, |_, v| *v *= scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noise of mean zero.
    fn noise(count: usize) -> Vec<f64> {
        let values: Vec<f64> = (0..count).map(|i| ((i * i * 31 + i * 17) % 1009) as f64 / 1009.0).collect();
        let mean = values.iter().sum::<f64>() / count as f64;
        values.into_iter().map(|v| v - mean).collect()
    }

    fn smooth(width: usize, height: usize) -> Vec<f64> {
        let plane = noise(width * height);
        let at = |x: usize, y: usize| plane[y % height * width + x % width];
        let value = |i: usize| {
            let (x, y) = (i % width, i / width);
            at(x, y) + 0.8 * at(x + 1, y) + 0.3 * at(x, y + 1) + 0.3 * at(x + 2, y)
        };
        (0..width * height).map(value).collect()
    }

    #[test]
    fn lags_are_mean_products() {
        let (width, height) = (13, 9);
        let (fft, plane) = (Fft2::new(width, height), noise(13 * 9));
        let lags = Lags::of(&fft, &fft.spectrum(&plane), 3);
        for (x, y) in [(0, 0), (2, 0), (0, 3), (-3, 1), (3, -2)] {
            let moved = |i: usize| {
                let (u, v) = (i as i64 % 13 + x, i as i64 / 13 + y);
                plane[(v.rem_euclid(9) * 13 + u.rem_euclid(13)) as usize]
            };
            let wanted = (0..117).map(|i| plane[i] * moved(i)).sum::<f64>() / 117.0;
            assert!((lags.at(x, y) - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn an_autocorrelation_is_imposed() {
        let fft = Fft2::new(64, 50);
        let wanted = Lags::of(&fft, &fft.spectrum(&smooth(64, 50)), 3);
        let mut plane = noise(64 * 50);
        let error = |plane: &[f64]| {
            let own = Lags::of(&fft, &fft.spectrum(plane), 3);
            own.values.iter().zip(&wanted.values).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / wanted.variance()
        };
        let before = error(&plane);
        impose(&fft, &mut plane, &wanted);
        assert!(before > 0.3 && error(&plane) < 0.02, "{before} to {}", error(&plane));
        (0..4).for_each(|_| impose(&fft, &mut plane, &wanted));
        assert!(error(&plane) < 1e-3, "{}", error(&plane));
    }

    #[test]
    fn small_planes_have_small_neighbourhoods() {
        let fft = Fft2::new(1, 1);
        let wanted = Lags::of(&fft, &fft.spectrum(&[2.0]), 0);
        let mut plane = vec![-0.5];
        impose(&fft, &mut plane, &wanted);
        assert_eq!(plane, [-2.0]);
    }
}
