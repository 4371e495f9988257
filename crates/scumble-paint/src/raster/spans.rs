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

impl Scan {
    /// The pixels whose centres lie inside the shape, row by row; `out` is replaced. For scans of one line a row.
    pub fn spans(&mut self, out: &mut Vec<Span>) {
        out.clear();
        let width = self.width as f32;
        let mut push = |y: i32, low: f32, high: f32| {
            // Rounds to the first centre not left of it; positive, so cutting is rounding down.
            let pixel = |x: f32| (if x > 0.0 { if x < width { x } else { width } } else { 0.0 } + 0.5) as i32 as u32;
            let (start, end) = (pixel(low), pixel(high));
            if start < end {
                out.push(Span { y: y as u32, start, end });
            }
        };
        if let Some(chain) = self.single() {
            for (y, (low, high)) in (chain.first..).zip(chain.low.iter().zip(&chain.high)) {
                push(y, *low, *high);
            }
            return;
        }
        let mut intervals = std::mem::take(&mut self.work.intervals);
        for y in self.extent() {
            self.intervals(y, &mut intervals);
            for [low, high] in &intervals {
                push(y, *low, *high);
            }
        }
        self.work.intervals = intervals;
    }
}
