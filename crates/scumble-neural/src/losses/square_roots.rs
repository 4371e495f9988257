//! The roots of symmetric matrices that twelve Newton–Schulz iterations find, by eigenvalues.
//!
//! Every matrix of the coupled iteration (Higham 2008, eq. 6.35) is a polynomial in the first, so the iteration acts on
//! eigenvalues alone: one decomposition and twelve steps on numbers give what thirty-six products of matrices would.

use faer::{Mat, Side};
use scumble_nn::kernel::product;

/// Newton–Schulz iterations (crowsonkb). They do not converge for eigenvalues below a ten-thousandth of the largest, of which
/// deep layers have many; the true root gives another loss, by some per cent.
const ITERATIONS: usize = 12;

/// A^½ and A^{−½} of a symmetric positive definite matrix.
#[derive(Debug)]
pub(super) struct Roots {
    channels: usize,
    /// Eigenvectors, as columns.
    axes: Vec<f32>,
    /// Eigenvalues of A^½.
    root: Vec<f64>,
    /// Eigenvalues of A^{−½}.
    inverse: Vec<f64>,
}

impl Roots {
    /// Of a matrix of `channels` rows, of which the lower half is read. Where it is not finite, nothing in the result is.
    pub(super) fn of(a: &[f64], channels: usize) -> Self {
        let nothing = || Self {
            channels,
            axes: vec![f32::NAN; a.len()],
            root: vec![f64::NAN; channels],
            inverse: vec![f64::NAN; channels],
        };
        if !a.iter().all(|v| v.is_finite()) {
            return nothing();
        }
        // In double precision: in single, the smallest eigenvalues are off by so much that the loss of 512 channels is by 2e-3.
        let matrix = Mat::from_fn(channels, channels, |i, j| a[i * channels + j]);
        let Ok(eigen) = matrix.self_adjoint_eigen(Side::Lower) else { return nothing() };
        let values: Vec<f64> = eigen.S().column_vector().iter().copied().collect();
        let norm = values.iter().map(|v| v * v).sum::<f64>().sqrt();
        let pairs = values.iter().map(|value| iterate(value / norm));
        let (root, inverse) = pairs.map(|(y, z)| (y * norm.sqrt(), z / norm.sqrt())).unzip();
        let vectors = eigen.U();
        let axes = (0..channels * channels).map(|i| vectors[(i / channels, i % channels)] as f32).collect();
        Self { channels, axes, root, inverse }
    }

    /// tr A^½.
    pub(super) fn trace(&self) -> f64 {
        self.root.iter().sum()
    }

    /// A^½, row by row.
    pub(super) fn root(&self) -> Vec<f32> {
        self.recompose(&self.axes, &self.root)
    }

    /// M·A^{−½}·M of a symmetric M.
    pub(super) fn inverse_between(&self, m: &[f32]) -> Vec<f32> {
        self.recompose(&product(m, &self.axes, self.channels), &self.inverse)
    }

    /// P·diag(values)·Pᵀ.
    fn recompose(&self, p: &[f32], values: &[f64]) -> Vec<f32> {
        let n = self.channels;
        let values: Vec<f32> = values.iter().map(|v| *v as f32).collect();
        let scaled: Vec<f32> = p.chunks_exact(n).flat_map(|row| row.iter().zip(&values).map(|(p, v)| p * v)).collect();
        let transposed: Vec<f32> = (0..n * n).map(|i| p[i % n * n + i / n]).collect();
        product(&scaled, &transposed, n)
    }
}

/// The coupled iteration from `y` and 1: towards y^½ and y^{−½}.
fn iterate(mut y: f64) -> (f64, f64) {
    let mut z = 1.0;
    for _ in 0..ITERATIONS {
        let t = 1.5 - 0.5 * z * y;
        (y, z) = (y * t, t * z);
    }
    (y, z)
}
