//! The Wasserstein-2 distance by eigenvalues: exact where twelve iterations in single precision are not.

use faer::{Mat, Side};

use super::statistics::Moments;
use super::wasserstein::EPSILON;

/// The distance of [`WassersteinTarget`](super::WassersteinTarget) between two Gaussians, in double precision; nothing
/// if an eigenvalue cannot be found, as of values that are not finite.
///
/// The trace of (A^½ B A^½)^½ is the sum of the singular values of A^½ B^½. Covariances that are singular but for
/// their epsilon, as of layers with fewer positions than channels, have a root here.
pub fn wasserstein_exact(a: &Moments, b: &Moments) -> Option<f64> {
    let channels = a.channels();
    let means: f64 = a.mean.iter().zip(&b.mean).map(|(a, b)| (a - b).powi(2)).sum();
    let (a, b) = (covariance(a)?, covariance(b)?);
    let overlap: f64 = (root(&a)? * root(&b)?).singular_values().ok()?.iter().sum();
    let trace = |m: &Mat<f64>| (0..channels).map(|i| m[(i, i)]).sum::<f64>();
    // Rounding may leave equal Gaussians a negative distance.
    Some((means + trace(&a) + trace(&b) - 2.0 * overlap).max(0.0) / channels as f64)
}

fn covariance(moments: &Moments) -> Option<Mat<f64>> {
    let (values, channels) = (moments.covariance(EPSILON), moments.channels());
    let symmetric = |i: usize, j: usize| f64::midpoint(values[i * channels + j], values[j * channels + i]);
    values.iter().all(|v| v.is_finite()).then(|| Mat::from_fn(channels, channels, symmetric))
}

/// The symmetric root; eigenvalues that rounding made negative count as zero.
fn root(a: &Mat<f64>) -> Option<Mat<f64>> {
    let eigen = a.self_adjoint_eigen(Side::Lower).ok()?;
    let (axes, values) = (eigen.U(), eigen.S().column_vector());
    let scaled = Mat::from_fn(a.nrows(), a.ncols(), |i, j| axes[(i, j)] * values[j].max(0.0).sqrt());
    Some(scaled * axes.transpose())
}
