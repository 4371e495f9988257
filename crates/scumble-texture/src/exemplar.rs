//! What a synthesis takes of an exemplar, and which sizes it makes.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, LONGEST_SIDE, MOST_PIXELS};

use crate::planes::Planes;
use crate::region::{crop, largest_rectangle};

/// Opacity from which a pixel is of the exemplar: at the rim of what was cut out, those of which it has more than what was
/// around.
pub(crate) const OPAQUE: f32 = 0.5;

/// Refuses sizes, width and height, that no picture may have.
pub(crate) fn check_size([width, height]: [usize; 2]) -> Result<()> {
    let pixels = width.saturating_mul(height);
    if width.min(height) == 0 || width.max(height) > LONGEST_SIDE || pixels > MOST_PIXELS {
        return Err(Error::limit(format!(
            "a texture of {width}×{height} pixels cannot be made, allowed are sides of 1 to {LONGEST_SIDE} and \
             {MOST_PIXELS} pixels in all"
        ))
        .hint("choose a smaller size"));
    }
    Ok(())
}

/// The exemplar's planes: of a picture with transparency, those of the largest rectangle without transparent pixels.
///
/// # Errors
/// `Fault::Input` if the picture is transparent everywhere.
pub(crate) fn planes(exemplar: &Canvas) -> Result<Planes> {
    let Some(alpha) = exemplar.alpha().filter(|alpha| alpha.iter().any(|a| *a < OPAQUE)) else {
        return Ok(Planes::of(exemplar));
    };
    let mask: Vec<bool> = alpha.iter().map(|a| *a >= OPAQUE).collect();
    let rectangle = largest_rectangle(&mask, exemplar.width()).ok_or_else(|| {
        Error::input("the exemplar is transparent everywhere").hint("name a picture with opaque parts")
    })?;
    Ok(Planes::of(&crop(exemplar, rectangle)?))
}
