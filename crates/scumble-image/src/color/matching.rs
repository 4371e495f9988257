//! Giving a picture the colour distribution of another (Gatys et al., "Controlling Perceptual Factors in
//! Neural Style Transfer", 2017, section 5.2).

use scumble_core::{Error, Result};

use super::histogram;
use super::matrix::{Matrix, cholesky, inverse_of_lower, power, product};
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
            let moved: f64 = (0..3).map(|j| map[i][j] * d[j]).sum();
            (moved + target.mean[i]) as f32
        })
    });
    Ok(matched)
}

fn regularised(moments: &Moments) -> Matrix {
    let mut covariance = moments.covariance;
    (0..3).for_each(|i| covariance[i][i] += RIDGE);
    covariance
}

fn linear_map(source: &Matrix, target: &Matrix, method: MatchMethod) -> Option<Matrix> {
    let map = match method {
        MatchMethod::Chol => product(&cholesky(target)?, &inverse_of_lower(&cholesky(source)?)),
        MatchMethod::Sym => {
            let (root, inverse) = (power(source, 0.5), power(source, -0.5));
            let middle = power(&product(&product(&root, target), &root), 0.5);
            product(&product(&inverse, &middle), &inverse)
        }
        MatchMethod::Pca | MatchMethod::Histogram => product(&power(target, 0.5), &power(source, -0.5)),
    };
    map.iter().flatten().all(|v| v.is_finite()).then_some(map)
}
