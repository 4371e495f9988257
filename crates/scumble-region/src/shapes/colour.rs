//! The colour of what a fit leaves over: how strong its waves are, by their number round the outline.

use std::sync::Arc;

use rustfft::num_complex::Complex64;
use rustfft::{Fft, FftPlanner};

use super::sectors::{SECTORS, Sectors};

/// Waves round that are told apart, and none.
pub(super) const WAVES: usize = SECTORS / 2 + 1;
/// Pixels of the shortest wave that counts; what is shorter is steps of pixels, or cut off where outlines are smoothed.
const SHORTEST: f64 = 5.0;
/// The fewest waves from which a colour is told.
const FEWEST: usize = 16;
/// Neighbours to each side over which powers are averaged, and how that grows with the number of waves.
const NEAR: f64 = 2.0;
const WIDER: f64 = 0.1;
/// The least power, as a share of the mean: a wave that is missing by chance is not one that must be.
const FLOOR: f64 = 0.005;

/// Measures colours.
pub(super) struct Prism {
    pub sectors: Sectors,
    forward: Arc<dyn Fft<f64>>,
    /// By which each power counts in the average at each number of waves.
    shares: Vec<[f64; WAVES]>,
}

impl std::fmt::Debug for Prism {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prism").finish_non_exhaustive()
    }
}

/// Differences of two outlines as waves.
pub(super) type Waves = [Complex64; WAVES];

impl Prism {
    pub fn new() -> Self {
        let shares = (0..WAVES).map(|at| {
            let reach = 1.0 + NEAR + WIDER * at as f64;
            let shares: [f64; WAVES] =
                std::array::from_fn(|k| count(k) * (1.0 - (k as f64 - at as f64).abs() / reach).max(0.0));
            let sum: f64 = shares.iter().sum();
            shares.map(|share| share / sum)
        });
        Self { sectors: Sectors::new(), forward: FftPlanner::new().plan_fft_forward(SECTORS), shares: shares.collect() }
    }

    /// The waves of values by direction.
    pub fn waves(&self, values: &[f64; SECTORS]) -> Waves {
        let mut waves = values.map(Complex64::from);
        self.forward.process(&mut waves);
        std::array::from_fn(|k| waves[k])
    }

    /// The power of each number of waves, averaged with its neighbours'.
    pub fn colour(&self, waves: &Waves) -> [f64; WAVES] {
        let powers = waves.map(|wave| wave.norm_sqr());
        let floor = FLOOR * powers.iter().sum::<f64>() / WAVES as f64 + f64::MIN_POSITIVE;
        let average = |at: usize| self.shares[at].iter().zip(powers).map(|(share, power)| share * power).sum::<f64>();
        std::array::from_fn(|at| average(at) + floor)
    }
}

/// Of how many numbers a wave consists: its cosine and its sine.
pub(super) fn count(wave: usize) -> f64 {
    if wave == 0 || wave == WAVES - 1 { 1.0 } else { 2.0 }
}

/// How many waves round a region of so many pixels' root of area count; none if they are too few.
pub(super) fn band(unit: f64) -> Option<usize> {
    // The circumference of the circle of area 1.
    let waves = (2.0 * std::f64::consts::PI.sqrt() * unit / SHORTEST) as usize + 1;
    (waves >= FEWEST).then_some(waves.min(WAVES))
}

/// Twice the negative logarithm of the likelihood of normal noise of a colour, but for a constant (Whittle 1953).
pub(super) fn unlikeliness(colour: &[f64; WAVES], band: usize) -> f64 {
    colour[..band].iter().enumerate().map(|(k, power)| count(k) * power.ln()).sum()
}

/// The geometric mean of powers by their mean: 1 of white noise.
pub(super) fn flatness(colour: &[f64; WAVES], band: usize) -> f64 {
    let numbers: f64 = (0..band).map(count).sum();
    let mean = colour[..band].iter().enumerate().map(|(k, power)| count(k) * power).sum::<f64>() / numbers;
    (unlikeliness(colour, band) / numbers).exp() / mean
}
