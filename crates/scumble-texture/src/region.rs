//! Textures from a region of a picture, whatever its outline.

mod masked;
mod rectangle;

use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use self::masked::masked_phase;
pub use self::rectangle::{Rectangle, crop, largest_rectangle};

use crate::phase::random_phase;

/// Share of a region that a rectangle must have to stand for it: less shows too few of the region's long waves.
const ENOUGH: f64 = 0.25;
/// The shortest side in pixels of a rectangle that stands for a region.
const SHORTEST: usize = 16;

/// Random phase noise from the pixels of a region, those where `mask` says so, one value a pixel of the picture: of the
/// largest rectangle inside the region, if that has a quarter of the region and 16 pixels a side, otherwise of the
/// [autocorrelation](masked_phase) of all its pixels. Clamped to 0 to 1, opaque, tileable.
///
/// # Errors
/// `Fault::Input` if the mask does not fit the picture or the region is empty; `Fault::Limit` if a side of `size` is 0
/// or the texture too large.
pub fn region_phase(picture: &Canvas, mask: &[bool], size: [usize; 2], seed: u64) -> Result<Canvas> {
    check_mask(picture, mask)?;
    let count = mask.iter().filter(|inside| **inside).count();
    match largest_rectangle(mask, picture.width()) {
        Some(rectangle)
            if rectangle.width.min(rectangle.height) >= SHORTEST
                && (rectangle.width * rectangle.height) as f64 >= ENOUGH * count as f64 =>
        {
            // The mask alone says what is of the region.
            random_phase(&crop(picture, rectangle)?.with_alpha(None)?, size, seed)?.to_canvas()
        }
        _ => masked_phase(picture, mask, size, seed),
    }
}

/// Refuses masks of another number of pixels.
fn check_mask(picture: &Canvas, mask: &[bool]) -> Result<()> {
    let (width, height) = (picture.width(), picture.height());
    if mask.len() == width * height {
        return Ok(());
    }
    Err(Error::input(format!("a mask of {} values does not fit a picture of {width}×{height} pixels", mask.len())))
}
