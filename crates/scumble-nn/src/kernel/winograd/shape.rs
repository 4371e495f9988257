//! What goes into a convolution and what comes out.

use super::bits::{Bits, row_bytes};
use super::transform::OUT;

/// A `[C, height, width]` map with `border` rows and columns of zeros around it.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its values.
    pub values: &'a [f32],
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// Zeros on every side: 0 to 2.
    pub border: usize,
    /// Values whose bit is off count as zero: the mask of a ReLU's gradient.
    pub on: Option<&'a Bits>,
}

/// What happens to the sums.
#[derive(Debug, Clone, Copy, Default)]
pub struct Finish<'a> {
    /// Added to every output of a channel.
    pub bias: Option<&'a [f32]>,
    /// Whether negative outputs become zero.
    pub relu: bool,
}

/// The sides of the output, in pixels and in tiles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub height: usize,
    pub width: usize,
    pub tile_rows: usize,
    pub tile_columns: usize,
}

impl Shape {
    pub(super) fn new(input: &Input<'_>) -> Self {
        let (height, width) = (input.height + 2 * input.border - 2, input.width + 2 * input.border - 2);
        Self { height, width, tile_rows: height.div_ceil(OUT), tile_columns: width.div_ceil(OUT) }
    }

    /// Bytes of a row of the output's bits.
    pub(super) fn bit_row(&self) -> usize {
        row_bytes(self.width)
    }

    /// Bytes of a channel of the output's bits.
    pub(super) fn bit_plane(&self) -> usize {
        self.height * self.bit_row()
    }
}

/// A bit for every column `x..x + lanes` inside `0..width`.
#[inline(always)]
pub(super) fn inside(x: isize, width: usize, lanes: usize) -> u32 {
    let before = (-x).clamp(0, lanes as isize) as u32;
    let until = (width as isize - x).clamp(0, lanes as isize) as u32;
    (((1u64 << until) - 1) as u32) & !(((1u64 << before) - 1) as u32)
}
