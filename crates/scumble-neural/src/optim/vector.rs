//! Vector arithmetic with a fixed order of summation.

use rayon::prelude::*;

/// Values summed by one task; a constant, so that sums do not depend on the number of threads.
const BLOCK: usize = 1 << 15;

fn sum_blocks(blocks: impl IndexedParallelIterator<Item = f64>) -> f64 {
    blocks.collect::<Vec<f64>>().into_iter().sum()
}

/// Inner product.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let blocks = a.par_chunks(BLOCK).zip(b.par_chunks(BLOCK));
    sum_blocks(blocks.map(|(a, b)| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()))
}

/// Sum of absolute values.
pub(super) fn norm1(a: &[f32]) -> f64 {
    sum_blocks(a.par_chunks(BLOCK).map(|a| a.iter().map(|v| f64::from(v.abs())).sum::<f64>()))
}

/// `y += k * x`.
pub(super) fn add_scaled(y: &mut [f32], k: f32, x: &[f32]) {
    y.par_chunks_mut(BLOCK).zip(x.par_chunks(BLOCK)).for_each(|(y, x)| {
        for (y, x) in y.iter_mut().zip(x) {
            *y += k * x;
        }
    });
}

/// `k * x`.
pub(super) fn scaled(k: f32, x: &[f32]) -> Vec<f32> {
    x.par_iter().with_min_len(BLOCK).map(|x| k * x).collect()
}

/// `a - b`.
pub(super) fn difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.par_iter().zip(b).with_min_len(BLOCK).map(|(a, b)| a - b).collect()
}
