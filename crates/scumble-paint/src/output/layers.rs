//! The layers of a painting one by one.

use scumble_core::Result;
use scumble_image::Canvas;

use crate::draw;
use crate::painting::{Finish, Geometry, Layer, Painting, Stroke};

/// The layers from the lowest, each with its name and its strokes alone.
///
/// Strokes keep their places in the order, by which their bristles are drawn; those of other layers cover nothing. Where
/// strokes of several layers lie between each other, as after relaxation, the layers on top of each other are not quite the
/// painting.
pub fn layers(painting: &Painting) -> Vec<(String, Painting)> {
    let alone = |(at, layer): (usize, &Layer)| {
        let count = painting.strokes.iter().rposition(|stroke| stroke.layer == at).map_or(0, |last| last + 1);
        let strokes = painting.strokes[..count]
            .iter()
            .map(|stroke| if stroke.layer == at { stroke.clone() } else { hidden(stroke) });
        (layer.name.clone(), Painting { strokes: strokes.collect(), ..painting.clone() })
    };
    painting.layers.iter().enumerate().map(alone).collect()
}

/// A stroke that covers nothing.
fn hidden(stroke: &Stroke) -> Stroke {
    Stroke { geometry: Geometry::Line { points: [[0.0; 2]; 2], width: 0.0 }, alpha: 0.0, ramp: None, ..*stroke }
}

/// Draws a painting's strokes on transparent ground, without light, rims and the like, which belong to the
/// whole, and without the painting's own ground.
///
/// On any ground, in sRGB-encoded values, this gives what [`draw`] would have drawn on it; washes, which darken each channel by
/// another share, do so on white only.
///
/// # Errors
/// As [`draw`].
pub fn draw_transparent(painting: &Painting, width: usize, height: usize) -> Result<Canvas> {
    let on = |ground: f32| {
        let painting =
            Painting { background: [ground; 3], ground: None, finish: Finish::default(), ..painting.clone() };
        draw(&painting, width, height)
    };
    let (black, mut white) = (on(0.0)?, on(1.0)?);
    let mut alpha = Vec::with_capacity(width * height);
    for (white, black) in white.rgb_mut().as_chunks_mut::<3>().0.iter_mut().zip(black.pixels()) {
        let covered = (0..3).map(|c| 1.0 - (white[c] - black[c])).fold(0.0, f32::max).min(1.0);
        // Less than an 8-bit picture can hold has no colour.
        *white = white.map(|v| if covered < 1e-3 { 0.0 } else { ((v - (1.0 - covered)) / covered).clamp(0.0, 1.0) });
        alpha.push(covered);
    }
    white.with_alpha(Some(alpha))
}
