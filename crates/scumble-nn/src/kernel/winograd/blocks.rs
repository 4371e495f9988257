//! Wide maps: every task carries a block of tiles through all three phases in its own cache.

use rayon::prelude::*;

use super::bits::Bits;
use super::packed::Packed;
use super::panels::Panels;
use super::product;
use super::shape::{Finish, Input, Marks, Shape, inside};
use super::tile::{self, Sink, Source};
use super::transform::{IN, PRODUCTS};
use crate::kernel::lanes::{Lanes, Task, prefetch, prefetch_to_write};
use crate::kernel::scratch;
use crate::kernel::shared_mut::SharedMut;

/// Columns of a piece: four tiles side by side. Pieces start at multiples of this, so that no two tasks write to the
/// same byte of the ReLU's bits.
const PIECE: usize = 16;

/// Tiles of a block: 36 matrices of 32 tiles and 256 channels are 1.2 MB, a second-level cache.
pub(super) const TILES: usize = 32;

/// Where one vector of a group is read and written.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The window's corner in the input, which may lie in its border.
    x: isize,
    y: isize,
    /// Columns of the two reads that are inside the input.
    low: u32,
    high: u32,
    /// The corner in the output, and the columns inside it.
    out_x: usize,
    out_y: usize,
    out: u32,
}

impl Place {
    /// Below both maps: fills up a group of fewer than four vectors.
    const NOWHERE: Place = Place { x: 0, y: 1 << 40, low: 0, high: 0, out_x: 0, out_y: 1 << 40, out: 0 };
}

/// See [`super::convolve`].
pub(super) fn convolve(
    kernel: &Packed,
    input: Input<'_>,
    finish: Finish<'_>,
    out: &mut [f32],
    bits: Option<Marks<'_>>,
) {
    let out = SharedMut::new(out.as_mut_ptr());
    let bits = bits.map(|marks| {
        let (row, plane) = (marks.bits.row(), marks.bits.plane());
        BitRows { bytes: SharedMut::new(marks.bits.bytes_mut().as_mut_ptr()), first: marks.row * row, row, plane }
    });
    let shape = Shape::new(&input);
    let lanes = kernel.level.lanes();
    let pieces_in_row = shape.width.div_ceil(PIECE);
    let vectors = shape.tile_rows * pieces_in_row * (PIECE / lanes);
    let groups = TILES / lanes;
    let place = |vector: usize| {
        let (piece, part) = (vector * lanes / PIECE, vector * lanes % PIECE);
        let (row, x) = (piece / pieces_in_row, piece % pieces_in_row * PIECE + part);
        let corner = x as isize + input.frame.left;
        Place {
            x: corner,
            y: (row * 4) as isize + input.frame.top,
            low: inside(corner, input.width, lanes),
            high: inside(corner + 4, input.width, lanes),
            out_x: x,
            out_y: row * 4,
            out: inside(x as isize, shape.width, lanes),
        }
    };
    (0..vectors.div_ceil(groups * 4)).into_par_iter().with_max_len(1).for_each(|block| {
        let first = block * groups * 4;
        let last = (first + groups * 4).min(vectors);
        let mut places: Vec<Place> = (first..last).map(place).collect();
        places.resize(places.len().next_multiple_of(4), Place::NOWHERE);
        let lines: Vec<[Line; IN]> =
            places.iter().map(|place| [0, 1, 2, 3, 4, 5].map(|row| Line::new(&input, place, row))).collect();
        let groups = places.len() / 4;
        let v = Panels::new(kernel.level, groups, kernel.inputs);
        let m = Panels::new(kernel.level, groups, kernel.groups * kernel.level.rows());
        scratch::with(v.len() + m.len(), |buffer| {
            let (from, to) = buffer.split_at_mut(v.len());
            let (places, lines) = (places.as_slice(), lines.as_slice());
            kernel.level.run(Block { kernel, input, finish, shape, places, lines, v, m, from, to, out, bits });
        });
    });
}

/// Rows of bits that blocks set: where the first is, and the bytes of a row and of a channel.
#[derive(Clone, Copy)]
struct BitRows {
    bytes: SharedMut<u8>,
    first: usize,
    row: usize,
    plane: usize,
}

/// One block's work.
struct Block<'a> {
    kernel: &'a Packed,
    input: Input<'a>,
    finish: Finish<'a>,
    shape: Shape,
    places: &'a [Place],
    /// The rows of each place's window.
    lines: &'a [[Line; IN]],
    v: Panels,
    m: Panels,
    from: &'a mut [f32],
    to: &'a mut [f32],
    out: SharedMut<f32>,
    bits: Option<BitRows>,
}

