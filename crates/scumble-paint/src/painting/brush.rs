//! What a stroke is laid with.

use serde::{Deserialize, Serialize};

/// The most values of a brush's texture.
pub const MOST_TEXELS: usize = 1 << 22;

/// A brush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brush {
    /// What its mark looks like.
    pub kind: BrushKind,
    /// Thickness of its paint, 0 to 1: 0 flat, 1 as thick as impasto. It shows where the painting has a light.
    pub thickness: f32,
}

/// What a mark looks like.
///
/// Bristles and textures follow lines, curves, splines, stamps and rectangles (along their angle); they have no direction to
/// follow in triangles, ellipses, superellipses and polygons, which they fill as `Solid` does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BrushKind {
    /// Even paint with sharp edges.
    Solid,
    /// Even paint that fades towards its edge: across strokes, from the centre of ellipses and superellipses, from the sides of
    /// stamps and rectangles. Triangles and polygons have sharp edges.
    Round {
        /// Share of the half width that fades, 0 to 1.
        softness: f32,
    },
    /// Graphite or crayon: fades across as `Round` does, and is pressed less at its ends, not evenly between. In shapes that have
    /// no direction it is `Round`.
    Pencil {
        /// Share of the half width that fades, 0 to 1.
        softness: f32,
    },
    /// Bristles along the stroke, ragged at its ends, drying towards its end. Their number and what they do follow from the
    /// stroke's size in the frame and from the painting's seed, not from the picture's size.
    Bristle,
    /// A picture of a mark: its values are opacity, and height where the paint is thick.
    Texture {
        /// Values from 0 to 1, row by row, along the stroke from left to right; at most [`MOST_TEXELS`].
        alpha: Vec<f32>,
        /// Values in a row.
        width: usize,
    },
}

impl Brush {
    /// Even paint with sharp edges, flat.
    pub fn solid() -> Self {
        Self { kind: BrushKind::Solid, thickness: 0.0 }
    }
}
