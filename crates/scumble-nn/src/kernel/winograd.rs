//! The frozen 3×3 convolution by Winograd's minimal filtering, F(4×4, 3×3), with everything around it in one pass over
//! memory: a border of zeros and a ReLU's mask before, bias, ReLU and its bits after.
//!
//! A tile of 6×6 inputs is taken to thirty-six points, where a convolution is a product of numbers, for all channels
//! of a matrix and a vector; what comes out is brought back to 4×4 outputs.
//!
//! ```text
//!  map ── tile::input ──► panels ── product::matrix ──► panels ── tile::output ──► map
//!         36 matrices     [in × tiles]    36 × [out × in]   [out × tiles]
//! ```
//!
//! [`blocks`] carries few tiles at a time through all three, [`whole`] as many as there is room for through one after the
//! other.

mod bits;
mod blocks;
mod packed;
mod panels;
mod product;
mod shape;
mod tile;
mod transform;
mod whole;

use shape::Shape;

pub use bits::Bits;
pub use packed::Packed;
pub use shape::{Finish, Frame, Input, Marks, On};

pub(super) use product::register_tile;
pub(super) use shape::inside;

/// Tiles times channels, in and out together, that are worked on as a whole: their matrices, 44 MB then, stay in a third-level
/// cache or near it.
const WHOLE: usize = 300 * 1024;
/// Channels, in and out together, from which kernels are larger than a second-level cache and worth reading once.
const MANY: usize = 257;

/// Bytes of kernels laid out for the products; a register tile's rows may add a few.
pub(crate) fn packed_bytes(inputs: usize, outputs: usize) -> u64 {
    (transform::PRODUCTS * inputs * outputs * size_of::<f32>()) as u64
}

/// Bytes of working memory of a convolution of a map of this size, of all threads.
pub(crate) fn working_bytes(inputs: usize, outputs: usize, height: usize, width: usize) -> u64 {
    let channels = inputs + outputs;
    let (rows, columns) = (height.div_ceil(transform::OUT), width.div_ceil(transform::OUT));
    let tiles = match strip(channels, rows, columns) {
        Some(rows) => rows * columns,
        None => blocks::TILES * rayon::current_num_threads(),
    };
    (transform::PRODUCTS * tiles * channels * size_of::<f32>()) as u64
}

/// Rows of tiles that are worked on as a whole, of a map of so many rows and columns of them, if it is not better done in
/// blocks.
fn strip(channels: usize, rows: usize, columns: usize) -> Option<usize> {
    let most = WHOLE / (channels * columns).max(1);
    if channels < MANY || most == 0 {
        return None;
    }
    // All of about the same height.
    Some(rows.div_ceil(rows.div_ceil(most).max(1)))
}

/// Convolves to `[out, frame.height, frame.width]`, and sets the bits of outputs above zero.
///
/// # Panics
/// If a length is not that of its shape.
pub fn convolve(kernel: &Packed, input: Input<'_>, finish: Finish<'_>, out: &mut [f32], bits: Option<Marks<'_>>) {
    let shape = Shape::new(&input);
    assert_eq!(input.values.len(), kernel.inputs * input.height * input.width, "input length");
    assert_eq!(out.len(), kernel.outputs * shape.height * shape.width, "output length");
    assert!(finish.bias.is_none_or(|bias| bias.len() == kernel.outputs), "bias length");
    assert!(input.on.is_none_or(|on| on.bits.cover(kernel.inputs, on.row, input.height, input.width)), "mask shape");
    assert!(
        bits.as_ref().is_none_or(|to| to.bits.cover(kernel.outputs, to.row, shape.height, shape.width)),
        "bits' shape"
    );
    match strip(kernel.inputs + kernel.outputs, shape.tile_rows, shape.tile_columns) {
        Some(rows) => whole::convolve(kernel, input, finish, rows, out, bits),
        None => blocks::convolve(kernel, input, finish, out, bits),
    }
}
