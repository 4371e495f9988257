//! A contour prepared for matching.

use rustfft::num_complex::Complex64;

/// A closed contour of points at equal distances, centred, with its spectrum. Made by [`Matcher::contour`](super::Matcher::contour).
#[derive(Debug, Clone)]
pub struct Contour {
    pub(super) centre: Complex64,
    pub(super) points: Vec<Complex64>,
    pub(super) energy: f64,
    pub(super) spectrum: Vec<Complex64>,
}

impl Contour {
    /// Mean of its points.
    pub fn centre(&self) -> Complex64 {
        self.centre
    }

    /// Its points relative to the centre.
    pub fn points(&self) -> &[Complex64] {
        &self.points
    }

    /// Sum of the squared distances of its points from the centre.
    pub fn energy(&self) -> f64 {
        self.energy
    }
}
