//! What a style picture gives a painting.

mod palette;
mod statistics;
mod texture;

use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_image::color::{MatchMethod, match_color};

use super::{PainterKind, StrokesParams, StyleColours};
use crate::painting::BrushKind;

pub use palette::main_colours;
pub use statistics::Statistics;

/// By how much a style may change the sizes of strokes, up or down.
const MOST_SCALE: f64 = 2.0;
/// Anisotropy and coherence of usual paintings, for which lengths and directions stay as they are.
const USUAL: [f32; 2] = [0.6, 0.4];
/// By how much lengths of strokes, and how far directions agree, may change, up or down.
const MOST_CHANGE: [f64; 2] = [1.5, 2.0];
/// Octaves of these a unit of anisotropy and coherence.
const STEEP: [f32; 2] = [2.0, 3.0];

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
        params.palette = main_colours(style, params.palette_size as usize, 1.0, params.seed);
    }
    match_color(picture, style, MatchMethod::Sym)
}

/// Makes strokes as wide and long as the style's marks, and agree in their directions as those do: the middle layer has the
/// marks' width, and none becomes finer than that.
pub(super) fn scaled(style: &Canvas, params: &mut StrokesParams) -> Result<()> {
    let Some(share) = share(params.painter) else { return Ok(()) };
    let radii = &params.radii;
    let Some((finest, coarser)) = radii.split_last() else { return Ok(()) };
    let Some(marks) = Statistics::of(style)? else { return Ok(()) };
    let wanted = f64::from(marks.width) / share;
    let middle = (radii[coarser.len() / 2] * radii[coarser.len().div_ceil(2)]).sqrt();
    let factor = (wanted / middle).clamp(1.0 / MOST_SCALE, MOST_SCALE);
    let least = wanted.min(*finest).max(0.5);
    // Names of layers show them.
    let rounded = |size: f64| (100.0 * size.min(256.0)).round() / 100.0;
    params.radii.iter_mut().for_each(|radius| *radius = rounded((*radius * factor).max(least)));
    if params.painter == PainterKind::Short {
        params.spacing = params.spacing.map(|spacing| rounded(spacing * factor).clamp(1.0, 64.0));
        params.length = params.length.map(|length| rounded(length * factor));
    }
    let change = |i: usize, measured: f32| {
        f64::from((STEEP[i] * (measured - USUAL[i])).exp2()).clamp(1.0 / MOST_CHANGE[i], MOST_CHANGE[i])
    };
    params.stroke_length *= change(0, marks.anisotropy);
    params.direction_smoothing = (params.direction_smoothing * change(1, marks.coherence)).clamp(0.1, 16.0);
    Ok(())
}

/// Brushes whose marks are the style's, at most one for each layer; none if it has no streaks.
pub(super) fn brushes(style: &Canvas, layers: usize) -> Result<Vec<BrushKind>> {
    match Statistics::of(style)? {
        Some(marks) => texture::brushes(style, &marks, layers),
        None => Ok(Vec::new()),
    }
}

/// Mean width of strokes as a multiple of what `radii` says, measured for `adaptive` and `moments`; none for hatching, whose
/// lines are no marks of paint.
fn share(painter: PainterKind) -> Option<f64> {
    match painter {
        PainterKind::Layered | PainterKind::Short => Some(2.0),
        PainterKind::Adaptive => Some(1.1),
        PainterKind::Moments => Some(0.55),
        PainterKind::Hatch | PainterKind::Kuwahara | PainterKind::Patches | PainterKind::Ink => None,
    }
}
