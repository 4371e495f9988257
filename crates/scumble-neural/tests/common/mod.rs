//! Losses as functions of features or pixels, as their definitions read, for the tests of values and gradients.

use scumble_neural::losses::{self, Moments};
use scumble_neural::params::ContentLoss;
use scumble_nn::tensor::Tensor;

/// Moments of features `[1, C, H, W]`, and their positions.
pub fn moments(features: Tensor<4>) -> (Moments, usize) {
    let [_, c, h, w] = features.dims();
    let f = features.reshape([c, h * w]);
    let sums = Tensor::cat(vec![f.clone().matmul(f.clone().transpose()), f.sum_dim(1)], 1);
    (Moments::from_mean(sums / (h * w) as f64), h * w)
}

/// Value and gradient of the content loss between features.
pub fn content(features: &[f64], target: &[f64], form: ContentLoss) -> (f64, Vec<f64>) {
    let differences: Vec<f64> = features.iter().zip(target).map(|(f, p)| f - p).collect();
    let sums = [differences.iter().map(|d| d * d).sum(), differences.iter().map(|d| d.abs()).sum()];
    let loss = losses::content(&sums, features.len(), form);
    let [squares, absolutes] = [0, 1].map(|i| f64::from(loss.slopes[i]));
    let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
    (loss.value, differences.iter().map(|d| 2.0 * squares * d + absolutes * sign(*d)).collect())
}
