//! First and second raw moments of features over positions.

use scumble_nn::tensor::Tensor;

use super::{identity, matrix};

/// Mean and raw second moment over positions; both are linear in the picture's statistics, so those
/// of several styles are blended by weighted sums.
#[derive(Debug, Clone)]
pub struct Moments {
    /// μ, `[C, 1]`.
    pub mean: Tensor<2>,
    /// R = F·Fᵀ/M, `[C, C]`.
    pub second: Tensor<2>,
}

impl Moments {
    /// Of a feature map.
    pub fn of(features: Tensor<4>) -> Self {
        let f = matrix(features);
        let positions = f.dims()[1] as f64;
        Self { mean: f.clone().mean_dim(1), second: f.clone().matmul(f.transpose()) / positions }
    }

    /// `Σ w·moments`.
    ///
    /// # Panics
    /// If there are none.
    pub fn blend(parts: Vec<(f64, Moments)>) -> Self {
        parts
            .into_iter()
            .map(|(w, m)| Moments { mean: m.mean * w, second: m.second * w })
            .reduce(|a, b| Moments { mean: a.mean + b.mean, second: a.second + b.second })
            .expect("at least one style")
    }

    /// Covariance R − μμᵀ + ε·I.
    pub fn covariance(&self, epsilon: f64) -> Tensor<2> {
        let outer = self.mean.clone().matmul(self.mean.clone().transpose());
        self.second.clone() - outer + identity(&self.second) * epsilon
    }
}
