//! The mark of a brush, from a picture of it.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Light, color};

use crate::painters::working::reduced;
use crate::painting::BrushKind;

/// Longer side in pixels to which larger marks are reduced: as long as strokes are in prints.
const LONGEST: usize = 1024;
/// Paint of which nowhere more than this would be seen is none.
const FAINT: f32 = 0.05;

/// A brush whose mark is a picture's: where that is opaque, if it has transparency; else where it is unlike its border,
/// dark on light or light on dark. The stroke runs from left to right, and thick paint is as high as it is opaque.
///
/// # Errors
/// [`Fault::Input`](scumble_core::Fault::Input) if there is nothing to be seen in the picture.
pub fn mark(picture: &Canvas) -> Result<BrushKind> {
    let picture = reduced(picture, LONGEST, Light::Encoded)?;
    let width = picture.width();
    let transparent = picture.alpha().filter(|alpha| alpha.iter().any(|alpha| *alpha < 1.0));
    let alpha = match transparent {
        Some(alpha) => alpha.to_vec(),
        None => unlike_border(&picture),
    };
    if alpha.iter().all(|alpha| *alpha < FAINT) {
        return Err(Error::input("the picture of the brush's mark is even: there is no mark in it")
            .hint("draw one stroke from left to right, black on white, white on black or on transparent ground"));
    }
    // Short in JSON, which has a brush for every layer.
    let alpha = alpha.into_iter().map(|alpha| (1000.0 * alpha).round() / 1000.0).collect();
    Ok(BrushKind::Texture { alpha, width })
}

/// How far each pixel is from white if the border is light, else from black.
fn unlike_border(picture: &Canvas) -> Vec<f32> {
    let (width, height) = (picture.width(), picture.height());
    let luma: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
    let sides = (0..height).flat_map(|y| [y * width, y * width + width - 1]);
    let border: Vec<f32> =
        (0..width).chain((height - 1) * width..height * width).chain(sides).map(|i| luma[i]).collect();
    let light = border.iter().sum::<f32>() > 0.5 * border.len() as f32;
    luma.into_iter().map(|luma| if light { 1.0 - luma } else { luma }).collect()
}
