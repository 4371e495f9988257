//! 2×2 pooling on plain slices, forward and gradient.

use std::ops::Range;

use rayon::prelude::*;

use super::PoolOp;
use crate::kernel::{Buffer, Buffers};

/// Where in its window each maximum was: two bits an output, four to a byte.
#[derive(Debug, Clone)]
pub(crate) struct MaxBits {
    bytes: Vec<u8>,
    /// Bytes of a row, and rows of a channel.
    row: usize,
    rows: usize,
}

impl MaxBits {
    pub(super) fn new(channels: usize, planes: Planes) -> Self {
        let (row, rows) = (planes.row_bytes(), planes.out_height);
        Self { bytes: vec![0; channels * row * rows], row, rows }
    }

    /// Overwrites rows from `first` on, all of `part`'s.
    pub(super) fn put(&mut self, first: usize, part: &Self) {
        let planes =
            self.bytes.chunks_exact_mut(self.row * self.rows).zip(part.bytes.chunks_exact(part.row * part.rows));
        planes.for_each(|(to, from)| to[first * self.row..][..from.len()].copy_from_slice(from));
    }

    /// Rows, as many of them as there are.
    pub(super) fn cut(&self, rows: Range<usize>) -> Self {
        let rows = rows.start..rows.end.min(self.rows);
        let planes = self.bytes.chunks_exact(self.row * self.rows);
        let mut bytes = Vec::with_capacity(planes.len() * rows.len() * self.row);
        planes.for_each(|plane| bytes.extend_from_slice(&plane[rows.start * self.row..rows.end * self.row]));
        Self { bytes, row: self.row, rows: rows.len() }
    }
}

/// Places that are unpacked at a time.
const UNPACKED: usize = 64;

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
    fn window(&self, y: usize, x: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (y, x) = (2 * y, 2 * x);
        (0..4).filter_map(move |place| {
            let (y, x) = (y + place / 2, x + place % 2);
            (y < self.height && x < self.width).then_some((place, y * self.width + x))
        })
    }

    /// Bytes of a row of two-bit places.
    fn row_bytes(&self) -> usize {
        self.out_width.div_ceil(4)
    }

    /// Outputs of a row whose windows are whole; in the last row of a rounded-up map none is.
    fn whole(&self, y: usize) -> usize {
        if 2 * y + 1 < self.height { self.width / 2 } else { 0 }
    }
}

/// Maxima of each window times `factor`, and where they were; the first wins a tie.
pub(crate) fn max(x: &[f32], planes: Planes, factor: f32, buffers: &Buffers) -> (Buffer, MaxBits) {
    let channels = x.len() / planes.input();
    let bytes = planes.row_bytes() * planes.out_height;
    let mut output = buffers.take(channels * planes.output());
    let mut bits = MaxBits::new(channels, planes);
    let rows = output.par_chunks_mut(planes.output()).zip(bits.bytes.par_chunks_mut(bytes));
    rows.zip(x.par_chunks(planes.input())).for_each(|((out, bits), plane)| {
        let mut places = vec![0u8; planes.row_bytes() * 4];
        let lines = out.chunks_exact_mut(planes.out_width).zip(bits.chunks_exact_mut(planes.row_bytes()));
        for (y, (out, bits)) in lines.enumerate() {
            let whole = planes.whole(y);
            let above = &plane[2 * y * planes.width..][..2 * whole];
            let below = if whole > 0 { &plane[(2 * y + 1) * planes.width..][..2 * whole] } else { above };
            let windows = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
            for ((out, place), ([a, b], [c, d])) in out.iter_mut().zip(&mut places).zip(windows) {
                let (mut best, mut at) = (*a, 0u32);
                for (value, next) in [(*b, 1), (*c, 2), (*d, 3)] {
                    // A NaN wins, so that it stays visible. Both are asked, without a branch, so that this is done in vectors.
                    let better = (value > best) | value.is_nan();
                    best = if better { value } else { best };
                    at = if better { next } else { at };
                }
                (*out, *place) = (best * factor, at as u8);
            }
            for x in whole..planes.out_width {
                let mut best = (f32::NEG_INFINITY, 0);
                for (place, offset) in planes.window(y, x) {
                    if plane[offset] > best.0 || plane[offset].is_nan() {
                        best = (plane[offset], place as u8);
                    }
                }
                (out[x], places[x]) = (best.0 * factor, best.1);
            }
            for (byte, places) in bits.iter_mut().zip(places.as_chunks::<4>().0) {
                let places = u32::from_le_bytes(*places);
                *byte = (places | places >> 6 | places >> 12 | places >> 18) as u8;
            }
        }
    });
    (output, bits)
}

