//! What a style picture gives a painting.

mod palette;

use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_image::color::{MatchMethod, match_color};

use super::{StrokesParams, StyleColours};

/// The picture in the style's colours as far as the parameters want, and into them the style's palette.
pub(super) fn recoloured(picture: &Canvas, style: Option<&Canvas>, params: &mut StrokesParams) -> Result<Canvas> {
    let style = match (style, params.style_colours) {
        (None, _) | (_, StyleColours::None) => return Ok(picture.clone()),
        (Some(style), _) => style,
    };
    if params.style_colours == StyleColours::Palette {
        if !params.palette.is_empty() {
            return Err(Error::parameter("both a palette and the style's are wanted")
                .hint("leave palette out, or set style_colours to transfer or none"));
        }
        params.palette = palette::palette(style, params.palette_size as usize, params.seed);
    }
    match_color(picture, style, MatchMethod::Sym)
}
