//! 2×2 pooling on plain slices, forward and gradient.

use rayon::prelude::*;

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

impl PoolOp {
    /// Side of the result for a side of `n`.
    pub fn side(&self, n: usize) -> usize {
        if self.ceil { n.div_ceil(2) } else { n / 2 }
    }
}

/// Where in its window each maximum was: two bits an output, four to a byte.
#[derive(Debug, Clone)]
pub(crate) struct MaxBits(Vec<u8>);

/// A plane's geometry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Planes {
    pub height: usize,
    pub width: usize,
    pub out_height: usize,
    pub out_width: usize,
}

impl Planes {
    pub(crate) fn new(height: usize, width: usize, pooling: &PoolOp) -> Self {
        Self { height, width, out_height: pooling.side(height), out_width: pooling.side(width) }
    }

    fn input(&self) -> usize {
        self.height * self.width
    }

    fn output(&self) -> usize {
        self.out_height * self.out_width
    }

    /// The input offsets of an output's window with their place in it, 0 to 3.
    fn window(&self, output: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (y, x) = (2 * (output / self.out_width), 2 * (output % self.out_width));
        (0..4).filter_map(move |place| {
            let (y, x) = (y + place / 2, x + place % 2);
            (y < self.height && x < self.width).then_some((place, y * self.width + x))
        })
    }
}

/// Maxima of each window times `factor`, and where they were; the first wins a tie.
pub(crate) fn max(x: &[f32], planes: Planes, factor: f32) -> (Vec<f32>, MaxBits) {
    let channels = x.len() / planes.input();
    let bytes = planes.output().div_ceil(4);
    let mut output = vec![0.0; channels * planes.output()];
    let mut bits = vec![0u8; channels * bytes];
    let rows = output.par_chunks_mut(planes.output()).zip(bits.par_chunks_mut(bytes));
    rows.zip(x.par_chunks(planes.input())).for_each(|((out, bits), plane)| {
        for (i, out) in out.iter_mut().enumerate() {
            let mut best = (f32::NEG_INFINITY, 0);
            for (place, offset) in planes.window(i) {
                let value = plane[offset];
                // A NaN wins, so that it stays visible.
                if value > best.0 || value.is_nan() {
                    best = (value, place);
                }
            }
            *out = best.0 * factor;
            bits[i / 4] |= (best.1 as u8) << (2 * (i % 4));
        }
    });
    (output, MaxBits(bits))
}

/// The gradient of [`max`].
pub(crate) fn max_gradient(gradient: &[f32], bits: &MaxBits, planes: Planes, factor: f32) -> Vec<f32> {
    let bytes = planes.output().div_ceil(4);
    scatter(gradient, planes, |channel, i, value, plane| {
        let place = usize::from(bits.0[channel * bytes + i / 4] >> (2 * (i % 4)) & 3);
        let (y, x) = (2 * (i / planes.out_width) + place / 2, 2 * (i % planes.out_width) + place % 2);
        plane[y * planes.width + x] = value * factor;
    })
}

/// Means of each window times `factor`.
pub(crate) fn mean(x: &[f32], planes: Planes, factor: f32) -> Vec<f32> {
    gather(x, planes, |plane, i| {
        let (sum, n) = planes.window(i).fold((0.0, 0.0), |(sum, n), (_, o)| (sum + plane[o], n + 1.0));
        sum / n * factor
    })
}

/// The gradient of [`mean`].
pub(crate) fn mean_gradient(gradient: &[f32], planes: Planes, factor: f32) -> Vec<f32> {
    scatter(gradient, planes, |_, i, value, plane| {
        let share = value * factor / planes.window(i).count() as f32;
        for (_, offset) in planes.window(i) {
            plane[offset] = share;
        }
    })
}

/// Roots of the sum of squares of each window times `factor`.
pub(crate) fn l2(x: &[f32], planes: Planes, factor: f32) -> Vec<f32> {
    gather(x, planes, |plane, i| norm(plane, planes, i) * factor)
}

/// The gradient of [`l2`]; an all-zero window, where the root has none, gets zero.
pub(crate) fn l2_gradient(x: &[f32], gradient: &[f32], planes: Planes, factor: f32) -> Vec<f32> {
    scatter(gradient, planes, |channel, i, value, plane| {
        let source = &x[channel * planes.input()..][..planes.input()];
        let norm = norm(source, planes, i);
        if norm > 0.0 {
            for (_, offset) in planes.window(i) {
                plane[offset] = value * factor * source[offset] / norm;
            }
        }
    })
}

fn norm(plane: &[f32], planes: Planes, i: usize) -> f32 {
    planes.window(i).map(|(_, o)| plane[o] * plane[o]).sum::<f32>().sqrt()
}

/// Computes every output from its channel's plane.
fn gather(x: &[f32], planes: Planes, value: impl Fn(&[f32], usize) -> f32 + Sync) -> Vec<f32> {
    let channels = x.len() / planes.input();
    let mut output = vec![0.0; channels * planes.output()];
    output.par_chunks_mut(planes.output()).zip(x.par_chunks(planes.input())).for_each(|(out, plane)| {
        for (i, out) in out.iter_mut().enumerate() {
            *out = value(plane, i);
        }
    });
    output
}

/// Hands every output's gradient to `put` with (channel, output index, gradient, input plane).
fn scatter(gradient: &[f32], planes: Planes, put: impl Fn(usize, usize, f32, &mut [f32]) + Sync) -> Vec<f32> {
    let channels = gradient.len() / planes.output();
    let mut input = vec![0.0; channels * planes.input()];
    let rows = input.par_chunks_mut(planes.input()).zip(gradient.par_chunks(planes.output()));
    rows.enumerate().for_each(|(channel, (plane, gradient))| {
        for (i, value) in gradient.iter().enumerate() {
            put(channel, i, *value, plane);
        }
    });
    input
}
