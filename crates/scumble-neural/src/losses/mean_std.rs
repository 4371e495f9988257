//! Matching of each channel's mean and standard deviation (Li et al. 2017 "BN"; SPST).

use scumble_nn::tensor::Tensor;

use super::diagonal;
use super::statistics::Moments;

/// Added under the root, so that a constant channel has a finite gradient, zero. Far below any real variance.
const FLOOR: f64 = 1e-12;

/// A style's channel means and deviations.
#[derive(Debug, Clone)]
pub struct MeanStdTarget {
    mean: Tensor<2>,
    std: Tensor<2>,
}

impl MeanStdTarget {
    /// From the styles' blended moments.
    pub fn new(moments: &Moments) -> Self {
        Self { mean: moments.mean.clone(), std: deviation(moments) }
    }

    /// mean_c (μ−μ_s)² + mean_c (σ−σ_s)².
    pub fn loss(&self, moments: &Moments) -> Tensor<1> {
        let mean = moments.mean.clone() - self.mean.clone();
        let std = deviation(moments) - self.std.clone();
        (mean.clone() * mean).mean() + (std.clone() * std).mean()
    }
}

/// σ = √(R_cc − μ_c²), `[C, 1]`.
fn deviation(moments: &Moments) -> Tensor<2> {
    let mean = moments.mean.clone();
    (diagonal(moments.second.clone()) - mean.clone() * mean).clamp_min(FLOOR).sqrt()
}
