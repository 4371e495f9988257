//! All starting points and both handednesses at once.

use std::sync::Arc;

use rustfft::num_complex::Complex64;
use rustfft::{Fft, FftPlanner};
use scumble_core::{Error, Result};

use super::align::{centre, check, energy, normalised, similarity};
use super::{Contour, Match};

/// The most points of a contour.
const MOST: usize = 1 << 16;

/// Matches contours of one number of points.
#[derive(Clone)]
pub struct Matcher {
    forward: Arc<dyn Fft<f64>>,
    inverse: Arc<dyn Fft<f64>>,
    count: usize,
}

impl Matcher {
    /// For contours of `count` points; 128 are usual.
    ///
    /// # Errors
    /// `Fault::Parameter` if the count is 0 or above 65,536.
    pub fn new(count: usize) -> Result<Self> {
        if count == 0 || count > MOST {
            return Err(Error::parameter(format!("contours of {count} points, allowed are 1 to {MOST}")));
        }
        let mut planner = FftPlanner::new();
        Ok(Self { forward: planner.plan_fft_forward(count), inverse: planner.plan_fft_inverse(count), count })
    }

    /// How many points its contours have.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Prepares a closed contour. Points should be at equal distances, and run round in the same direction in all contours.
    ///
    /// # Errors
    /// `Fault::Input` if their number is another than the matcher's, or one is not finite.
    pub fn contour(&self, points: &[Complex64]) -> Result<Contour> {
        if points.len() != self.count {
            return Err(Error::input(format!("a contour of {} points, allowed are {}", points.len(), self.count)));
        }
        check(points)?;
        Ok(self.prepared(points.to_vec()))
    }

    /// A contour of finite points whose number fits.
    pub(crate) fn prepared(&self, mut points: Vec<Complex64>) -> Contour {
        let centre = centre(&points);
        points.iter_mut().for_each(|p| *p -= centre);
        let energy = energy(&points, Complex64::ZERO);
        let mut spectrum = points.clone();
        self.forward.process(&mut spectrum);
        Contour { centre, points, energy, spectrum }
    }

    /// The best similarity of all starting points, and of both handednesses if reflection is allowed, in which a mirrored contour
    /// is run through in reverse. `C_k = Σ_j conj(x_j) y_(j+k)` for all k is the inverse transform of `conj(X) Y`, and
    /// that of the mirrored contour the one of `X Y`. `refine` looks between points too, at the peak of the parabola through `|C|²`
    /// of the best start and its neighbours; residual and distance are then those of contours interpolated by their spectra.
    ///
    /// # Errors
    /// `Fault::Input` if a contour was prepared for another number of points.
    pub fn best(&self, x: &Contour, y: &Contour, allow_reflection: bool, refine: bool) -> Result<Match> {
        if let Some(other) = [x, y].iter().find(|contour| contour.points.len() != self.count) {
            let count = other.points.len();
            return Err(Error::input(format!("a contour of {count} points, allowed are {}", self.count)));
        }
        Ok(self.found(x, y, allow_reflection, refine))
    }

    /// [`Matcher::best`] of contours that are known to fit.
    pub(crate) fn found(&self, x: &Contour, y: &Contour, allow_reflection: bool, refine: bool) -> Match {
        let mut mirrored = false;
        let (mut products, mut start) = self.correlate(x, y, false);
        if allow_reflection {
            let (others, other) = self.correlate(x, y, true);
            // A tie within rounding is no reason to mirror.
            if others[other].norm_sqr() > products[start].norm_sqr() * (1.0 + 1e-12) {
                (mirrored, products, start) = (true, others, other);
            }
        }
        let n = self.count;
        let mut product = products[start];
        let mut offset = 0.0;
        if refine && n >= 3 {
            let [before, after] = [products[(start + n - 1) % n], products[(start + 1) % n]];
            let bend = before.norm_sqr() - 2.0 * product.norm_sqr() + after.norm_sqr();
            let peak = (0.5 * (before.norm_sqr() - after.norm_sqr()) / bend).clamp(-0.5, 0.5);
            let between = self.product(x, y, mirrored, start as f64 + peak);
            if bend < 0.0 && between.norm_sqr() > product.norm_sqr() {
                (product, offset) = (between, peak);
            }
        }
        let similarity = similarity(product, x.energy, [x.centre, y.centre], mirrored);
        let residual = if offset == 0.0 {
            // Summed, as the closed form loses half of the digits where little is left.
            let pair = |j: usize| {
                let from = if mirrored { x.points[(n - j) % n].conj() } else { x.points[j] };
                similarity.turn * from - y.points[(j + start) % n]
            };
            (0..n).map(|j| pair(j).norm_sqr()).sum::<f64>()
        } else {
            (y.energy - product.norm_sqr() / x.energy.max(f64::MIN_POSITIVE)).max(0.0)
        };
        Match { similarity, start, offset, residual: residual.sqrt(), distance: normalised(residual, y.energy) }
    }

    /// The product for a start between points, from the spectra.
    fn product(&self, x: &Contour, y: &Contour, mirrored: bool, start: f64) -> Complex64 {
        let n = self.count as f64;
        let step = std::f64::consts::TAU * start / n;
        let term = |at: usize, x: &Complex64, y: &Complex64| {
            let frequency = at as f64;
            let product = if mirrored { *x } else { x.conj() } * y;
            // The one in the middle of an even number turns either way.
            match 2 * at {
                twice if twice == self.count => product * (step * frequency).cos(),
                twice if twice < self.count => product * Complex64::cis(step * frequency),
                _ => product * Complex64::cis(step * (frequency - n)),
            }
        };
        x.spectrum.iter().zip(&y.spectrum).enumerate().map(|(at, (x, y))| term(at, x, y)).sum::<Complex64>() / n
    }

    /// The products for all starting points, and the start of the largest.
    fn correlate(&self, x: &Contour, y: &Contour, mirrored: bool) -> (Vec<Complex64>, usize) {
        let scale = 1.0 / self.count as f64;
        let spectra = x.spectrum.iter().zip(&y.spectrum);
        let mut products: Vec<Complex64> =
            spectra.map(|(x, y)| if mirrored { *x } else { x.conj() } * y * scale).collect();
        self.inverse.process(&mut products);
        let mut best = 0;
        for (at, product) in products.iter().enumerate() {
            if product.norm_sqr() > products[best].norm_sqr() {
                best = at;
            }
        }
        (products, best)
    }
}

impl std::fmt::Debug for Matcher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Matcher").field("count", &self.count).finish_non_exhaustive()
    }
}
