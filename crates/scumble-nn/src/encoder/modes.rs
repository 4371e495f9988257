//! The paddings and poolings users choose from, and what each means for the operations.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ops::{Border, PoolKind, PoolOp};

/// Padding of the encoder's 3 by 3 convolutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Padding {
    /// Zeros.
    Zero,
    /// The first convolution repeats the border, the others pad zeros (crowsonkb).
    ReplicateFirst,
    /// Mirror without repeating the border.
    Reflect,
    /// Repeat the border.
    Replicate,
    /// Wrap around: the picture tiles seamlessly.
    Circular,
}

impl Padding {
    pub(crate) fn first(self) -> Border {
        match self {
            Padding::ReplicateFirst => Border::Replicate,
            other => other.rest(),
        }
    }

    pub(crate) fn rest(self) -> Border {
        match self {
            Padding::Zero | Padding::ReplicateFirst => Border::Zero,
            Padding::Reflect => Border::Reflect,
            Padding::Replicate => Border::Replicate,
            Padding::Circular => Border::Circular,
        }
    }
}

/// Pooling between the encoder's blocks, 2 by 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pooling {
    /// Maximum.
    Max,
    /// Mean.
    Avg,
    /// Mean times 2, to keep the activations' magnitude (crowsonkb).
    Average,
    /// Root of the sum of squares times 0.78 (crowsonkb).
    L2,
}

impl Pooling {
    pub(crate) fn operation(self, ceil: bool) -> PoolOp {
        // The factors are crowsonkb's, found empirically to match the magnitude of max pooling.
        let (kind, factor) = match self {
            Pooling::Max => (PoolKind::Max, 1.0),
            Pooling::Avg => (PoolKind::Mean, 1.0),
            Pooling::Average => (PoolKind::Mean, 2.0),
            Pooling::L2 => (PoolKind::L2, 0.78),
        };
        PoolOp { kind, factor, ceil }
    }
}
