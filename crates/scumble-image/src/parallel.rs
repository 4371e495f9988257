//! Loops over values, on all threads, with the same result for any number of them: work is cut into
//! blocks of fixed size and sums are taken in block order.

use rayon::prelude::*;

/// Values a block. A multiple of 12, so that pixels of three or four values are never cut.
const BLOCK: usize = 12 << 12;

/// Replaces every value by its image.
pub(crate) fn map(values: &mut [f32], f: impl Fn(f32) -> f32 + Sync) {
    values.par_chunks_mut(BLOCK).for_each(|block| {
        for value in block {
            *value = f(*value);
        }
    });
}

/// Replaces every pixel by its image.
pub(crate) fn map_pixels(rgb: &mut [f32], f: impl Fn([f32; 3]) -> [f32; 3] + Sync) {
    rgb.par_chunks_mut(BLOCK).for_each(|block| {
        for pixel in block.as_chunks_mut::<3>().0 {
            *pixel = f(*pixel);
        }
    });
}

/// The sums over `0..count` of what `f` adds up over the blocks it is given.
pub(crate) fn sums<const N: usize>(count: usize, f: impl Fn(std::ops::Range<usize>) -> [f64; N] + Sync) -> [f64; N] {
    let blocks: Vec<[f64; N]> =
        (0..count.div_ceil(BLOCK)).into_par_iter().map(|b| f(b * BLOCK..count.min((b + 1) * BLOCK))).collect();
    blocks.iter().fold([0.0; N], |mut total, block| {
        total.iter_mut().zip(block).for_each(|(t, b)| *t += b);
        total
    })
}
