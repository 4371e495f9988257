//! The squared Wasserstein-2 distance between Gaussians (crowsonkb/style-transfer-pytorch).
//!
//! `mean_c (μ−μ_s)² + mean_c diag(Σ_s + Σ − 2·(Σ_s^½ Σ Σ_s^½)^½)`, with Σ = R − μμᵀ + 1e-4·I.
//!
//! Only the trace of the root is needed, and its gradient has a closed form: with A = Σ_s^½ Σ Σ_s^½,
//! d tr(A^½)/dΣ = ½ Σ_s^½ A^{−½} Σ_s^½. The Newton–Schulz iteration yields A^½ and A^{−½} together, so
//! the term enters the sum as a value plus a linear expression in Σ, instead of thirty-six
//! differentiated matrix products.

use scumble_nn::tensor::Tensor;

use super::statistics::Moments;
use super::{diagonal, identity};

/// Added to the diagonal of every covariance (crowsonkb).
pub(super) const EPSILON: f64 = 1e-4;
/// Newton–Schulz iterations (crowsonkb).
const ITERATIONS: usize = 12;

/// A style's Gaussian.
#[derive(Debug, Clone)]
pub struct WassersteinTarget {
    mean: Tensor<2>,
    root: Tensor<2>,
    trace: Tensor<1>,
}

impl WassersteinTarget {
    /// From the styles' blended moments.
    pub fn new(moments: &Moments) -> Self {
        let covariance = moments.covariance(EPSILON).detach();
        let (root, _) = square_roots(covariance.clone());
        Self { mean: moments.mean.clone().detach(), root, trace: trace(covariance) }
    }

    /// The loss of a picture's moments.
    pub fn loss(&self, moments: &Moments) -> Tensor<1> {
        let channels = self.mean.dims()[0] as f64;
        let difference = moments.mean.clone() - self.mean.clone();
        let covariance = moments.covariance(EPSILON);
        let fixed = covariance.clone().detach();
        let product = self.root.clone().matmul(fixed.clone()).matmul(self.root.clone());
        let (root, inverse) = square_roots(product);
        let slope = self.root.clone().matmul(inverse).matmul(self.root.clone()) * 0.5;
        // Value tr(A^½), gradient `slope`.
        let overlap = trace(root) + (slope * (covariance.clone() - fixed)).sum();
        (difference.clone() * difference).mean() + (self.trace.clone() + trace(covariance) - overlap * 2.0) / channels
    }

    /// Whether the target is a number everywhere; blends with negative weights may have no root.
    pub fn is_finite(&self) -> bool {
        let sum = self.root.clone().abs().sum() + self.trace.clone().abs() + self.mean.clone().abs().sum();
        f64::from(sum.into_scalar::<f32>()).is_finite()
    }
}

/// A^½ and A^{−½} of a symmetric positive definite matrix by the coupled Newton–Schulz iteration
/// (Higham 2008, eq. 6.35), outside the graph.
pub(super) fn square_roots(a: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    let identity = identity(&a);
    let norm = (a.clone() * a.clone()).sum().sqrt().reshape([1, 1]);
    let mut y = a / norm.clone();
    let mut z = identity.clone();
    for _ in 0..ITERATIONS {
        let t = (identity.clone() * 3.0 - z.clone().matmul(y.clone())) * 0.5;
        y = y.matmul(t.clone());
        z = t.matmul(z);
    }
    let root = norm.sqrt();
    (y * root.clone(), z / root)
}

fn trace(a: Tensor<2>) -> Tensor<1> {
    diagonal(a).sum()
}