/// The gradient of [`max`].
pub(crate) fn max_gradient(gradient: &[f32], bits: &MaxBits, planes: Planes, factor: f32, buffers: &Buffers) -> Buffer {
    let bytes = planes.row_bytes() * planes.out_height;
    scatter(gradient, planes, buffers, |channel, y, gradient, plane| {
        let bits = &bits.bytes[channel * bytes + y * planes.row_bytes()..][..planes.row_bytes()];
        let place = |x: usize| bits[x / 4] >> (2 * (x % 4)) & 3;
        let whole = planes.whole(y);
        if whole > 0 {
            let (above, below) = plane.split_at_mut(planes.width);
            let windows = above.as_chunks_mut::<2>().0.iter_mut().zip(below.as_chunks_mut::<2>().0);
            let mut outputs = gradient[..whole].iter().zip(windows);
            for bytes in bits.chunks(UNPACKED / 4) {
                // First the places as whole numbers: what follows is then done in vectors.
                let mut places = [0u32; UNPACKED];
                for (places, byte) in places.as_chunks_mut::<4>().0.iter_mut().zip(bytes) {
                    *places = [0, 2, 4, 6].map(|shift| u32::from(*byte) >> shift & 3);
                }
                for (place, (value, (above, below))) in places.iter().zip(&mut outputs) {
                    let value = value * factor;
                    *above = [0, 1].map(|at| if *place == at { value } else { 0.0 });
                    *below = [2, 3].map(|at| if *place == at { value } else { 0.0 });
                }
            }
        }
        for x in whole..planes.out_width {
            let (dy, dx) = (usize::from(place(x)) / 2, usize::from(place(x)) % 2);
            plane[dy * planes.width + 2 * x + dx] = gradient[x] * factor;
        }
    })
}

/// Means of each window times `factor`.
pub(crate) fn mean(x: &[f32], planes: Planes, factor: f32, buffers: &Buffers) -> Buffer {
    gather(x, planes, buffers, |plane, y, x| {
        let (sum, n) = planes.window(y, x).fold((0.0, 0.0), |(sum, n), (_, o)| (sum + plane[o], n + 1.0));
        sum / n * factor
    })
}

/// The gradient of [`mean`].
pub(crate) fn mean_gradient(gradient: &[f32], planes: Planes, factor: f32, buffers: &Buffers) -> Buffer {
    scatter(gradient, planes, buffers, |_, y, gradient, plane| {
        for (x, value) in gradient.iter().enumerate() {
            let share = value * factor / planes.window(y, x).count() as f32;
            for (_, offset) in planes.window(y, x) {
                plane[offset - 2 * y * planes.width] = share;
            }
        }
    })
}

/// Roots of the sum of squares of each window times `factor`.
pub(crate) fn l2(x: &[f32], planes: Planes, factor: f32, buffers: &Buffers) -> Buffer {
    gather(x, planes, buffers, |plane, y, x| norm(plane, planes, y, x) * factor)
}

/// The gradient of [`l2`]; an all-zero window, where the root has none, gets zero.
pub(crate) fn l2_gradient(x: &[f32], gradient: &[f32], planes: Planes, factor: f32, buffers: &Buffers) -> Buffer {
    scatter(gradient, planes, buffers, |channel, y, gradient, plane| {
        let source = &x[channel * planes.input()..][..planes.input()];
        for (x, value) in gradient.iter().enumerate() {
            let norm = norm(source, planes, y, x);
            for (_, offset) in planes.window(y, x) {
                let share = if norm > 0.0 { value * factor * source[offset] / norm } else { 0.0 };
                plane[offset - 2 * y * planes.width] = share;
            }
        }
    })
}

fn norm(plane: &[f32], planes: Planes, y: usize, x: usize) -> f32 {
    planes.window(y, x).map(|(_, o)| plane[o] * plane[o]).sum::<f32>().sqrt()
}

/// Computes every output from its channel's plane.
fn gather(x: &[f32], planes: Planes, buffers: &Buffers, value: impl Fn(&[f32], usize, usize) -> f32 + Sync) -> Buffer {
    let channels = x.len() / planes.input();
    let mut output = buffers.take(channels * planes.output());
    output.par_chunks_mut(planes.output()).zip(x.par_chunks(planes.input())).for_each(|(out, plane)| {
        for (y, out) in out.chunks_exact_mut(planes.out_width).enumerate() {
            for (x, out) in out.iter_mut().enumerate() {
                *out = value(plane, y, x);
            }
        }
    });
    output
}

/// Hands every row of outputs to `put` with (channel, row, gradients, the two rows of the input's plane, or one at the
/// end of a rounded-up map); what no window covers is zero.
fn scatter(
    gradient: &[f32],
    planes: Planes,
    buffers: &Buffers,
    put: impl Fn(usize, usize, &[f32], &mut [f32]) + Sync,
) -> Buffer {
    let channels = gradient.len() / planes.output();
    let mut input = buffers.take(channels * planes.input());
    let rows = input.par_chunks_mut(planes.input()).zip(gradient.par_chunks(planes.output()));
    rows.enumerate().for_each(|(channel, (plane, gradient))| {
        let mut gradients = gradient.chunks_exact(planes.out_width);
        for (y, pair) in plane.chunks_mut(2 * planes.width).enumerate() {
            // The last column, or part of a window, may be nobody's.
            for row in pair.chunks_exact_mut(planes.width) {
                row[planes.width - 1] = 0.0;
            }
            match gradients.next() {
                Some(gradients) => {
                    if planes.whole(y) == 0 {
                        pair.fill(0.0);
                    }
                    put(channel, y, gradients, pair);
                }
                None => pair.fill(0.0),
            }
        }
    });
    input
}
