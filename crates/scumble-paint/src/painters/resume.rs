//! Going on with a painting that was kept.

use scumble_core::{Error, Result};

use super::Painter;
use crate::Painting;

/// Steps a fresh painter of the same picture and parameters up to where a kept painting ends; the steps after are those that
/// would have followed. This takes as long as painting it did.
///
/// # Errors
/// `Fault::Input` if the painter comes to another painting; as [`Painter::step`].
pub fn catch_up(painter: &mut impl Painter, kept: &Painting) -> Result<()> {
    let count = kept.strokes.len();
    while painter.painting().strokes.len() < count && painter.step()?.is_some() {}
    let made = painter.painting();
    let frames = [made, kept].map(|painting| (painting.width, painting.height, painting.background, painting.seed));
    if frames[0] == frames[1] && made.strokes.get(..count) == Some(kept.strokes.as_slice()) {
        return Ok(());
    }
    let error = Error::input("the painting cannot be continued: it was painted from another picture or otherwise");
    Err(error.hint("continue with the picture and the parameters it was begun with"))
}
