//! Matrices of three by three, as covariances of colours are.

/// Rows of a matrix.
pub(super) type Matrix = [[f64; 3]; 3];

/// The product a b.
pub(super) fn product(a: &Matrix, b: &Matrix) -> Matrix {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| a[i][k] * b[k][j]).sum()))
}

/// A symmetric positive semi-definite matrix to a power, by its eigenvalues. Infinite or not a number where that is undefined.
pub(super) fn power(matrix: &Matrix, exponent: f64) -> Matrix {
    let (values, axes) = eigen(matrix);
    let powers = values.map(|value| value.max(0.0).powf(exponent));
    std::array::from_fn(|i| std::array::from_fn(|j| (0..3).map(|k| axes[i][k] * powers[k] * axes[j][k]).sum()))
}

/// Eigenvalues and, as columns, eigenvectors of a symmetric matrix, by Jacobi's rotations (Golub & Van Loan, "Matrix
/// Computations", section 8.5).
fn eigen(matrix: &Matrix) -> ([f64; 3], Matrix) {
    let mut m = *matrix;
    let mut axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    // They converge quadratically: four or five sweeps reach the last bit.
    for _ in 0..8 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if m[p][q] == 0.0 {
                continue;
            }
            let half = (m[q][q] - m[p][p]) / (2.0 * m[p][q]);
            let tangent = half.signum() / (half.abs() + half.hypot(1.0));
            let cosine = 1.0 / tangent.hypot(1.0);
            let sine = tangent * cosine;
            let turn = |a: f64, b: f64| [cosine * a - sine * b, sine * a + cosine * b];
            for row in m.iter_mut().chain(&mut axes) {
                [row[p], row[q]] = turn(row[p], row[q]);
            }
            let [above, below] = [m[p], m[q]];
            for (column, [upper, lower]) in above.iter().zip(below).map(|(a, b)| turn(*a, b)).enumerate() {
                (m[p][column], m[q][column]) = (upper, lower);
            }
        }
    }
    ([m[0][0], m[1][1], m[2][2]], axes)
}

/// The lower triangular L with L Lᵀ the matrix; none unless that is positive definite.
pub(super) fn cholesky(matrix: &Matrix) -> Option<Matrix> {
    let mut lower = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let rest = matrix[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            lower[i][j] = if i == j { rest.sqrt() } else { rest / lower[j][j] };
        }
        // No number, too, where the root was of less than nothing.
        if lower[i][i].partial_cmp(&0.0) != Some(std::cmp::Ordering::Greater) {
            return None;
        }
    }
    Some(lower)
}

/// The inverse of a lower triangular matrix, by forward substitution.
pub(super) fn inverse_of_lower(lower: &Matrix) -> Matrix {
    let mut inverse: Matrix = [[0.0; 3]; 3];
    for row in 0..3 {
        let known = |column: usize| (0..row).map(|k| lower[row][k] * inverse[k][column]).sum::<f64>();
        let unit = |column: usize| if row == column { 1.0 } else { 0.0 };
        inverse[row] = std::array::from_fn(|column| (unit(column) - known(column)) / lower[row][row]);
    }
    inverse
}
