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
        for row in extent.start / lines..(extent.end + lines - 1) / lines {
            work.zones.clear();
            let at = (row * lines).max(extent.start)..((row + 1) * lines).min(extent.end);
            match self.single() {
                Some(chain) => {
                    let part = (at.start - chain.first) as usize..(at.end - chain.first) as usize;
                    work.add_chain(&chain.low[part.clone()], &chain.high[part], self.width as f32);
                }
                None => {
                    let mut intervals = std::mem::take(&mut work.intervals);
                    for at in at {
                        self.intervals(at, &mut intervals);
                        for (i, [low, high]) in intervals.iter().enumerate() {
                            work.add(i, *low, *high, self.width as f32);
                        }
                    }
                    work.intervals = intervals;
                }
            }
            work.tell(row as usize, self.width, 1.0 / self.lines as f32, &mut sink);
        }
        self.work = work;
    }
}

impl Work {
    /// Adds the intervals of a row's scanlines, one each.
    fn add_chain(&mut self, lows: &[f32], highs: &[f32], width: f32) {
        if lows.is_empty() {
            return;
        }
        // Steep sides stay within a pixel for the whole row: then their mean says all.
        let within = |x: f32| x >= 0.0 && x <= width;
        let whole = lows.iter().zip(highs).all(|(low, high)| within(*low) && within(*high) && low < high);
        for (values, sign) in [(lows, 1.0), (highs, -1.0)] {
            let (first, last, sum) = values.iter().fold((f32::INFINITY, f32::NEG_INFINITY, 0.0), |(a, b, sum), x| {
                (if *x < a { *x } else { a }, if *x > b { *x } else { b }, sum + x)
            });
            if whole && first as usize == last as usize {
                let pixel = first as usize;
                let parts = sum - values.len() as f32 * pixel as f32;
                self.change[pixel] += sign * (values.len() as f32 - parts);
                self.change[pixel + 1] += sign * parts;
                self.zones.push([pixel, pixel + 1]);
            } else {
                let end = usize::from(sign < 0.0);
                for (low, high) in lows.iter().zip(highs) {
                    let (low, high) = (low.max(0.0), high.min(width));
                    if low < high {
                        self.add_end(end, if end == 0 { low } else { high }, sign);
                    }
                }
            }
        }
    }

    /// Adds the interval that is number `i` of its scanline.
    fn add(&mut self, i: usize, low: f32, high: f32, width: f32) {
        let (low, high) = (low.max(0.0), high.min(width));
        if low < high {
            self.add_end(2 * i, low, 1.0);
            self.add_end(2 * i + 1, high, -1.0);
        }
    }

    /// Adds a change of the covered share at x, which is end number `end` of its scanline.
    fn add_end(&mut self, end: usize, x: f32, sign: f32) {
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
