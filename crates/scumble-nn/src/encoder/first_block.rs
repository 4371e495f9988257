//! The first block in bands of rows.
//!
//! ```text
//! pixels ─ conv1_1 ─ ReLU ─ conv1_2 ─ ReLU ─ pool ─► pool1
//!          one band's rows of both at a time        all rows
//! ```
//!
//! Its two maps are as large as all others together, a hundred floats a pixel, and nothing later looks at them. So only a
//! band's rows of them exist at a time, in memory that stays in cache. Kept for the way back are the second ReLU's bits and
//! the places of the maxima; the first convolution is computed again. Bands start at multiples of the convolution's squares
//! of four by four positions, so that every value is the same as in one piece.

use std::ops::Range;
use std::sync::Arc;

use super::layer::{Layer, LayerKind};
use super::network::Network;
use super::statistic::Statistic;
use super::view::View;
use crate::kernel::Buffers;
use crate::ops::{Bits, Border, Frame, FrozenConv, Map, Marks, On, Pooled};

/// Floats of a band's map: 8 MB, of which two stay in a third-level cache.
const FLOATS: usize = 2 << 20;
/// Rows of a band are a multiple of this: a pooled row of squares.
const STEP: usize = 8;
/// Rows around a band, of which the ones next to it are needed; four keep the squares in place.
const AROUND: usize = 4;

/// relu1_1, which losses look at.
pub(super) const RELU: Layer = Layer { kind: LayerKind::Relu, block: 1, number: 1 };

/// The block's result.
pub(super) const POOL: Layer = Layer { kind: LayerKind::Pool, block: 1, number: CONVOLUTIONS };
/// Convolutions of the block.
pub(super) const CONVOLUTIONS: usize = 2;

/// What the way back needs.
#[derive(Debug)]
pub(super) struct FirstBlock {
    /// The picture with its border, `[3, h + 2, w + 2]`.
    padded: Map,
    /// Where relu1_2 is above zero.
    on: Bits,
    pooled: Pooled,
}

/// Rows of a band of a picture of this width.
pub(super) fn band(network: &Network, width: usize) -> usize {
    rows(&network.convs[0], width)
}

fn rows(first: &FrozenConv, width: usize) -> usize {
    (FLOATS / (first.out_channels() * width) / STEP * STEP).max(2 * STEP)
}

/// A network's first block.
#[derive(Debug, Clone, Copy)]
struct Block<'a> {
    first: &'a FrozenConv,
    second: &'a FrozenConv,
    buffers: &'a Buffers,
    height: usize,
    width: usize,
}

impl<'a> Block<'a> {
    fn new(network: &'a Network, padded: &Map, buffers: &'a Buffers) -> Self {
        let (first, second) = (&network.convs[0], &network.convs[1]);
        Self { first, second, buffers, height: padded.height - 2, width: padded.width - 2 }
    }

    /// The rows of bands that cover `height` rows, of which those beyond the picture's own go with the last.
    fn bands(&self, height: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let (step, own) = (rows(self.first, self.width), self.height);
        (0..own).step_by(step).map(move |start| start..if start + step < own { start + step } else { height })
    }

    /// Rows of relu1_1.
    fn features(&self, padded: &Map, rows: &Range<usize>, on: Option<&mut Bits>) -> Map {
        let frame = Frame { top: rows.start as isize, left: 0, height: rows.len(), width: self.width };
        self.first.forward_in(padded, frame, true, on.map(|bits| Marks { bits, row: 0 }), self.buffers)
    }
}

impl FirstBlock {
    /// Whether the block may be computed in bands: zeros around relu1_1, a pooling that needs no features on its way back,
    /// and nobody that looks inside but so many `moments` of relu1_1.
    pub(super) fn fits(network: &Network, taps: &[Layer], moments: usize) -> bool {
        let inside = |layer: Layer| layer.block == 1 && layer.kind != LayerKind::Pool;
        network.layers(taps).any(|layer| layer == POOL)
            && network.border(1) == Border::Zero
            && network.pool.record(1, 2, 2).is_some()
            && taps.iter().filter(|tap| inside(**tap)).count() == moments
    }

