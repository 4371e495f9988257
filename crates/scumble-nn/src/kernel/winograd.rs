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
//! [`blocks`] carries few tiles at a time through all three, [`whole`] all tiles through one after the other.

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

/// Tiles times channels, in and out together, up to which a map is worked on as a whole: its matrices, 44 MB then, stay
/// in a third-level cache or near it.
const WHOLE: usize = 300 * 1024;
/// Channels, in and out together, from which kernels are larger than a second-level cache.
const MANY: usize = 257;
/// Channels from which kernels are so large that they are read only once, however many blocks there are.
const VERY_MANY: usize = 1024;
/// Blocks a thread from which fewer channels are done in blocks.
const BLOCKS: usize = 4;

/// Bytes of kernels laid out for the products; a register tile's rows may add a few.
pub(crate) fn packed_bytes(inputs: usize, outputs: usize) -> u64 {
    (transform::PRODUCTS * inputs * outputs * size_of::<f32>()) as u64
}

/// Bytes of working memory of a convolution of a map of this size, of all threads.
pub(crate) fn working_bytes(inputs: usize, outputs: usize, height: usize, width: usize) -> u64 {
    let channels = inputs + outputs;
    let tiles = height.div_ceil(transform::OUT) * width.div_ceil(transform::OUT);
    let tiles = if is_whole(channels, tiles) { tiles } else { blocks::TILES * rayon::current_num_threads() };
    (transform::PRODUCTS * tiles * channels * size_of::<f32>()) as u64
}

/// Both ways give the same bytes.
fn is_whole(channels: usize, tiles: usize) -> bool {
    let few = || tiles < BLOCKS * blocks::TILES * rayon::current_num_threads();
    channels >= MANY && tiles * channels <= WHOLE && (channels >= VERY_MANY || few())
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
    if is_whole(kernel.inputs + kernel.outputs, shape.tile_rows * shape.tile_columns) {
        whole::convolve(kernel, input, finish, out, bits);
    } else {
        blocks::convolve(kernel, input, finish, out, bits);
    }
}
