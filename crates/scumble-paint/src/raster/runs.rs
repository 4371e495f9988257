//! Pixels by the share of them that is covered.

use super::Scan;

/// Pixels `start..end` of row `y`, of which the same share is covered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// The row.
    pub y: usize,
    /// The first pixel.
    pub start: usize,
    /// The pixel after the last.
    pub end: usize,
    /// The covered share, more than 0 and at most 1.
    pub cover: f32,
}

/// Shares nearer than this to 0 or 1 are rounding.
const ROUNDING: f32 = 1e-4;

/// Room for one pixel row.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    pub intervals: Vec<[f32; 2]>,
    /// By how much the covered share changes from pixel to pixel, in scanlines.
    change: Vec<f32>,
    /// Where it changes: pixels first to last.
    zones: Vec<[usize; 2]>,
}

impl Scan {
    /// Tells the shape's runs, row by row and from the left, without overlap.
    ///
    /// An interval of a scanline covers the pixels at its ends in part, exactly; a pixel's share is the mean of its
    /// scanlines'.
    pub fn runs(&mut self, mut sink: impl FnMut(Run)) {
        let extent = self.extent();
        let lines = self.lines as i32;
        let mut work = std::mem::take(&mut self.work);
        work.change.resize(self.width + 2, 0.0);
        for row in extent.start.div_euclid(lines)..extent.end.div_euclid(lines) + 1 {
            work.zones.clear();
            for at in (row * lines).max(extent.start)..((row + 1) * lines).min(extent.end) {
                match self.single() {
                    Some(chain) => {
                        let index = (at - chain.first) as usize;
                        work.add(0, chain.low[index], chain.high[index], self.width as f32);
                    }
                    None => {
                        let mut intervals = std::mem::take(&mut work.intervals);
                        self.intervals(at, &mut intervals);
                        for (i, [low, high]) in intervals.iter().enumerate() {
                            work.add(i, *low, *high, self.width as f32);
                        }
                        work.intervals = intervals;
                    }
                }
            }
            work.tell(row as usize, self.width, 1.0 / self.lines as f32, &mut sink);
        }
        self.work = work;
    }
}

impl Work {
    /// Adds the interval that is number `i` of its scanline.
    fn add(&mut self, i: usize, low: f32, high: f32, width: f32) {
        let (low, high) = (low.max(0.0), high.min(width));
        if low >= high {
            return;
        }
        for (end, x, sign) in [(2 * i, low, 1.0), (2 * i + 1, high, -1.0)] {
            let pixel = x as usize;
            let part = x - pixel as f32;
            self.change[pixel] += sign * (1.0 - part);
            self.change[pixel + 1] += sign * part;
            if end >= self.zones.len() {
                self.zones.resize(end + 1, [usize::MAX, 0]);
            }
            let zone = &mut self.zones[end];
            *zone = [zone[0].min(pixel), zone[1].max(pixel + 1)];
        }
    }

    /// Tells the runs of the row and clears it.
    fn tell(&mut self, y: usize, width: usize, share: f32, sink: &mut impl FnMut(Run)) {
        self.zones.sort_unstable();
        let (mut sum, mut next) = (0.0f32, 0);
        let mut tell = |start: usize, end: usize, sum: f32| {
            let cover = sum * share;
            if cover > ROUNDING && start < end {
                sink(Run { y, start, end, cover: if cover > 1.0 - ROUNDING { 1.0 } else { cover } });
            }
        };
        for [first, last] in self.zones.iter().filter(|zone| zone[0] <= zone[1]) {
            tell(next, (*first).min(width), sum);
            for x in (*first).max(next)..last + 1 {
                sum += std::mem::take(&mut self.change[x]);
                tell(x, (x + 1).min(width), sum);
            }
            next = next.max(last + 1);
        }
    }
}
