//! Small dense matrices: eigenvalues of symmetric ones, what is made of them, and systems of equations.

/// Most sweeps of Jacobi's method: convergence is quadratic, a dozen reach double precision.
const SWEEPS: usize = 40;

/// A matrix, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// The matrix of `rows × columns` entries `f(row, column)`.
    pub(crate) fn new(rows: usize, columns: usize, f: impl Fn(usize, usize) -> f64) -> Self {
        let values = (0..rows * columns).map(|i| f(i / columns, i % columns)).collect();
        Self { rows, columns, values }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The entries, row by row.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// An entry.
    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    pub(crate) fn transposed(&self) -> Self {
        Self::new(self.columns, self.rows, |r, c| self.at(c, r))
    }

    /// The product with a matrix of as many rows as this one has columns.
    pub(crate) fn times(&self, other: &Self) -> Self {
        Self::new(self.rows, other.columns, |r, c| (0..self.columns).map(|k| self.at(r, k) * other.at(k, c)).sum())
    }

    /// The difference to a matrix of the same shape.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self::new(self.rows, self.columns, |r, c| self.at(r, c) - other.at(r, c))
    }

    /// Eigenvalues and, as rows, orthonormal eigenvectors of a symmetric matrix (Jacobi's method).
    pub(crate) fn eigen(&self) -> (Vec<f64>, Self) {
        let n = self.rows;
        let (mut a, mut vectors) = (self.clone(), Self::new(n, n, |r, c| f64::from(u8::from(r == c))));
        for _ in 0..SWEEPS {
            let mut turned = false;
            for (p, q) in (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q))) {
                let (off, size) = (a.at(p, q), a.at(p, p).abs().max(a.at(q, q).abs()));
                // What is left below rounding changes nothing.
                if off.abs() <= size * 1e-17 {
                    continue;
                }
                turned = true;
                let theta = (a.at(q, q) - a.at(p, p)) / (2.0 * off);
                let t = 1.0_f64.copysign(theta) / (theta.abs() + theta.hypot(1.0));
                let cos = 1.0 / t.hypot(1.0);
                let turn = |x: f64, y: f64| [cos * (x - t * y), cos * (t * x + y)];
                for row in a.values.chunks_exact_mut(n) {
                    [row[p], row[q]] = turn(row[p], row[q]);
                }
                for k in 0..n {
                    let (i, j) = (p * n + k, q * n + k);
                    [a.values[i], a.values[j]] = turn(a.values[i], a.values[j]);
                    [vectors.values[i], vectors.values[j]] = turn(vectors.values[i], vectors.values[j]);
                }
            }
            if !turned {
                break;
            }
        }
        ((0..n).map(|i| a.at(i, i)).collect(), vectors)
    }

    /// A symmetric matrix with `f` of its eigenvalues in their place; `f` is told the largest, too.
    pub(crate) fn of_eigenvalues(&self, f: impl Fn(f64, f64) -> f64) -> Self {
        let (values, vectors) = self.eigen();
        let largest = values.iter().copied().fold(0.0, f64::max);
        let values: Vec<f64> = values.into_iter().map(|v| f(v, largest)).collect();
        Self::new(self.rows, self.rows, |r, c| {
            (0..self.rows).map(|k| values[k] * vectors.at(k, r) * vectors.at(k, c)).sum()
        })
    }

    /// The solution of a system of a symmetric positive definite matrix (Cholesky); `None` if it is not definite.
    pub(crate) fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let n = self.rows;
        let mut lower = self.values.clone();
        let dot = |lower: &[f64], r: usize, c: usize, count: usize| -> f64 {
            lower[r * n..r * n + count].iter().zip(&lower[c * n..c * n + count]).map(|(a, b)| a * b).sum()
        };
        for r in 0..n {
            for c in 0..r {
                lower[r * n + c] = (lower[r * n + c] - dot(&lower, r, c, c)) / lower[c * n + c];
            }
            let square = lower[r * n + r] - dot(&lower, r, r, r);
            // What is no number is not positive either.
            let positive = square > 0.0;
            if !positive {
                return None;
            }
            lower[r * n + r] = square.sqrt();
        }
        let mut x = right.to_vec();
        for r in 0..n {
            x[r] = (x[r] - (0..r).map(|c| lower[r * n + c] * x[c]).sum::<f64>()) / lower[r * n + r];
        }
        for r in (0..n).rev() {
            x[r] = (x[r] - (r + 1..n).map(|c| lower[c * n + r] * x[c]).sum::<f64>()) / lower[r * n + r];
        }
        Some(x)
    }
}

#[cfg(test)]
mod tests;
