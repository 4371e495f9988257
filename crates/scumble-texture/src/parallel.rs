//! Loops on all threads with the same result for any number of them: blocks of fixed size, sums in block order.

use std::ops::Range;

use rayon::prelude::*;

/// Values a block.
pub(crate) const BLOCK: usize = 1 << 15;

/// The sums over `0..count` of what `f` adds up over the blocks it is given.
pub(crate) fn sums<const N: usize>(count: usize, f: impl Fn(Range<usize>) -> [f64; N] + Sync) -> [f64; N] {
    let blocks: Vec<[f64; N]> =
        (0..count.div_ceil(BLOCK)).into_par_iter().map(|b| f(b * BLOCK..count.min((b + 1) * BLOCK))).collect();
    blocks.iter().fold([0.0; N], |mut total, block| {
        total.iter_mut().zip(block).for_each(|(t, b)| *t += b);
        total
    })
}

/// The sum of `f` over values.
pub(crate) fn sum(values: &[f64], f: impl Fn(f64) -> f64 + Sync) -> f64 {
    sums(values.len(), |block| [values.get(block).unwrap_or_default().iter().map(|v| f(*v)).sum()])[0]
}

/// The mean of values, 0 of none.
pub(crate) fn mean(values: &[f64]) -> f64 {
    sum(values, |v| v) / values.len().max(1) as f64
}

/// Changes every value by its position.
pub(crate) fn each<T: Send>(values: &mut [T], f: impl Fn(usize, &mut T) + Sync) {
    values.par_chunks_mut(BLOCK).enumerate().for_each(|(block, values)| {
        values.iter_mut().enumerate().for_each(|(i, value)| f(block * BLOCK + i, value));
    });
}

/// A value for every position.
pub(crate) fn made<T: Send + Clone + Default>(count: usize, f: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let mut values = vec![T::default(); count];
    each(&mut values, |i, value| *value = f(i));
    values
}
