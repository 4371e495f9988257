//! The squared Wasserstein-2 distance between Gaussians (crowsonkb/style-transfer-pytorch).
//!
//! `mean_c (μ−μ_s)² + mean_c diag(Σ_s + Σ − 2·(Σ_s^½ Σ Σ_s^½)^½)`, with Σ = R − μμᵀ + 1e-4·I.
//!
//! Only the trace of the root is needed, and its gradient has a closed form: with A = Σ_s^½ Σ Σ_s^½,
//! d tr(A^½)/dΣ = ½ Σ_s^½ A^{−½} Σ_s^½. The Newton–Schulz iteration yields A^½ and A^{−½} together.

use scumble_nn::kernel::product;

use super::Sloped;
use super::statistics::{Moments, slopes};

/// Added to the diagonal of every covariance (crowsonkb).
pub(super) const EPSILON: f64 = 1e-4;
/// Newton–Schulz iterations (crowsonkb). They do not converge for eigenvalues below a ten-thousandth of the largest, of which
/// deep layers have many; a scaled iteration, which does sooner, gives another loss, by some per cent.
const ITERATIONS: usize = 12;

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
        let (root, _) = square_roots(&single(&covariance), channels);
        Self { mean: moments.mean.clone(), root, trace }
    }

    /// The loss of a picture's moments.
    pub fn loss(&self, moments: &Moments) -> Sloped {
        let channels = moments.channels();
        let n = channels as f64;
        let covariance = moments.covariance(EPSILON);
        let inside = product(&self.root, &single(&covariance), channels);
        let (root, inverse) = square_roots(&product(&inside, &self.root, channels), channels);
        let slope = product(&product(&self.root, &inverse, channels), &self.root, channels);
        let traces: f64 =
            covariance.iter().zip(&root).step_by(channels + 1).map(|(c, r)| c - 2.0 * f64::from(*r)).sum();
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

fn single(values: &[f64]) -> Vec<f32> {
    values.iter().map(|v| *v as f32).collect()
}

/// A^½ and A^{−½} of a symmetric positive definite matrix of `n` rows, by the coupled Newton–Schulz iteration (Higham
/// 2008, eq. 6.35). All its matrices are symmetric and commute but for rounding; computing only half of them lets that grow.
pub(super) fn square_roots(a: &[f32], n: usize) -> (Vec<f32>, Vec<f32>) {
    let norm = a.iter().map(|v| f64::from(*v) * f64::from(*v)).sum::<f64>().sqrt();
    let mut y: Vec<f32> = a.iter().map(|v| (f64::from(*v) / norm) as f32).collect();
    let mut z: Option<Vec<f32>> = None;
    for _ in 0..ITERATIONS {
        // The first Z is the identity.
        let mut t = z.as_ref().map_or_else(|| y.clone(), |z| product(z, &y, n));
        t.iter_mut().for_each(|v| *v *= -0.5);
        t.iter_mut().step_by(n + 1).for_each(|v| *v += 1.5);
        y = product(&y, &t, n);
        z = Some(z.map_or_else(|| t.clone(), |z| product(&t, &z, n)));
    }
    let root = norm.sqrt() as f32;
    y.iter_mut().for_each(|v| *v *= root);
    let mut z = z.unwrap_or_default();
    z.iter_mut().for_each(|v| *v /= root);
    (y, z)
}
