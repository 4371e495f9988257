//! What goes into a convolution and what comes out.

use super::bits::Bits;
use super::transform::OUT;

/// A `[C, height, width]` map, or rows of one, with zeros around it, and the part of the convolution that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its values.
    pub values: &'a [f32],
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
    /// The outputs.
    pub frame: Frame,
    /// The mask of a ReLU's gradient: values whose bit is off count as zero.
    pub on: Option<On<'a>>,
}

/// A rectangle of outputs, placed on the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// The input's row at which the first output's 3×3 window starts; -1 in a map with a border of one zero.
    pub top: isize,
    /// The input's column likewise.
    pub left: isize,
    /// Rows of outputs.
    pub height: usize,
    /// Columns of outputs.
    pub width: usize,
}

impl Frame {
    /// All outputs of a map with `border` rows and columns of zeros around it.
    pub fn bordered(height: usize, width: usize, border: usize) -> Self {
        let corner = -(border as isize);
        Self { top: corner, left: corner, height: height + 2 * border - 2, width: width + 2 * border - 2 }
    }
}

/// Bits of an input, whose first row is the bits' row `row`.
#[derive(Debug, Clone, Copy)]
pub struct On<'a> {
    /// The bits.
    pub bits: &'a Bits,
    /// A row of them.
    pub row: usize,
}

/// Bits to be set for an output, whose first row is the bits' row `row`.
#[derive(Debug)]
pub struct Marks<'a> {
    /// The bits.
    pub bits: &'a mut Bits,
    /// A row of them.
    pub row: usize,
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
        let Frame { height, width, .. } = input.frame;
        Self { height, width, tile_rows: height.div_ceil(OUT), tile_columns: width.div_ceil(OUT) }
    }
}

/// A bit for every column `x..x + lanes` inside `0..width`.
#[inline(always)]
pub(in crate::kernel) fn inside(x: isize, width: usize, lanes: usize) -> u32 {
    let before = (-x).clamp(0, lanes as isize) as u32;
    let until = (width as isize - x).clamp(0, lanes as isize) as u32;
    (((1u64 << until) - 1) as u32) & !(((1u64 << before) - 1) as u32)
}
