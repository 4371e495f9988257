//! Which painter takes which parameter.

use super::PainterKind;
use PainterKind::{Adaptive, Hatch, Ink, Layered, Moments, Patches, Short};

/// The parameters that not every painter takes, with the painters that do.
const SOME: [(&str, &[PainterKind]); 22] = [
    ("count", &[Layered, Adaptive, Moments, Short, Hatch]),
    ("detail", &[Layered, Adaptive, Moments, Short, Patches, Ink]),
    ("stroke_length", &[Layered, Adaptive, Short, Hatch]),
    ("direction_smoothing", &[Layered, Adaptive, Short, Hatch]),
    ("brush", &[Layered, Adaptive, Moments, Short]),
    ("thickness", &[Layered, Adaptive, Moments, Short]),
    ("alpha", &[Layered, Adaptive, Moments, Short, Hatch]),
    ("jitter", &[Layered, Adaptive, Moments, Short]),
    ("jitter_hue", &[Layered]),
    ("jitter_rgb", &[Layered]),
    ("threshold", &[Layered, Adaptive, Moments]),
    ("tolerance", &[Adaptive, Moments]),
    ("curvature", &[Layered]),
    ("min_length", &[Layered]),
    ("length", &[Layered, Adaptive, Short, Hatch]),
    ("spacing", &[Layered, Short, Hatch]),
    ("fineness", &[Adaptive, Moments]),
    ("angle", &[Short, Hatch]),
    ("tones", &[Hatch, Ink]),
    ("form", &[Hatch]),
    ("style_strokes", &[Layered, Adaptive, Moments, Short]),
    ("style_brush", &[Layered, Adaptive, Moments, Short]),
];

impl PainterKind {
    /// The painters that take a parameter, if this one does not.
    pub fn instead_for(self, parameter: &str) -> Option<&'static [Self]> {
        let (_, painters) = SOME.iter().find(|(name, _)| *name == parameter)?;
        (!painters.contains(&self)).then_some(painters)
    }
}