impl Task for Block<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let Self { kernel, input, finish, shape, places, lines, v, m, from, to, out, bits } = self;
        let plane = input.height * input.width;
        for channel in 0..kernel.inputs {
            let values = &input.values[channel * plane..][..plane];
            for (group, lines) in lines.chunks_exact(4).enumerate() {
                let bits = input.on.map(|on| (on.bits.bytes(), channel * on.bits.plane()));
                let window = Window { values: values.as_ptr(), next: values.as_ptr().wrapping_add(plane), lines, bits };
                let to = from[v.vector(group, channel)..].as_mut_ptr();
                // SAFETY: masks keep reads inside the plane; `from` has the length of `v`.
                unsafe { tile::input(s, &window, (to, v.stride()), None) };
            }
        }
        for point in 0..PRODUCTS {
            let (from, to) = (&from[point * v.stride()..], &mut to[point * m.stride()..]);
            product::matrix(s, kernel, point, 0..kernel.groups, (v, from), (m, to.as_mut_ptr()));
        }
        let plane = shape.height * shape.width;
        for channel in 0..kernel.outputs {
            for (group, places) in places.chunks_exact(4).enumerate() {
                let mut rows = Rows {
                    out: out.at(channel * plane),
                    next: out.at((channel + 1) * plane),
                    bits: bits.map(|to| (to.bytes.at(to.first + channel * to.plane), to.row)),
                    shape: &shape,
                    places,
                    bias: s.splat(finish.bias.map_or(0.0, |bias| bias[channel])),
                    relu: finish.relu,
                };
                // SAFETY: `to` has the length of `m`; masks keep writes inside the plane, and no other block has
                // these tiles.
                unsafe { tile::output(s, (to[m.vector(group, channel)..].as_ptr(), m.stride()), None, &mut rows) };
            }
        }
    }
}

/// A row of a window, the same in every channel: where it starts in the plane, the columns of the two reads that count, and
/// where its bits are.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: isize,
    low: u32,
    high: u32,
    bits: usize,
    shift: u32,
}

impl Line {
    fn new(input: &Input<'_>, place: &Place, row: usize) -> Self {
        let y = place.y + row as isize;
        if y as usize >= input.height {
            return Self { at: 0, low: 0, high: 0, bits: 0, shift: 0 };
        }
        let (bits, shift) = input.on.map_or((0, 0), |on| {
            let (byte, shift) = Bits::place(place.x);
            ((on.row + y as usize) * on.bits.row() + byte, shift)
        });
        Self { at: y * input.width as isize + place.x, low: place.low, high: place.high, bits, shift }
    }
}

/// A group's windows in a channel of the input.
struct Window<'a> {
    values: *const f32,
    /// The next channel.
    next: *const f32,
    lines: &'a [[Line; IN]],
    /// All bits, and where the channel's start.
    bits: Option<(&'a [u8], usize)>,
}

impl<S: Lanes> Source<S> for Window<'_> {
    #[inline(always)]
    unsafe fn row(&self, s: S, quarter: usize, row: usize) -> (S::V, S::V) {
        let line = self.lines[quarter][row];
        let (mut low, mut high) = (line.low, line.high);
        if let Some((bytes, channel)) = self.bits {
            let window = Bits::read(bytes, channel + line.bits, line.shift);
            low &= window;
            // The second read starts four columns after the first.
            high &= window >> 4;
        }
        // A vector starts a column before a cache line, as a rule, and the last one ends beyond the next.
        let next = self.next.wrapping_offset(line.at);
        if quarter == 0 {
            prefetch(next);
        }
        prefetch(next.wrapping_add(1));
        if quarter == 3 {
            prefetch(next.wrapping_add(1 + S::LANES));
        }
        let from = self.values.wrapping_offset(line.at);
        // SAFETY: the masks name columns inside this row alone.
        unsafe { (s.load_some(from, low), s.load_some(from.wrapping_add(4), high)) }
    }
}

/// A group's rows in a channel of the output.
struct Rows<'a, V> {
    out: *mut f32,
    /// The next channel.
    next: *mut f32,
    /// Their first row and the bytes of a row.
    bits: Option<(*mut u8, usize)>,
    shape: &'a Shape,
    places: &'a [Place],
    bias: V,
    relu: bool,
}

impl<S: Lanes> Sink<S> for Rows<'_, S::V> {
    #[inline(always)]
    unsafe fn row(&mut self, s: S, quarter: usize, row: usize, values: S::V) {
        let place = &self.places[quarter];
        let y = place.out_y + row;
        if y >= self.shape.height {
            return;
        }
        let mut v = s.add(values, self.bias);
        if self.relu {
            v = s.relu(v);
        }
        let at = y * self.shape.width + place.out_x;
        prefetch_to_write(self.next.wrapping_add(at));
        // SAFETY: the mask names columns inside this row; its bits' bytes belong to this piece.
        unsafe {
            s.store_some(self.out.wrapping_add(at), v, place.out);
            if let Some((bits, row)) = self.bits {
                Bits::put::<S>(bits.wrapping_add(y * row), place.out_x, s.positive(v) & place.out);
            }
        }
    }
}
