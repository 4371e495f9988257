//! 2×2 pooling with stride 2.

mod planes;

use std::ops::Range;
use std::sync::Arc;

use super::Map;
use crate::kernel::Buffers;
use planes::{MaxBits, Planes};

/// What pooling computes from its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PoolKind {
    /// The maximum.
    Max,
    /// The mean.
    Mean,
    /// The root of the sum of squares.
    L2,
}

/// A pooling operation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoolOp {
    /// What is computed.
    pub kind: PoolKind,
    /// Multiplies the result.
    pub factor: f32,
    /// Whether odd sides round up (windows at the border are cut) instead of down.
    pub ceil: bool,
}

/// What the way back through a pooling needs.
#[derive(Debug)]
pub struct Pooled {
    height: usize,
    width: usize,
    kept: Kept,
}

#[derive(Debug)]
enum Kept {
    /// Places of the maxima.
    Max(MaxBits),
    /// Nothing.
    Mean,
    /// The input: the only pooling that must keep floats.
    L2(Arc<Map>),
}

impl Pooled {
    /// Takes in what was kept of rows of the map; `row` is the first row of their result.
    pub fn put(&mut self, row: usize, rows: &Pooled) {
        if let (Kept::Max(bits), Kept::Max(part)) = (&mut self.kept, &rows.kept) {
            bits.put(row, part);
        }
    }

    /// What was kept of input rows `rows`, which start at an even one and end at one or at the map's end.
    pub fn cut(&self, rows: Range<usize>) -> Pooled {
        let kept = match &self.kept {
            Kept::Max(bits) => Kept::Max(bits.cut(rows.start / 2..rows.end.div_ceil(2))),
            Kept::Mean => Kept::Mean,
            Kept::L2(x) => Kept::L2(x.clone()),
        };
        Pooled { height: rows.len(), width: self.width, kept }
    }
}

impl PoolOp {
    /// Side of the result for a side of `n`.
    pub fn side(&self, n: usize) -> usize {
        if self.ceil { n.div_ceil(2) } else { n / 2 }
    }

    /// The pooled map, and what [`PoolOp::backward`] needs.
    pub fn forward(&self, x: &Arc<Map>, buffers: &Buffers) -> (Map, Pooled) {
        let planes = Planes::new(x.height, x.width, self);
        let (values, kept) = match self.kind {
            PoolKind::Max => {
                let (values, bits) = planes::max(&x.values, planes, self.factor, buffers);
                (values, Kept::Max(bits))
            }
            PoolKind::Mean => (planes::mean(&x.values, planes, self.factor, buffers), Kept::Mean),
            PoolKind::L2 => (planes::l2(&x.values, planes, self.factor, buffers), Kept::L2(x.clone())),
        };
        let map = Map { values, channels: x.channels, height: planes.out_height, width: planes.out_width };
        (map, Pooled { height: x.height, width: x.width, kept })
    }

    /// What [`PoolOp::backward`] needs of a map, before any of it was pooled; nothing if it needs the map itself.
    pub fn record(&self, channels: usize, height: usize, width: usize) -> Option<Pooled> {
        let kept = match self.kind {
            PoolKind::Max => Kept::Max(MaxBits::new(channels, Planes::new(height, width, self))),
            PoolKind::Mean => Kept::Mean,
            PoolKind::L2 => return None,
        };
        Some(Pooled { height, width, kept })
    }

    /// The gradient for the input from that for the output.
    pub fn backward(&self, gradient: &Map, pooled: &Pooled, buffers: &Buffers) -> Map {
        let Pooled { height, width, kept } = pooled;
        let planes = Planes::new(*height, *width, self);
        let values = match kept {
            Kept::Max(bits) => planes::max_gradient(&gradient.values, bits, planes, self.factor, buffers),
            Kept::Mean => planes::mean_gradient(&gradient.values, planes, self.factor, buffers),
            Kept::L2(x) => planes::l2_gradient(&x.values, &gradient.values, planes, self.factor, buffers),
        };
        Map { values, channels: gradient.channels, height: *height, width: *width }
    }
}
