//! The largest rectangle inside a region.

use scumble_core::{Error, Result};
use scumble_image::Canvas;

/// A rectangle of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rectangle {
    /// Column of its left pixels.
    pub x: usize,
    /// Row of its upper pixels.
    pub y: usize,
    /// Width in pixels, at least 1.
    pub width: usize,
    /// Height in pixels, at least 1.
    pub height: usize,
}

/// The rectangle with the most pixels among those where the mask, rows of `width` values, says so everywhere; of
/// several the one that ends first, row by row. None if there is no such pixel, or `width` is 0. Takes time in
/// proportion to the pixels: in each row, a stack of the columns' heights.
pub fn largest_rectangle(mask: &[bool], width: usize) -> Option<Rectangle> {
    if width == 0 {
        return None;
    }
    let mut best: Option<Rectangle> = None;
    let mut heights = vec![0; width];
    // Where a rectangle of some height begins; heights rise.
    let mut open: Vec<(usize, usize)> = Vec::with_capacity(width);
    for (y, row) in mask.chunks_exact(width).enumerate() {
        heights.iter_mut().zip(row).for_each(|(height, inside)| *height = if *inside { *height + 1 } else { 0 });
        open.clear();
        for (x, height) in heights.iter().copied().chain([0]).enumerate() {
            let mut begin = x;
            while let Some((left, closed)) = open.pop_if(|(_, above)| *above >= height) {
                begin = left;
                let found = Rectangle { x: left, y: y + 1 - closed, width: x - left, height: closed };
                if closed > 0 && best.is_none_or(|best| found.width * found.height > best.width * best.height) {
                    best = Some(found);
                }
            }
            open.push((begin, height));
        }
    }
    best
}

/// The part of a picture inside a rectangle, with its transparency.
///
/// # Errors
/// `Fault::Input` if the rectangle is empty or leaves the picture.
pub fn crop(picture: &Canvas, rectangle: Rectangle) -> Result<Canvas> {
    let Rectangle { x, y, width, height } = rectangle;
    let inside = |from: usize, length: usize, whole: usize| from.checked_add(length).is_some_and(|end| end <= whole);
    if width.min(height) == 0 || !inside(x, width, picture.width()) || !inside(y, height, picture.height()) {
        return Err(Error::input(format!(
            "a rectangle of {width}×{height} pixels at ({x}, {y}) is not inside a picture of {}×{}",
            picture.width(),
            picture.height()
        )));
    }
    let rows = (y..y + height).map(|row| row * picture.width() + x);
    let rgb = rows.clone().flat_map(|at| picture.pixels()[at..at + width].as_flattened()).copied().collect();
    let alpha = picture.alpha().map(|alpha| rows.flat_map(|at| &alpha[at..at + width]).copied().collect());
    Canvas::new(width, height, rgb)?.with_alpha(alpha)
}
