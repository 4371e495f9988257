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
    let after = Sheet { width: shape.tile_columns * OUT, len: shape.tile_rows * OUT * shape.tile_columns * OUT };
    // The last group is filled up with the last tile, which is then written several times, the same each time.
    let corners = |width: usize| -> Vec<usize> {
        let corner = |t: usize| t / shape.tile_columns * OUT * width + t % shape.tile_columns * OUT;
        (0..groups * lanes).map(|t| corner(t.min(tiles - 1))).collect()
    };
    let (read, written) = (corners(before.width), corners(after.width));
    // A map that tiles cover without a remainder is its own sheet.
    let exact = after.len == shape.height * shape.width;

    scratch::with(v.len() + m.len(), |buffer| {
        let (from, to) = buffer.split_at_mut(v.len());
        let shared = SharedMut::new(from.as_mut_ptr());
        (0..kernel.inputs).into_par_iter().for_each(|channel| {
            scratch::with(before.len + lanes, |sheet| {
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
            let bias = finish.bias.map_or(0.0, |bias| bias[channel]);
            let work = |sheet: &mut [f32]| {
                let (width, places) = (after.width, written.as_slice());
                level.run(Outputs { from: to, m, channel, sheet, width, places, bias, relu: finish.relu });
            };
            if exact {
                work(out);
            } else {
                scratch::with(after.len, |sheet| {
                    work(sheet);
                    for (row, line) in out.chunks_exact_mut(shape.width).zip(sheet.chunks_exact(after.width)) {
                        row.copy_from_slice(&line[..shape.width]);
                    }
                });
            }
            if let Some((bits, row)) = bits {
                level.run(Marking { values: out, width: shape.width, bits, row });
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

/// Fills a sheet, behind which there is room for one vector more, with what a channel's windows look at: zero outside the
/// map, and where a bit is off.
#[inline(always)]
fn fill<S: Lanes>(s: S, input: &Input<'_>, channel: usize, sheet: &mut [f32], width: usize) {
    let frame = input.frame;
    let plane = &input.values[channel * input.height * input.width..][..input.height * input.width];
    for row in 0..(sheet.len() - S::LANES) / width {
        let y = frame.top + row as isize;
        let inside_rows = (0..input.height as isize).contains(&y);
        let from = plane.as_ptr().wrapping_offset(y * input.width as isize + frame.left);
        for x in (0..width).step_by(S::LANES) {
            let column = frame.left + x as isize;
            let mut mask = if inside_rows { inside(column, input.width, S::LANES) } else { 0 };
            if let (Some(on), true) = (input.on, inside_rows) {
                let start = channel * on.bits.plane() + (on.row + y as usize) * on.bits.row();
                mask &= Bits::window(on.bits.bytes(), start, column);
            }
            // SAFETY: the mask names columns inside this row alone. What is written beyond this row's end is the next
            // one's, which comes later, or the slack of the last.
            unsafe { s.store(sheet.as_mut_ptr().add(row * width + x), s.load_some(from.wrapping_add(x), mask)) };
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
