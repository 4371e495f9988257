//! The output transform of a channel.

use crate::kernel::lanes::{Lanes, Task};
use crate::kernel::winograd::bits::Bits;
use crate::kernel::winograd::panels::Panels;
use crate::kernel::winograd::tile::{self, Sink};
use crate::kernel::winograd::transform::OUT;

/// The output transform of one channel.
pub(super) struct Outputs<'a> {
    pub from: &'a [f32],
    pub m: Panels,
    pub channel: usize,
    pub sheet: &'a mut [f32],
    pub width: usize,
    pub places: &'a [usize],
    pub side_by_side: bool,
    pub bias: f32,
    pub relu: bool,
    /// Bits to be set, and the bytes of a row; of tiles side by side alone.
    pub bits: Option<(&'a mut [u8], usize)>,
}

impl Task for Outputs<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let Self { from, m, channel, sheet, width, places, side_by_side, relu, bits, .. } = self;
        let bias = s.splat(self.bias);
        let bits = bits.map(|(bits, row)| (bits.as_mut_ptr(), row));
        let sheet = sheet.as_mut_ptr();
        for (group, places) in places.chunks_exact(S::LANES).enumerate() {
            let next = Some(from.as_ptr().wrapping_add(m.vector(group + 1, channel)));
            let from = (from[m.vector(group, channel)..].as_ptr(), m.stride());
            // SAFETY: places are corners of tiles inside the sheet, neighbours if they are said to be; bits have the sheet's
            // shape.
            unsafe {
                if side_by_side {
                    let step = S::LANES / OUT;
                    let corners = [places[0], places[step], places[2 * step], places[3 * step]];
                    tile::output(s, from, next, &mut Strokes::new(sheet, width, corners, bias, relu, bits));
                } else {
                    tile::output(s, from, next, &mut Scatter { sheet, width, places, bias, relu });
                }
            }
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

/// Tiles of which those of a vector are neighbours in a sheet.
struct Strokes<V> {
    sheet: *mut f32,
    width: usize,
    corners: [usize; 4],
    bias: V,
    relu: bool,
    /// Where the corners' rows of bits start, their columns, and the bytes of a row.
    bits: Option<([*mut u8; 4], [usize; 4], usize)>,
}

impl<V> Strokes<V> {
    #[inline(always)]
    fn new(
        sheet: *mut f32,
        width: usize,
        corners: [usize; 4],
        bias: V,
        relu: bool,
        bits: Option<(*mut u8, usize)>,
    ) -> Self {
        let mut marks = None;
        if let Some((bits, row)) = bits {
            let mut starts = [bits; 4];
            let mut columns = [0; 4];
            for quarter in 0..4 {
                starts[quarter] = bits.wrapping_add(corners[quarter] / width * row);
                columns[quarter] = corners[quarter] % width;
            }
            marks = Some((starts, columns, row));
        }
        Self { sheet, width, corners, bias, relu, bits: marks }
    }
}

impl<S: Lanes> Sink<S> for Strokes<S::V> {
    #[inline(always)]
    unsafe fn row(&mut self, s: S, quarter: usize, row: usize, values: S::V) {
        let mut v = s.add(values, self.bias);
        if self.relu {
            v = s.relu(v);
        }
        // SAFETY: promised by the maker; tiles side by side start at multiples of the vector's length.
        unsafe {
            s.store(self.sheet.wrapping_add(self.corners[quarter] + row * self.width), v);
            if let Some((starts, columns, bytes)) = self.bits {
                Bits::put::<S>(starts[quarter].wrapping_add(row * bytes), columns[quarter], s.positive(v));
            }
        }
    }
}
