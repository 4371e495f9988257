//! The mean shape of a class of contours.

use rustfft::num_complex::Complex64;
use scumble_core::{Error, Result};

use super::{Contour, Matcher};

/// Rounds after which the mean is taken as it is; contours of one class need about ten.
const MOST_ROUNDS: u32 = 100;
/// Distance of two rounds' means at which it has settled.
const SETTLED: f64 = 1e-10;

/// A mean shape.
#[derive(Debug, Clone)]
pub struct Mean {
    /// The mean contour, centred, of energy 1.
    pub contour: Contour,
    /// Mean of the squared normalised distances of the contours from it, 0 to 1.
    pub variance: f64,
    /// Rounds until it had settled.
    pub rounds: u32,
}

/// Generalised Procrustes analysis (Gower 1975): each contour is brought onto the mean by its best similarity, start and
/// handedness, the mean is taken anew, and so on until it stays. A contour's size does not matter; those far from the mean count less
/// (the full Procrustes mean, Dryden & Mardia 1998, ch. 3).
///
/// # Errors
/// `Fault::Input` if there are no contours, one has no extent, or one was prepared for another number of points.
pub fn mean(matcher: &Matcher, contours: &[Contour], allow_reflection: bool) -> Result<Mean> {
    let Some(first) = contours.first() else { return Err(Error::input("the mean of no contours is not known")) };
    if let Some(at) = contours.iter().position(|contour| contour.energy <= 0.0) {
        return Err(Error::input(format!("contour {at} is a single point, a mean needs contours with an extent")));
    }
    let count = matcher.count();
    let mut mean = unit(matcher, &first.points);
    let mut rounds = 0;
    loop {
        rounds += 1;
        let mut sum = vec![Complex64::ZERO; count];
        let mut variance = 0.0;
        for contour in contours {
            let found = matcher.best(contour, &mean, allow_reflection, false)?;
            variance += found.distance * found.distance;
            // The best similarity makes up for the contour's size.
            let turn = found.similarity.turn;
            for (j, point) in contour.points.iter().enumerate() {
                let mirrored = found.similarity.mirrored;
                let (at, point) = if mirrored { (count - j, point.conj()) } else { (j, *point) };
                sum[(at + found.start) % count] += turn * point;
            }
        }
        let next = unit(matcher, &sum);
        let moved = matcher.best(&next, &mean, false, false)?.distance;
        mean = next;
        if moved < SETTLED || rounds == MOST_ROUNDS {
            return Ok(Mean { contour: mean, variance: variance / contours.len() as f64, rounds });
        }
    }
}

/// A contour of energy 1, centred.
fn unit(matcher: &Matcher, points: &[Complex64]) -> Contour {
    let centred = matcher.prepared(points.to_vec());
    let scale = 1.0 / centred.energy.sqrt().max(f64::MIN_POSITIVE);
    let mut points = centred.points;
    points.iter_mut().for_each(|p| *p *= scale);
    matcher.prepared(points)
}
