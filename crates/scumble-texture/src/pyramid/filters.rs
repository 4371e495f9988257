//! The pyramid's filters: by the length of a frequency (low and high) and by its direction.

use std::f64::consts::{FRAC_PI_2, PI};

use rustfft::num_complex::Complex;

use crate::fft::{Fft2, Value, frequency};
use crate::parallel;

/// The high-pass filter of one size, `cos(π/2 log2(2r / π))` of the frequency's length r between π/4 and π/2, 1 above
/// and 0 below; its low-pass filter is the root of what is missing to a square of 1.
#[derive(Debug)]
pub(super) struct Radial(Vec<f64>);

impl Radial {
    /// The filter for frequencies `stretch` times as high.
    pub fn new(fft: &Fft2, stretch: f64) -> Self {
        Self(parallel::made(fft.area(), |i| {
            let [x, y] = direction(fft, i);
            match x.hypot(y) / stretch {
                r if r >= FRAC_PI_2 => 1.0,
                r if r <= FRAC_PI_2 / 2.0 => 0.0,
                r => (FRAC_PI_2 * (2.0 * r / PI).log2()).cos(),
            }
        }))
    }

    /// A spectrum's high part.
    pub fn high(&self, spectrum: &[Value]) -> Vec<Value> {
        parallel::made(spectrum.len(), |i| spectrum[i] * self.0[i])
    }

    /// Leaves a spectrum's low part.
    pub fn keep_low(&self, spectrum: &mut [Value]) {
        parallel::each(spectrum, |i, value| *value *= (1.0 - self.0[i] * self.0[i]).max(0.0).sqrt());
    }
}

/// The filter of one of K orientations, `(−i)^(K−1) α cos^(K−1)(θ − πk/K)` of the frequency's direction θ: the
/// derivative of order K − 1. With α = 2^(K−1) (K−1)! / √(K (2K−2)!) the squares of all K sum to 1 (Portilla &
/// Simoncelli, "A parametric texture model", 2000).
#[derive(Debug)]
pub(super) struct Angular {
    /// The real factor at each position of a spectrum, without the power of −i.
    gains: Vec<f64>,
    factor: Value,
}

impl Angular {
    /// Orientation `k` of `orientations` for pictures of one size.
    pub fn new(fft: &Fft2, k: usize, orientations: usize) -> Self {
        let (sin, cos) = (PI * k as f64 / orientations as f64).sin_cos();
        let power = orientations as i32 - 1;
        let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
        let count = orientations as f64;
        let alpha =
            2.0_f64.powi(power) * factorial(orientations - 1) / (count * factorial(2 * orientations - 2)).sqrt();
        let gain = |i: usize| {
            let [x, y] = direction(fft, i);
            match x.hypot(y) {
                0.0 => 0.0,
                length => alpha * ((cos * x + sin * y) / length).powi(power),
            }
        };
        Self { gains: parallel::made(fft.area(), gain), factor: Complex::new(0.0, -1.0).powi(power) }
    }

    /// A spectrum through the filter, or `back` through its conjugate.
    pub fn through(&self, spectrum: &[Value], back: bool) -> Vec<Value> {
        let factor = if back { self.factor.conj() } else { self.factor };
        parallel::made(spectrum.len(), |i| spectrum[i] * factor * self.gains[i])
    }
}

/// The half of all waves towards one of K orientations: with it, a band gets what it is a quarter of a period on.
#[derive(Debug)]
pub(super) struct Half(Vec<u8>);

impl Half {
    /// Orientation `k` of `orientations` for pictures of one size.
    pub fn new(fft: &Fft2, k: usize, orientations: usize) -> Self {
        let (sin, cos) = (PI * k as f64 / orientations as f64).sin_cos();
        Self(parallel::made(fft.area(), |i| {
            let (x, y) = (i % fft.width(), i / fft.width());
            let [along, down] = direction(fft, i);
            match cos * along + sin * down {
                towards if towards.abs() < 1e-9 || x * 2 == fft.width() || y * 2 == fft.height() => 1,
                towards if towards > 0.0 => 2,
                _ => 0,
            }
        }))
    }

    /// Leaves these waves, twice as strong, and none of the opposite ones. Waves that are their own opposite, or at a right
    /// angle, stay as they are.
    pub fn keep(&self, spectrum: &mut [Value]) {
        parallel::each(spectrum, |i, value| *value *= f64::from(self.0[i]));
    }
}

/// The frequency at a position of a spectrum, in radians a pixel.
fn direction(fft: &Fft2, i: usize) -> [f64; 2] {
    [frequency(i % fft.width(), fft.width()), frequency(i / fft.width(), fft.height())]
}
