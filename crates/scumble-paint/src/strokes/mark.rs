//! The mark of a brush, from a picture of it.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Light};

use crate::painters::working::reduced;
use crate::painting::BrushKind;

/// Longer side in pixels to which larger marks are reduced: every layer of a painting has a brush with the mark.
const LONGEST: usize = 512;
/// Difference from the ground, 0 to 1, of which less nowhere makes a mark.
const FAINT: f32 = 0.05;
/// Opacity below which somewhere a picture counts as one with transparent ground.
const CLEAR: f32 = 0.5;

/// A brush whose mark is a picture's: where that is opaque, if it has transparent ground; else where it differs from the colour of its
/// border, most where it differs most. The stroke runs from left to right, over the whole of the picture, and thick paint is as high
/// as it is opaque.
///
/// # Errors
/// [`Fault::Input`](scumble_core::Fault::Input) if there is nothing to be seen in the picture.
pub fn mark(picture: &Canvas) -> Result<BrushKind> {
    let picture = reduced(picture, LONGEST, Light::Encoded)?;
    let width = picture.width();
    let transparent = picture.alpha().filter(|alpha| alpha.iter().any(|alpha| *alpha < CLEAR));
    let cover = match transparent {
        Some(alpha) => alpha.to_vec(),
        None => unlike_border(&picture),
    };
    let most = cover.iter().copied().fold(0.0, f32::max);
    if most < FAINT {
        return Err(Error::input("the picture of the brush's mark is even: there is no mark in it")
            .hint("draw one stroke from left to right, black on white, white on black or on transparent ground"));
    }
    let whole = if transparent.is_some() { 1.0 } else { most };
    // Short in JSON.
    let alpha = cover.into_iter().map(|cover| (1000.0 * cover / whole).round() / 1000.0).collect();
    Ok(BrushKind::Texture { alpha, width })
}

/// By how much each pixel differs from the median colour of the border, in the channel that differs most.
fn unlike_border(picture: &Canvas) -> Vec<f32> {
    let (width, height) = (picture.width(), picture.height());
    let pixels = picture.pixels();
    let sides = (0..height).flat_map(|y| [y * width, y * width + width - 1]);
    let border: Vec<usize> = (0..width).chain((height - 1) * width..height * width).chain(sides).collect();
    let ground = [0, 1, 2].map(|c| {
        let mut values: Vec<f32> = border.iter().map(|i| pixels[*i][c]).collect();
        values.sort_unstable_by(f32::total_cmp);
        values[values.len() / 2]
    });
    let differs = |pixel: &[f32; 3]| pixel.iter().zip(ground).map(|(v, ground)| (v - ground).abs()).fold(0.0, f32::max);
    pixels.iter().map(differs).collect()
}
