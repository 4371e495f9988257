//! Which painters take a parameter.

use super::{PainterKind, StrokesParams};
use PainterKind::{Adaptive, Hatch, Ink, Layered, Moments, Patches, Short};

/// Painters with brushes.
const BRUSHES: &[PainterKind] = &[Layered, Adaptive, Moments, Short];
/// Painters that lay strokes.
const STROKES: &[PainterKind] = &[Layered, Adaptive, Moments, Short, Hatch];
/// Painters whose strokes follow directions.
const DIRECTED: &[PainterKind] = &[Layered, Adaptive, Short, Hatch];

/// The parameters that not every painter takes, with the painters that do. All others are taken by every painter.
const TAKEN_BY: [(&str, &[PainterKind]); 27] = [
    ("count", STROKES),
    ("detail", &[Layered, Adaptive, Moments, Short, Patches, Ink]),
    ("stroke_length", DIRECTED),
    ("direction_smoothing", DIRECTED),
    ("guides", DIRECTED),
    ("brush", BRUSHES),
    ("thickness", BRUSHES),
    ("style_strokes", BRUSHES),
    ("style_brush", BRUSHES),
    ("alpha", STROKES),
    ("palette", STROKES),
    ("jitter", BRUSHES),
    ("jitter_hue", &[Layered]),
    ("jitter_rgb", &[Layered]),
    ("threshold", &[Layered, Adaptive, Moments]),
    ("tolerance", &[Adaptive, Moments]),
    ("curvature", &[Layered]),
    ("min_length", &[Layered]),
    ("length", DIRECTED),
    ("spacing", &[Layered, Short, Hatch]),
    ("fineness", &[Adaptive, Moments]),
    ("angle", &[Short, Hatch]),
    ("tones", &[Hatch, Ink]),
    ("form", &[Hatch]),
    ("shade", &[Hatch]),
    ("sway", &[Layered]),
    ("wet", &[Layered, Adaptive]),
];
/// What the pencil lines along edges take, which other painters' works get in the end.
const OF_LINES: [&str; 3] = ["count", "direction_smoothing", "palette"];

impl PainterKind {
    /// Its name in JSON.
    pub fn name(self) -> String {
        serde_json::to_value(self).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Whether it lays strokes with brushes: neither lines of a pencil nor none at all.
    pub fn has_brushes(self) -> bool {
        BRUSHES.contains(&self)
    }

    /// Whether it lays strokes: it is no filter.
    pub fn has_strokes(self) -> bool {
        STROKES.contains(&self)
    }
}

impl StrokesParams {
    /// The painters that take a parameter, if with these values nothing takes it.
    pub fn others_taking(&self, parameter: &str) -> Option<&'static [PainterKind]> {
        let (_, painters) = TAKEN_BY.iter().find(|(name, _)| *name == parameter)?;
        let by_lines = self.outline.is_some_and(|outline| outline > 0.0) && OF_LINES.contains(&parameter);
        (!by_lines && !painters.contains(&self.painter)).then_some(painters)
    }
}
