//! What a frozen network consists of.

use super::layer::{Layer, LayerKind};
use super::modes::Padding;
use crate::kernel::Level;
use crate::ops::{Border, FrozenConv, PoolOp};
use crate::weights::Architecture;

/// A VGG's convolutions and how it pads and pools.
#[derive(Debug, Clone)]
pub(super) struct Network {
    pub architecture: Architecture,
    pub convs: Vec<FrozenConv>,
    pub padding: Padding,
    pub pool: PoolOp,
    /// The instruction set of the own kernels.
    pub level: Level,
}

impl Network {
    /// The border of a convolution.
    pub(super) fn border(&self, index: usize) -> Border {
        if index == 0 { self.padding.first() } else { self.padding.rest() }
    }

    /// The layers down to the deepest of `taps`, with the ReLU of a deepest convolution.
    pub(super) fn layers(&self, taps: &[Layer]) -> impl Iterator<Item = Layer> + use<> {
        let with_relu = |tap: &Layer| match tap.kind {
            LayerKind::Conv => Layer { kind: LayerKind::Relu, ..*tap },
            _ => *tap,
        };
        let count = taps.iter().map(|tap| with_relu(tap).index(self.architecture) + 1).max().unwrap_or(0);
        Layer::all(self.architecture).take(count)
    }

    /// Side of a layer's map for a picture's side of `n`.
    pub(super) fn side(&self, layer: Layer, n: usize) -> usize {
        (0..layer.pools()).fold(n, |n, _| self.pool.side(n))
    }

    /// Pixels around a tile that a layer's features inside it depend on: one position a convolution, in pixels.
    pub(super) fn margin(&self, layer: Layer) -> usize {
        let convolutions = self.layers(&[layer]).filter(|l| l.kind == LayerKind::Relu);
        convolutions.map(|convolution| 1 << convolution.pools()).sum()
    }
}
