//! Whole pixels, decided at their centres.

use super::Scan;

/// Pixels `start..end` of row `y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The row.
    pub y: u32,
    /// The first pixel.
    pub start: u32,
    /// The pixel after the last.
    pub end: u32,
}

/// 2²³.
const ROUND: f32 = 8_388_608.0;

impl Scan {
    /// The pixels whose centres lie inside the shape, row by row; `out` is replaced. Spans may be empty. For scans of
    /// one line a row.
    pub fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        let width = self.width as f32;
        let span = |y: i32, low: f32, high: f32| {
            // The first centre not left of x is pixel x rounded. 2²³ + x has no digits below one, and the rounded
            // number as its lowest bits; unlike a cast, this becomes one addition for several scanlines.
            let within = |x: f32| if x > 0.0 { if x < width { x } else { width } } else { 0.0 };
            let pixel = |x: f32| (within(x) + ROUND).to_bits() - ROUND.to_bits();
            let start = pixel(low);
            Span { y: y as u32, start, end: pixel(high).max(start) }
        };
        if let Some(chain) = self.single() {
            let ends = chain.low.iter().zip(&chain.high).enumerate();
            out.extend(ends.map(|(i, (low, high))| span(chain.first + i as i32, *low, *high)));
            return;
        }
        let mut intervals = std::mem::take(&mut self.work.intervals);
        for y in self.extent() {
            self.intervals(y, &mut intervals);
            out.extend(intervals.iter().map(|[low, high]| span(y, *low, *high)));
        }
        self.work.intervals = intervals;
    }
}
