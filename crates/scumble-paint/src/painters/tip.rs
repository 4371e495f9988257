//! The brushes that painters' parameters name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::painting::BrushKind;

/// What strokes are laid with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tip {
    /// Even paint with sharp edges.
    Solid,
    /// Even paint that fades over the outer 6 tenths of its half width.
    Round,
    /// Bristles along the stroke.
    Bristle,
}

impl Tip {
    /// The brush of a painting.
    pub fn kind(self) -> BrushKind {
        match self {
            Self::Solid => BrushKind::Solid,
            Self::Round => BrushKind::Round { softness: 0.6 },
            Self::Bristle => BrushKind::Bristle,
        }
    }
}