    /// The pooled features, and what the way back needs; shows relu1_1 band by band.
    pub(super) fn forward(
        network: &Network,
        buffers: &Buffers,
        input: &Map,
        mut visit: impl FnMut(View<'_>),
    ) -> (Map, Self) {
        let padded = network.border(0).pad(input, buffers);
        let block = Block::new(network, &padded, buffers);
        let Block { second, height, width, .. } = block;
        let channels = second.out_channels();
        let mut on = Bits::new(channels, height, width);
        let mut pooled = network.pool.record(channels, height, width).expect("asked for in `fits`");
        let mut out = Map::new(channels, network.pool.side(height), network.pool.side(width), buffers);
        for band in block.bands(height) {
            let rows = band.start.saturating_sub(AROUND)..(band.end + AROUND).min(height);
            let features = block.features(&padded, &rows, None);
            visit(View::rows(&features, rows.start, band.clone()));
            let top = band.start as isize - rows.start as isize - 1;
            let frame = Frame { top, left: -1, height: band.len(), width };
            let marks = Marks { bits: &mut on, row: band.start };
            let features = second.forward_in(&features, frame, true, Some(marks), buffers);
            let (part, kept) = network.pool.forward(&Arc::new(features), buffers);
            pooled.put(band.start / 2, &kept);
            out.put_rows(band.start / 2, &part);
        }
        (out, Self { padded, on, pooled })
    }

    /// The gradient for the picture from that for the pooled features and the slopes of statistics of relu1_1.
    pub(super) fn backward(
        &self,
        network: &Network,
        buffers: &Buffers,
        gradient: &Map,
        pulls: &[(&Statistic<'_>, &Vec<f32>)],
    ) -> Map {
        let block = Block::new(network, &self.padded, buffers);
        let Block { first, second, height, width, .. } = block;
        let mut out = Map::new(first.in_channels(), height + 2, width + 2, buffers);
        for band in block.bands(height + 2) {
            // Row p of the bordered picture is seen by rows p - 2 to p of relu1_1, these by the rows next to them.
            let rows = band.start.saturating_sub(AROUND)..band.end.min(height);
            let from = rows.start.saturating_sub(2)..(rows.end + 2).min(height);
            let pooled = self.pooled.cut(from.clone());
            let part = gradient.cut_rows(from.start / 2, network.pool.side(from.len()), buffers);
            let part = network.pool.backward(&part, &pooled, buffers);
            let top = rows.start as isize - from.start as isize - 1;
            let frame = Frame { top, left: -1, height: rows.len(), width };
            let mut part = second.backward_in(&part, frame, Some(On { bits: &self.on, row: from.start }), buffers);
            let mut on = Bits::new(first.out_channels(), rows.len(), width);
            let features = block.features(&self.padded, &rows, Some(&mut on));
            for (statistic, slope) in pulls {
                statistic.pull(View::rows(&features, rows.start, rows.clone()), slope, &mut part, network.level);
            }
            let top = band.start as isize - rows.start as isize - 2;
            let frame = Frame { top, left: -2, height: band.len(), width: width + 2 };
            out.put_rows(band.start, &first.backward_in(&part, frame, Some(On { bits: &on, row: 0 }), buffers));
        }
        network.border(0).fold(&out, buffers)
    }

    /// Shows relu1_1 again, band by band.
    pub(super) fn again(&self, network: &Network, buffers: &Buffers, mut visit: impl FnMut(View<'_>)) {
        let block = Block::new(network, &self.padded, buffers);
        for band in block.bands(block.height) {
            visit(View::rows(&block.features(&self.padded, &band, None), band.start, band.clone()));
        }
    }
}
