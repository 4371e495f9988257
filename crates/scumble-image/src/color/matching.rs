//! Giving a picture the colour distribution of another (Gatys et al., "Controlling Perceptual Factors in
//! Neural Style Transfer", 2017, section 5.2).

use faer::{Mat, Side};
use scumble_core::{Error, Result};

use super::histogram;
use super::moments::Moments;
use crate::{Canvas, parallel};

/// Which map takes one distribution of colours to the other.
///
/// The first three are linear, x' = A (x − μ) + μ', and make mean and covariance equal; with Σ the
/// picture's covariance, Σ' the wanted one (each plus 1e-6 on the diagonal):
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchMethod {
    /// A = Σ'^½ Σ^−½, by principal axes.
    Pca,
    /// A = L' L⁻¹ with the Cholesky factors.
    Chol,
    /// A = Σ^−½ (Σ^½ Σ' Σ^½)^½ Σ^−½: of all such maps the one that moves colours least (optimal transport).
    Sym,
    /// Each channel by its cumulative histogram, not linear; channels on their own, so that hues may turn.
    Histogram,
}

/// Added to the variances, so that grey pictures have invertible covariances: a quarter of an 8-bit level, squared. The
/// authors add ten times that, with which weak directions of colour miss their covariance by more than 1e-4.
const RIDGE: f64 = 1e-6;

type Matrix = Mat<f64>;

/// `picture` with the colour distribution of `to`, clipped to 0 to 1. Transparency stays.
///
/// # Errors
/// `Fault::Input` if the colours are too extreme to be matched.
pub fn match_color(picture: &Canvas, to: &Canvas, method: MatchMethod) -> Result<Canvas> {
    match_color_unclipped(picture, to, method).map(Canvas::clamped)
}

/// As [`match_color`], without clipping: mean and covariance are those of `to`, but for [`RIDGE`].
///
/// # Errors
/// As [`match_color`].
pub fn match_color_unclipped(picture: &Canvas, to: &Canvas, method: MatchMethod) -> Result<Canvas> {
    if method == MatchMethod::Histogram {
        return histogram::matched(picture, to);
    }
    let (source, target) = (Moments::of(picture), Moments::of(to));
    let map = linear_map(&regularised(&source), &regularised(&target), method)
        .ok_or_else(|| Error::input("the pictures' colours are too extreme to be matched"))?;
    let mut matched = picture.clone();
    parallel::map_pixels(matched.rgb_mut(), |pixel| {
        let d: [f64; 3] = std::array::from_fn(|c| f64::from(pixel[c]) - source.mean[c]);
        std::array::from_fn(|i| {
            let moved: f64 = (0..3).map(|j| map[(i, j)] * d[j]).sum();
            (moved + target.mean[i]) as f32
        })
    });
    Ok(matched)
}

fn regularised(moments: &Moments) -> Matrix {
    Mat::from_fn(3, 3, |i, j| moments.covariance[i][j] + if i == j { RIDGE } else { 0.0 })
}

fn linear_map(source: &Matrix, target: &Matrix, method: MatchMethod) -> Option<Matrix> {
    let map = match method {
        MatchMethod::Chol => {
            let source = source.llt(Side::Lower).ok()?.L().to_owned();
            let target = target.llt(Side::Lower).ok()?.L().to_owned();
            target * inverse_of_lower(&source)
        }
        MatchMethod::Sym => {
            let (root, inverse) = (power(source, 0.5)?, power(source, -0.5)?);
            &inverse * power(&(&root * target * &root), 0.5)? * &inverse
        }
        MatchMethod::Pca | MatchMethod::Histogram => power(target, 0.5)? * power(source, -0.5)?,
    };
    (0..9).all(|i| map[(i / 3, i % 3)].is_finite()).then_some(map)
}

/// A symmetric positive definite matrix to a power, by its eigenvalues.
fn power(matrix: &Matrix, exponent: f64) -> Option<Matrix> {
    let eigen = matrix.self_adjoint_eigen(Side::Lower).ok()?;
    let (axes, values) = (eigen.U(), eigen.S().column_vector());
    Some(Mat::from_fn(3, 3, |i, j| {
        let terms = (0..3).map(|k| axes[(i, k)] * values[k].max(0.0).powf(exponent) * axes[(j, k)]);
        terms.sum()
    }))
}

/// The inverse of a lower triangular matrix, by forward substitution.
fn inverse_of_lower(lower: &Matrix) -> Matrix {
    let mut inverse = Matrix::zeros(3, 3);
    for column in 0..3 {
        for row in column..3 {
            let known: f64 = (column..row).map(|k| lower[(row, k)] * inverse[(k, column)]).sum();
            let unit = if row == column { 1.0 } else { 0.0 };
            inverse[(row, column)] = (unit - known) / lower[(row, row)];
        }
    }
    inverse
}
