//! Narrow maps with many channels: the three phases one after the other over the whole map, each shared by all threads,
//! so that the kernels, which are larger than the map, are read only once.

use rayon::prelude::*;

use super::bits::Bits;
use super::packed::Packed;
use super::panels::Panels;
use super::product;
use super::shape::{Finish, Input, Marks, Shape, inside};
use super::tile::{self, Sink, Source};
use super::transform::{IN, OUT, PRODUCTS};
use crate::kernel::lanes::{Lanes, Task};
use crate::kernel::scratch;
use crate::kernel::shared_mut::SharedMut;

/// Groups of output channels of a task of the products.
const GROUPS: usize = 16;

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
    // Tiles that fill up the last group are written below the map.
    let after = Sheet { width: shape.tile_columns * OUT, len: (shape.tile_rows + 1) * OUT * shape.tile_columns * OUT };
    let corner = |tile: usize, width: usize| tile / shape.tile_columns * OUT * width + tile % shape.tile_columns * OUT;
    let read: Vec<usize> = (0..groups * lanes).map(|t| corner(t.min(tiles - 1), before.width)).collect();
    let written: Vec<usize> = (0..groups * lanes)
        .map(|t| if t < tiles { corner(t, after.width) } else { shape.tile_rows * OUT * after.width })
        .collect();

    scratch::with(v.len() + m.len(), |buffer| {
        let (from, to) = buffer.split_at_mut(v.len());
        let shared = SharedMut::new(from.as_mut_ptr());
        (0..kernel.inputs).into_par_iter().for_each(|channel| {
            scratch::with(before.len, |sheet| {
                level.run(Inputs { input, sheet, width: before.width, places: &read, v, channel, to: shared });
            });
        });
        let from = &*from;
        let shared = SharedMut::new(to.as_mut_ptr());
        let shares = kernel.groups.div_ceil(GROUPS);
        (0..PRODUCTS * shares).into_par_iter().for_each(|task| {
            let (point, first) = (task / shares, task % shares * GROUPS);
            let range = first..(first + GROUPS).min(kernel.groups);
            level.run(Products { kernel, point, range, v, m, from, to: shared });
        });
        let to = &*to;
        let outputs = |channel: usize, out: &mut [f32], bits: Option<(&mut [u8], usize)>| {
            scratch::with(after.len, |sheet| {
                let bias = finish.bias.map_or(0.0, |bias| bias[channel]);
                level.run(Outputs {
                    from: to,
                    m,
                    channel,
                    sheet,
                    width: after.width,
                    places: &written,
                    bias,
                    relu: finish.relu,
                });
                for (row, line) in out.chunks_exact_mut(shape.width).zip(sheet.chunks_exact(after.width)) {
                    row.copy_from_slice(&line[..shape.width]);
                }
            });
            if let Some((bits, row)) = bits {
                mark(out, shape.width, bits, row);
            }
        };
        let planes = out.par_chunks_exact_mut(shape.height * shape.width);
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
fn mark(values: &[f32], width: usize, bits: &mut [u8], row: usize) {
    for (values, bits) in values.chunks_exact(width).zip(bits.chunks_exact_mut(row)) {
        for (values, byte) in values.chunks(8).zip(bits) {
            *byte = values.iter().enumerate().fold(0, |byte, (i, v)| byte | u8::from(*v > 0.0) << i);
        }
    }
}

/// The input transform of one channel.
struct Inputs<'a> {
    input: Input<'a>,
    sheet: &'a mut [f32],
    width: usize,
    places: &'a [usize],
    v: Panels,
    channel: usize,
    to: SharedMut<f32>,
}

impl Task for Inputs<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        fill(s, &self.input, self.channel, self.sheet, self.width);
        for (group, places) in self.places.chunks_exact(S::LANES).enumerate() {
            let window = Gather { sheet: self.sheet.as_ptr(), width: self.width, places };
            // SAFETY: places are corners of tiles whose windows lie in the sheet; this channel's vectors are nobody
            // else's.
            unsafe { tile::input(s, &window, self.to.at(self.v.vector(group, self.channel)), self.v.stride()) };
        }
    }
}

