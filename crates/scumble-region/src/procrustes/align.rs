//! The best similarity between points in a given order.

use rustfft::num_complex::Complex64;
use scumble_core::{Error, Result};

/// A similarity: first mirrored if it is, then scaled and turned, then moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Similarity {
    /// Scale and rotation, `s e^{iθ}`.
    pub turn: Complex64,
    /// What is added then.
    pub shift: Complex64,
    /// Whether points are mirrored at the x axis first.
    pub mirrored: bool,
}

impl Similarity {
    /// Where a point goes.
    pub fn apply(&self, point: Complex64) -> Complex64 {
        self.turn * if self.mirrored { point.conj() } else { point } + self.shift
    }
}

/// How well one contour can be brought onto another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The similarity that brings the first onto the second.
    pub similarity: Similarity,
    /// The point of the second onto which the first one's first point comes; the others follow, in reverse if it is mirrored.
    pub start: usize,
    /// By how many points the best start lies beyond that one, -0.5 to 0.5; 0 unless it was refined.
    pub offset: f64,
    /// Raw distance, `‖s R X + t - Y‖`, in the second contour's unit.
    pub residual: f64,
    /// Distance normalised by the size of the second contour, 0 to 1; the same in both directions.
    pub distance: f64,
}

/// The best similarity that brings points onto others in the same order.
///
/// # Errors
/// `Fault::Input` if their numbers differ, there are none, or one is not finite.
pub fn align(x: &[Complex64], y: &[Complex64], allow_reflection: bool) -> Result<Match> {
    if x.len() != y.len() {
        return Err(Error::input(format!("{} points cannot be aligned with {}", x.len(), y.len())));
    }
    check(x)?;
    check(y)?;
    let [mx, my] = [centre(x), centre(y)];
    let (mut plain, mut mirrored) = (Complex64::ZERO, Complex64::ZERO);
    for (x, y) in x.iter().zip(y) {
        plain += (x - mx).conj() * (y - my);
        mirrored += (x - mx) * (y - my);
    }
    let mirror = allow_reflection && mirrored.norm_sqr() > plain.norm_sqr();
    let product = if mirror { mirrored } else { plain };
    let [ex, ey] = [energy(x, mx), energy(y, my)];
    let similarity = similarity(product, ex, [mx, my], mirror);
    let residual = x.iter().zip(y).map(|(x, y)| (similarity.apply(*x) - y).norm_sqr()).sum::<f64>();
    Ok(Match { similarity, start: 0, offset: 0.0, residual: residual.sqrt(), distance: normalised(residual, ey) })
}

/// Refuses no points, and points that are not finite.
pub(super) fn check(points: &[Complex64]) -> Result<()> {
    if points.is_empty() {
        return Err(Error::input("a contour needs a point at least"));
    }
    match points.iter().position(|p| !p.is_finite()) {
        Some(at) => Err(Error::input(format!("point {at} of a contour is {}, allowed are finite numbers", points[at]))),
        None => Ok(()),
    }
}

/// The similarity of a product of centred contours, `C / Ex`; nothing is left of one without extent.
pub(super) fn similarity(product: Complex64, ex: f64, centres: [Complex64; 2], mirrored: bool) -> Similarity {
    let turn = if ex > 0.0 { product / ex } else { Complex64::ZERO };
    let from = if mirrored { centres[0].conj() } else { centres[0] };
    Similarity { turn, shift: centres[1] - turn * from, mirrored }
}

/// The mean of points.
pub(super) fn centre(points: &[Complex64]) -> Complex64 {
    points.iter().sum::<Complex64>() / points.len().max(1) as f64
}

/// Sum of squared distances from a centre.
pub(super) fn energy(points: &[Complex64], centre: Complex64) -> f64 {
    points.iter().map(|p| (p - centre).norm_sqr()).sum()
}

/// A sum of squares as a distance from 0 to 1; a contour without extent is at distance 0 from all.
pub(super) fn normalised(residual: f64, energy: f64) -> f64 {
    if energy > 0.0 { (residual / energy).sqrt().min(1.0) } else { 0.0 }
}
