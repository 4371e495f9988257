//! The squared Wasserstein-2 distance between Gaussians (crowsonkb/style-transfer-pytorch).
//!
//! `mean_c (μ−μ_s)² + mean_c diag(Σ_s + Σ − 2·(Σ_s^½ Σ Σ_s^½)^½)`, with Σ = R − μμᵀ + 1e-4·I.
//!
//! Only the trace of the root is needed, and its gradient has a closed form: with A = Σ_s^½ Σ Σ_s^½,
//! d tr(A^½)/dΣ = ½ Σ_s^½ A^{−½} Σ_s^½. Roots are those of twelve Newton–Schulz iterations, found by eigenvalues
//! (`square_roots`).

use scumble_nn::kernel::product;

use super::Sloped;
use super::square_roots::Roots;
use super::statistics::{Moments, slopes};

/// Added to the diagonal of every covariance (crowsonkb).
pub(super) const EPSILON: f64 = 1e-4;
/// A style's Gaussian.
#[derive(Debug, Clone)]
pub struct WassersteinTarget {
    mean: Vec<f64>,
    /// Σ_s^½, C·C values.
    root: Vec<f32>,
    /// tr Σ_s.
    trace: f64,
}

impl WassersteinTarget {
    /// From the styles' blended moments.
    pub fn new(moments: &Moments) -> Self {
        let channels = moments.channels();
        let covariance = moments.covariance(EPSILON);
        let trace = covariance.iter().step_by(channels + 1).sum();
        let root = Roots::of(&covariance, channels).root();
        Self { mean: moments.mean.clone(), root, trace }
    }

    /// The loss of a picture's moments.
    pub fn loss(&self, moments: &Moments) -> Sloped {
        let channels = moments.channels();
        let n = channels as f64;
        let covariance = moments.covariance(EPSILON);
        let single: Vec<f32> = covariance.iter().map(|v| *v as f32).collect();
        let inside = product(&product(&self.root, &single, channels), &self.root, channels);
        let inside: Vec<f64> = inside.iter().map(|v| f64::from(*v)).collect();
        let roots = Roots::of(&inside, channels);
        let slope = roots.inverse_between(&self.root);
        let trace: f64 = covariance.iter().step_by(channels + 1).sum();
        let traces = trace - 2.0 * roots.trace();
        let difference = |c: usize| moments.mean[c] - self.mean[c];
        let means: f64 = (0..channels).map(|c| difference(c) * difference(c)).sum();
        // For Σ: (1 - Σ_s^½ A^{−½} Σ_s^½)/C, and Σ is R − μμᵀ.
        let of_second = |row: usize, column: usize| {
            let identity = if row == column { 1.0 } else { 0.0 };
            (identity - f64::from(slope[row * channels + column])) / n
        };
        let of_mean = |row: usize| {
            let pull: f64 = (0..channels).map(|column| of_second(row, column) * moments.mean[column]).sum();
            2.0 * difference(row) / n - 2.0 * pull
        };
        let of_mean: Vec<f64> = (0..channels).map(of_mean).collect();
        Sloped { value: (means + self.trace + traces) / n, slopes: slopes(of_second, &of_mean, moments.positions) }
    }

    /// Whether the target is a number everywhere; blends with negative weights may have no root.
    pub fn is_finite(&self) -> bool {
        self.trace.is_finite() && self.mean.iter().all(|v| v.is_finite()) && self.root.iter().all(|v| v.is_finite())
    }
}
