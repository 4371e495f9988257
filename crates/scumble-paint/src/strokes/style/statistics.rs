//! What the marks of a picture are like.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::{Canvas, Filter, Light, color, resize};

use crate::fields::{blur, mean_coherence};

/// Shorter side in pixels to which a larger picture is reduced.
const LOOK: usize = 512;
/// The longest that the longer side may then be, in shorter ones.
const LONGEST: usize = 4;
/// Deviations of the Gaussians: from 1 to 16 pixels in steps of 2^(1/6), one more at either end for the comparison.
const LEAST: f32 = 1.0;
const STEPS_PER_OCTAVE: i32 = 6;
const STEPS: i32 = 4 * STEPS_PER_OCTAVE;
/// Scale-normalised Laplacian of luma (0 to 1) below which a pixel tells nothing: noise and the grain of scans.
const FAINT: f32 = 0.02;
/// Width of a mark in deviations at which its Laplacian is largest: between stripes (π/√2 = 2.22) and discs (2√2 = 2.83).
const WIDTH: f32 = 2.5;

/// Sizes and directions of the marks of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistics {
    /// Usual width of a mark, in pixels at 512: 512ths of the picture's shorter side, at least one of its pixels.
    pub width: f32,
    /// How long marks are for their width: coherence of structure tensors over half a width. 0 round, 1 without end.
    pub anisotropy: f32,
    /// How much marks agree in their direction with those beside them: the same over two widths.
    pub coherence: f32,
}

impl Statistics {
    /// Measures a picture; transparency is not looked at. None if there are no marks in it.
    ///
    /// The width is that of the finest structure at each pixel: the least scale at which the scale-normalised Laplacian of
    /// Gaussian is largest (Lindeberg 1998), the median over the picture, weighted by its energy. The peak of the energy over
    /// the whole picture tells of the largest forms instead, for it grows with scale wherever there are edges.
    ///
    /// # Errors
    /// If the picture cannot be reduced.
    pub fn of(picture: &Canvas) -> Result<Option<Self>> {
        let small = reduced(picture, LOOK)?;
        Ok(scale(&small).map(|scale| {
            let width = WIDTH * scale;
            Self {
                width,
                anisotropy: mean_coherence(&small, LEAST, width / 2.0),
                coherence: mean_coherence(&small, LEAST, 2.0 * width),
            }
        }))
    }
}

/// The picture with a shorter side of at most `side` pixels.
pub(super) fn reduced(picture: &Canvas, side: usize) -> Result<Canvas> {
    let (width, height) = (picture.width(), picture.height());
    let [shorter, longer] = [side, LONGEST * side].map(|side| side as f64);
    let scale = (shorter / width.min(height) as f64).min(longer / width.max(height) as f64);
    if scale >= 1.0 {
        return Ok(picture.clone());
    }
    let side = |side: usize| ((side as f64 * scale).round() as usize).max(1);
    Ok(resize(picture, side(width), side(height), Filter::Lanczos, Light::Linear)?.clamped())
}

/// The deviation at which most marks stand out.
fn scale(picture: &Canvas) -> Option<f32> {
    let width = picture.width();
    let luma: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
    let sigma = |step: i32| LEAST * (step as f32 / STEPS_PER_OCTAVE as f32).exp2();
    let blurred: Vec<Vec<f32>> = (-1..=STEPS + 1).into_par_iter().map(|step| blur(&luma, width, sigma(step))).collect();
    // σ² times the Laplacian is σ times the derivative by σ, that is, the derivative by the logarithm of σ.
    let by_log = STEPS_PER_OCTAVE as f32 / std::f32::consts::LN_2;
    let response = |level: usize, pixel: usize| (by_log * (blurred[level + 1][pixel] - blurred[level][pixel])).abs();
    let mut energy = vec![0.0f64; blurred.len() - 1];
    for pixel in 0..luma.len() {
        let mut below = response(0, pixel);
        let mut here = response(1, pixel);
        for level in 1..energy.len() - 1 {
            let above = response(level + 1, pixel);
            if here > FAINT && here > below && here >= above {
                energy[level] += f64::from(here).powi(4);
                break;
            }
            (below, here) = (here, above);
        }
    }
    let total: f64 = energy.iter().sum();
    let mut sum = 0.0;
    for (level, energy) in energy.iter().enumerate() {
        if *energy > 0.0 && sum + energy >= total / 2.0 {
            let within = (total / 2.0 - sum) / energy;
            // Level 0 lies between steps −1 and 0, and holds half of what lies to either side of its middle.
            let step = level as f32 - 0.5 + (within as f32 - 0.5);
            return Some(LEAST * (step / STEPS_PER_OCTAVE as f32).exp2());
        }
        sum += energy;
    }
    None
}
