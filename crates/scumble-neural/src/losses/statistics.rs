//! First and second raw moments of features over positions.

use scumble_nn::Device;
use scumble_nn::tensor::{Tensor, TensorData};

use super::identity;

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
    /// From the means of F·Fᵀ beside that of F, `[C, C + 1]`.
    pub fn from_mean(mean: Tensor<2>) -> Self {
        let channels = mean.dims()[0];
        Self { mean: mean.clone().narrow(1, channels, 1), second: mean.narrow(1, 0, channels) }
    }

    /// From the sums F·Fᵀ beside F·1, `[C, C + 1]`, over `positions`.
    pub fn from_sums(sums: &[f64], positions: usize, device: &Device) -> Self {
        Self::from_mean(mean_of(sums, positions, device))
    }

    /// Number of channels.
    pub fn channels(&self) -> usize {
        self.mean.dims()[0]
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

/// Sums `[C, C + 1]` over `positions`, divided by them in double precision.
pub(super) fn mean_of(sums: &[f64], positions: usize, device: &Device) -> Tensor<2> {
    let rows = sums.len().isqrt();
    let means: Vec<f32> = sums.iter().map(|sum| (sum / positions as f64) as f32).collect();
    Tensor::from_data(TensorData::new(means, [rows, rows + 1]), device.tensors())
}
