//! Matching of each channel's mean and standard deviation (Li et al. 2017 "BN"; SPST).

use super::Sloped;
use super::statistics::{Moments, slopes};

/// Smallest variance, so that a constant channel has a finite gradient, zero. Far below any real one.
const FLOOR: f64 = 1e-12;

/// A style's channel means and deviations.
#[derive(Debug, Clone)]
pub struct MeanStdTarget {
    mean: Vec<f64>,
    deviation: Vec<f64>,
}

impl MeanStdTarget {
    /// From the styles' blended moments.
    pub fn new(moments: &Moments) -> Self {
        Self { mean: moments.mean.clone(), deviation: variances(moments).map(|v| v.max(FLOOR).sqrt()).collect() }
    }

    /// mean_c (μ−μ_s)² + mean_c (σ−σ_s)².
    pub fn loss(&self, moments: &Moments) -> Sloped {
        let channels = moments.channels();
        let mut value = 0.0;
        let (mut of_mean, mut of_second) = (Vec::with_capacity(channels), Vec::with_capacity(channels));
        for (c, variance) in variances(moments).enumerate() {
            let mean = moments.mean[c] - self.mean[c];
            let root = variance.max(FLOOR).sqrt();
            let deviation = root - self.deviation[c];
            value += mean * mean + deviation * deviation;
            // σ² is R − μ².
            let of_variance = if variance > FLOOR { deviation / root } else { 0.0 };
            of_second.push(of_variance / channels as f64);
            of_mean.push((2.0 * mean - 2.0 * of_variance * moments.mean[c]) / channels as f64);
        }
        let of_second = |row: usize, column: usize| if row == column { of_second[row] } else { 0.0 };
        Sloped { value: value / channels as f64, slopes: slopes(of_second, &of_mean, moments.positions) }
    }
}

/// R_cc − μ_c².
fn variances(moments: &Moments) -> impl Iterator<Item = f64> {
    let diagonal = moments.second.iter().step_by(moments.channels() + 1);
    diagonal.zip(&moments.mean).map(|(second, mean)| second - mean * mean)
}
