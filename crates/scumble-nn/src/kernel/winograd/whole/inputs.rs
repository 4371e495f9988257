//! The input transform of a channel.

use crate::kernel::lanes::{Lanes, Task};
use crate::kernel::shared_mut::SharedMut;
use crate::kernel::winograd::bits::Bits;
use crate::kernel::winograd::panels::Panels;
use crate::kernel::winograd::shape::{Input, inside};
use crate::kernel::winograd::tile::{self, Source};
use crate::kernel::winograd::transform::OUT;

/// The input transform of one channel.
pub(super) struct Inputs<'a> {
    pub input: Input<'a>,
    pub sheet: &'a mut [f32],
    pub width: usize,
    pub places: &'a [usize],
    pub side_by_side: bool,
    pub v: Panels,
    pub channel: usize,
    pub to: SharedMut<f32>,
}

impl Task for Inputs<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        fill(s, &self.input, self.channel, self.sheet, self.width);
        for (group, places) in self.places.chunks_exact(S::LANES).enumerate() {
            let (sheet, width) = (self.sheet.as_ptr(), self.width);
            let to = (self.to.at(self.v.vector(group, self.channel)), self.v.stride());
            let next = Some(self.to.at(self.v.vector(group + 1, self.channel)));
            // SAFETY: places are corners of tiles whose windows lie in the sheet, neighbours if they are said to be; this
            // channel's vectors are nobody else's.
            unsafe {
                if self.side_by_side {
                    tile::input(s, &Lines { sheet, width, places }, to, next);
                } else {
                    tile::input(s, &Gather { sheet, width, places }, to, next);
                }
            }
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

/// Tiles of which those of a vector are neighbours in a sheet.
struct Lines<'a> {
    sheet: *const f32,
    width: usize,
    places: &'a [usize],
}

impl<S: Lanes> Source<S> for Lines<'_> {
    #[inline(always)]
    unsafe fn row(&self, s: S, quarter: usize, row: usize) -> (S::V, S::V) {
        let from = self.sheet.wrapping_add(self.places[quarter * (S::LANES / OUT)] + row * self.width);
        // SAFETY: promised by the maker; a row of the sheet is four floats longer than its tiles.
        unsafe { (s.load(from), s.load(from.wrapping_add(4))) }
    }
}
