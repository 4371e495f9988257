//! Matrices.

use super::*;

fn symmetric(n: usize) -> Matrix {
    let any = Matrix::new(n, n, |r, c| ((r * 7 + c * 3 + r * c) % 11) as f64 / 11.0 - 0.4);
    any.times(&any.transposed())
}

fn far(a: &Matrix, b: &Matrix) -> f64 {
    assert_eq!((a.rows(), a.columns()), (b.rows(), b.columns()));
    a.values().iter().zip(b.values()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn eigenvectors_are_orthonormal_and_make_the_matrix_again() {
    for n in [1, 2, 3, 12, 30] {
        let a = symmetric(n);
        let (_, vectors) = a.eigen();
        let identity = Matrix::new(n, n, |r, c| f64::from(u8::from(r == c)));
        assert!(far(&vectors.times(&vectors.transposed()), &identity) < 1e-13, "{n}");
        assert!(far(&a.of_eigenvalues(|v, _| v), &a) < 1e-12, "{n}");
        let root = a.of_eigenvalues(|v, _| v.max(0.0).sqrt());
        assert!(far(&root.times(&root), &a) < 1e-12, "{n}");
    }
}

#[test]
fn systems_are_solved_or_refused() {
    let definite = Matrix::new(9, 9, |r, c| symmetric(9).at(r, c) + f64::from(u8::from(r == c)));
    let wanted: Vec<f64> = (0..9).map(|i| i as f64 - 4.0).collect();
    let right: Vec<f64> = (0..9).map(|r| (0..9).map(|c| definite.at(r, c) * wanted[c]).sum()).collect();
    let found = definite.solve(&right).unwrap();
    assert!(found.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-12));
    assert!(Matrix::new(2, 2, |_, _| f64::NAN).solve(&[1.0; 2]).is_none());
    assert!(Matrix::new(3, 3, |_, _| 1.0).minus(&Matrix::new(3, 3, |_, _| 2.0)).solve(&[1.0; 3]).is_none());
}
