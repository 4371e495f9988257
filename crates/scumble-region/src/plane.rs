//! Symmetric matrices of the plane: covariances of places, products of slopes.

/// The eigenvalues of the positive semidefinite matrix `[[xx, xy], [xy, yy]]`, the larger first, and the direction of its
/// eigenvector in radians.
pub(crate) fn principal([xx, xy, yy]: [f64; 3]) -> ([f64; 2], f64) {
    let (mean, half) = ((xx + yy) / 2.0, (xx - yy) / 2.0);
    let radius = half.hypot(xy);
    ([mean + radius, (mean - radius).max(0.0)], 0.5 * xy.atan2(half))
}
