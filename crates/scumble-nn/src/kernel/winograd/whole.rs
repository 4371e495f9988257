//! Narrow maps with many channels: the three phases one after the other over the whole map, each shared by all threads,
//! so that the kernels, which are larger than the map, are read only once.

mod inputs;
mod outputs;

use rayon::prelude::*;

use super::bits::Bits;
use super::packed::Packed;
use super::panels::Panels;
use super::product;
use super::shape::{Finish, Input, Marks, Shape, inside};
use super::transform::{IN, OUT, PRODUCTS};
use crate::kernel::lanes::{Lanes, Task};
use crate::kernel::scratch;
use crate::kernel::shared_mut::SharedMut;
use inputs::Inputs;
use outputs::Outputs;

/// Groups of output channels of a task of the products.
const GROUPS: usize = 16;
/// Channels at most that a thread transforms without letting others have some of them.
const CHANNELS: usize = 4;

/// A channel's map with what surrounds it, cut to whole tiles.
#[derive(Debug, Clone, Copy)]
struct Sheet {
    width: usize,
    len: usize,
}

/// See [`super::convolve`].
pub(super) fn convolve(
    kernel: &Packed,
    input: Input<'_>,
    finish: Finish<'_>,
    out: &mut [f32],
    bits: Option<Marks<'_>>,
) {
    let shape = Shape::new(&input);
    let (level, lanes) = (kernel.level, kernel.level.lanes());
    let tiles = shape.tile_rows * shape.tile_columns;
    let groups = tiles.div_ceil(lanes);
    let v = Panels::new(level, groups, kernel.inputs);
    let m = Panels::new(level, groups, kernel.groups * level.rows());

    // Rows of the sheets: two more than the tiles' own, for the windows reach over their edge, and as many more columns
    // as the second read of a window has beyond the two it needs.
    let before = Sheet {
        width: shape.tile_columns * OUT + 4,
        len: (shape.tile_rows * OUT + IN - OUT) * (shape.tile_columns * OUT + 4),
    };
    let after = Sheet { width: shape.tile_columns * OUT, len: shape.tile_rows * OUT * shape.tile_columns * OUT };
    // Whether the tiles of a vector are always neighbours; then a row of all of them is read and written at once.
    let side_by_side = shape.tile_columns.is_multiple_of(lanes / OUT);
    // The last group is filled up with the last tiles, which are then written several times, the same each time.
    let last = if side_by_side { lanes / OUT } else { 1 };
    let corners = |width: usize| -> Vec<usize> {
        let corner = |t: usize| t / shape.tile_columns * OUT * width + t % shape.tile_columns * OUT;
        (0..groups * lanes).map(|t| corner(if t < tiles { t } else { tiles - last + t % last })).collect()
    };
    let (read, written) = (corners(before.width), corners(after.width));
    // A map that tiles cover without a remainder is its own sheet.
    let exact = after.len == shape.height * shape.width;

    scratch::with(v.len() + m.len(), |buffer| {
        let (from, to) = buffer.split_at_mut(v.len());
        let shared = SharedMut::new(from.as_mut_ptr());
        (0..kernel.inputs).into_par_iter().with_max_len(CHANNELS).for_each(|channel| {
            scratch::with(before.len + lanes, |sheet| {
                let width = before.width;
                level.run(Inputs { input, sheet, width, places: &read, side_by_side, v, channel, to: shared });
            });
        });
        let from = &*from;
        let shared = SharedMut::new(to.as_mut_ptr());
        let shares = kernel.groups.div_ceil(GROUPS);
        (0..PRODUCTS * shares).into_par_iter().with_max_len(1).for_each(|task| {
            let (point, first) = (task / shares, task % shares * GROUPS);
            let range = first..(first + GROUPS).min(kernel.groups);
            level.run(Products { kernel, point, range, v, m, from, to: shared });
        });
        let to = &*to;
        let outputs = |channel: usize, out: &mut [f32], bits: Option<(&mut [u8], usize)>| {
            let bias = finish.bias.map_or(0.0, |bias| bias[channel]);
            let work = |sheet: &mut [f32], bits: Option<(&mut [u8], usize)>| {
                let (width, places) = (after.width, written.as_slice());
                let relu = finish.relu;
                level.run(Outputs { from: to, m, channel, sheet, width, places, side_by_side, bias, relu, bits });
            };
            if exact && side_by_side {
                return work(out, bits);
            }
            if exact {
                work(out, None);
            } else {
                scratch::with(after.len, |sheet| {
                    work(sheet, None);
                    for (row, line) in out.chunks_exact_mut(shape.width).zip(sheet.chunks_exact(after.width)) {
                        row.copy_from_slice(&line[..shape.width]);
                    }
                });
            }
            if let Some((bits, row)) = bits {
                level.run(Marking { values: out, width: shape.width, bits, row });
            }
        };
        let planes = out.par_chunks_exact_mut(shape.height * shape.width).with_max_len(CHANNELS);
        match bits {
            Some(Marks { bits, row: first }) => {
                let (row, plane) = (bits.row(), bits.plane());
                planes
                    .zip(bits.bytes_mut().par_chunks_exact_mut(plane))
                    .enumerate()
                    .for_each(|(channel, (out, bits))| outputs(channel, out, Some((&mut bits[first * row..], row))));
            }
            None => planes.enumerate().for_each(|(channel, out)| outputs(channel, out, None)),
        }
    });
}

/// Sets the bits of the positive values of a channel.
struct Marking<'a> {
    values: &'a [f32],
    width: usize,
    bits: &'a mut [u8],
    /// Bytes of a row.
    row: usize,
}

impl Task for Marking<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let Self { values, width, bits, row } = self;
        for (values, bits) in values.chunks_exact(width).zip(bits.chunks_exact_mut(row)) {
            for x in (0..width).step_by(S::LANES) {
                let mask = inside(x as isize, width, S::LANES);
                // SAFETY: the mask names columns of this row; a row of bits has whole pairs of bytes.
                unsafe {
                    let on = s.positive(s.load_some(values.as_ptr().wrapping_add(x), mask));
                    Bits::put::<S>(bits.as_mut_ptr(), x, on);
                }
            }
        }
    }
}

/// A share of the products of one point.
struct Products<'a> {
    kernel: &'a Packed,
    point: usize,
    range: std::ops::Range<usize>,
    v: Panels,
    m: Panels,
    from: &'a [f32],
    to: SharedMut<f32>,
}

impl Task for Products<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let Self { kernel, point, range, v, m, from, to } = self;
        product::matrix(s, kernel, point, range, (v, &from[point * v.stride()..]), (m, to.at(point * m.stride())));
    }
}