/// Copies a channel into the middle of a sheet of zeros, without the values whose bit is off.
#[inline(always)]
fn fill<S: Lanes>(s: S, input: &Input<'_>, channel: usize, sheet: &mut [f32], width: usize) {
    sheet.fill(0.0);
    let frame = input.frame;
    let plane = &input.values[channel * input.height * input.width..][..input.height * input.width];
    // The input's rows and columns that outputs look at; what lies outside it stays zero.
    let range = |corner: isize, outputs: usize, inputs: usize| {
        let end = (corner + outputs as isize + 2).clamp(0, inputs as isize);
        corner.clamp(0, end) as usize..end as usize
    };
    let columns = range(frame.left, frame.width, input.width);
    let at = |corner: isize, i: usize| (i as isize - corner) as usize;
    for y in range(frame.top, frame.height, input.height) {
        let row = &plane[y * input.width..][..input.width];
        let line = &mut sheet[at(frame.top, y) * width + at(frame.left, columns.start)..][..columns.len()];
        let row = &row[columns.clone()];
        let Some(on) = input.on else {
            line.copy_from_slice(row);
            continue;
        };
        let start = channel * on.bits.plane() + (on.row + y) * on.bits.row();
        for x in (0..row.len()).step_by(S::LANES) {
            // The bits beyond the row's end are off, and the sheet is zero there.
            let first = (columns.start + x) as isize;
            let mask = Bits::window(on.bits.bytes(), start, first) & inside(x as isize, row.len(), S::LANES);
            // SAFETY: the mask names columns inside this row alone.
            unsafe {
                s.store_some(line.as_mut_ptr().wrapping_add(x), s.load_some(row.as_ptr().wrapping_add(x), mask), mask)
            };
        }
    }
}

/// Tiles anywhere in a sheet.
struct Gather<'a> {
    sheet: *const f32,
    width: usize,
    places: &'a [usize],
}

impl<S: Lanes> Source<S> for Gather<'_> {
    #[inline(always)]
    unsafe fn row(&self, s: S, quarter: usize, row: usize) -> (S::V, S::V) {
        let places = &self.places[quarter * (S::LANES / 4)..][..S::LANES / 4];
        let from = self.sheet.wrapping_add(row * self.width);
        // SAFETY: promised by the maker.
        unsafe { (s.gather(from, places), s.gather(from.wrapping_add(4), places)) }
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

/// The output transform of one channel.
struct Outputs<'a> {
    from: &'a [f32],
    m: Panels,
    channel: usize,
    sheet: &'a mut [f32],
    width: usize,
    places: &'a [usize],
    bias: f32,
    relu: bool,
}

impl Task for Outputs<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let bias = s.splat(self.bias);
        for (group, places) in self.places.chunks_exact(S::LANES).enumerate() {
            let mut rows = Scatter { sheet: self.sheet.as_mut_ptr(), width: self.width, places, bias, relu: self.relu };
            let from = self.from[self.m.vector(group, self.channel)..].as_ptr();
            // SAFETY: places are corners of tiles inside the sheet.
            unsafe { tile::output(s, from, self.m.stride(), &mut rows) };
        }
    }
}

/// Tiles anywhere in a sheet.
struct Scatter<'a, V> {
    sheet: *mut f32,
    width: usize,
    places: &'a [usize],
    bias: V,
    relu: bool,
}

impl<S: Lanes> Sink<S> for Scatter<'_, S::V> {
    #[inline(always)]
    unsafe fn row(&mut self, s: S, quarter: usize, row: usize, values: S::V) {
        let mut v = s.add(values, self.bias);
        if self.relu {
            v = s.relu(v);
        }
        let places = &self.places[quarter * (S::LANES / 4)..][..S::LANES / 4];
        // SAFETY: promised by the maker.
        unsafe { s.scatter(self.sheet.wrapping_add(row * self.width), places, v) };
    }
}
