//! What a stroke is laid with.

use serde::{Deserialize, Serialize};

/// A brush.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brush {
    /// What its mark looks like.
    pub kind: BrushKind,
    /// Thickness of its paint: 0 flat, 1 as thick as impasto.
    pub thickness: f32,
}

/// What a mark looks like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BrushKind {
    /// Even paint with sharp edges.
    Solid,
    /// Even paint that fades towards its edge.
    Round {
        /// Share of the half width that fades, 0 to 1.
        softness: f32,
    },
    /// Bristles along the stroke, ragged at its ends.
    Bristle,
    /// A picture of a mark: its values are opacity.
    Texture {
        /// Values from 0 to 1, row by row, along the stroke from left to right.
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
