//! One-pixel borders: filling them, and folding their gradients back.

use rayon::prelude::*;

use super::Map;
use crate::kernel::Buffers;

/// How a convolution sees beyond the border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Zeros.
    Zero,
    /// The border's mirror image, without the border itself.
    Reflect,
    /// The border repeated.
    Replicate,
    /// The opposite border.
    Circular,
}

impl Border {
    /// All of them.
    pub const ALL: [Border; 4] = [Border::Zero, Border::Reflect, Border::Replicate, Border::Circular];

    /// The source index of padded position `i` (0 is the border before index 0) on a side of `n`,
    /// or `None` for a zero.
    pub(crate) fn source(self, i: usize, n: usize) -> Option<usize> {
        if (1..=n).contains(&i) {
            return Some(i - 1);
        }
        let first = i == 0;
        match self {
            Border::Zero => None,
            Border::Replicate => Some(if first { 0 } else { n - 1 }),
            // A side of one pixel has no mirror image but itself.
            Border::Reflect if n == 1 => Some(0),
            Border::Reflect => Some(if first { 1 } else { n - 2 }),
            Border::Circular => Some(if first { n - 1 } else { 0 }),
        }
    }

    /// `[C, h, w]` with a border of one pixel: `[C, h+2, w+2]`.
    pub(crate) fn pad(self, x: &Map, buffers: &Buffers) -> Map {
        let (h, w) = (x.height, x.width);
        let mut padded = Map::zeros(x.channels, h + 2, w + 2, buffers);
        padded.values.par_chunks_mut((h + 2) * (w + 2)).zip(x.values.par_chunks(h * w)).for_each(|(out, plane)| {
            for (y, row) in out.chunks_mut(w + 2).enumerate() {
                let Some(sy) = self.source(y, h) else { continue };
                let source = &plane[sy * w..][..w];
                row[1..=w].copy_from_slice(source);
                for x in [0, w + 1] {
                    if let Some(sx) = self.source(x, w) {
                        row[x] = source[sx];
                    }
                }
            }
        });
        padded
    }

    /// The gradient of [`Border::pad`]: adds each border's gradient to the pixel it came from.
    pub(crate) fn fold(self, padded: &Map, buffers: &Buffers) -> Map {
        let (h, w) = (padded.height - 2, padded.width - 2);
        let mut folded = Map::zeros(padded.channels, h, w, buffers);
        let planes = folded.values.par_chunks_mut(h * w).zip(padded.values.par_chunks((h + 2) * (w + 2)));
        planes.for_each(|(plane, source)| {
            for (y, row) in source.chunks(w + 2).enumerate() {
                let Some(sy) = self.source(y, h) else { continue };
                for (x, value) in row.iter().enumerate() {
                    if let Some(sx) = self.source(x, w) {
                        plane[sy * w + sx] += value;
                    }
                }
            }
        });
        folded
    }
}
