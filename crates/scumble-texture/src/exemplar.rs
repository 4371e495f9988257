//! What a synthesis takes of an exemplar, and which sizes it makes.

use scumble_core::{Error, Result};
use scumble_image::Canvas;

use crate::planes::Planes;
use crate::region::{crop, largest_rectangle};

/// The most pixels of a texture: as many as a picture that is read may have.
const MOST_PIXELS: usize = 1 << 28;
/// The longest side of a texture, as of a picture that is read.
const LONGEST: usize = 65_535;
/// Opacity from which a pixel is of the exemplar.
const OPAQUE: f32 = 0.5;

/// Refuses sizes, width and height, that no picture may have.
pub(crate) fn check_size([width, height]: [usize; 2]) -> Result<()> {
    let pixels = width.saturating_mul(height);
    if width.min(height) == 0 || width.max(height) > LONGEST || pixels > MOST_PIXELS {
        return Err(Error::limit(format!(
            "a texture of {width}×{height} pixels cannot be made, allowed are sides of 1 to {LONGEST} and {MOST_PIXELS} \
             pixels in all"
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

/// Refuses a count that is outside `least..=most`.
pub(crate) fn within(name: &str, value: u32, least: u32, most: u32) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::parameter(format!("{name} is {value}, allowed is {least} to {most}")))
}
