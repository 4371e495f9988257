//! Sums over spans of whole pixels, from sums over the beginnings of rows.

use std::ops::Range;

use crate::raster::Span;

/// Sums over whole pixels, weighted if there are weights: exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Number of pixels, or their weight.
    pub n: u64,
    /// Source, a channel.
    pub t: [u64; 3],
    /// Painting, a channel.
    pub b: [u64; 3],
    /// Source times painting, over the channels.
    pub tb: u64,
    /// Painting squared, over the channels.
    pub bb: u64,
}

/// For each row, the sums over its first pixels, none to all.
#[derive(Debug, Clone)]
pub struct Prefix {
    width: usize,
    /// t red, green, blue, b red, green, blue, t b, b b: two look-ups touch two short pieces of memory.
    cells: Vec<[u32; 8]>,
    weights: Option<Vec<u32>>,
    /// Rows whose sums fit together.
    chunk: usize,
}

impl Prefix {
    /// The largest weight of a pixel: with it, sums over rows of 1400 pixels fit.
    pub const MOST_WEIGHT: u8 = 15;

    /// Sums of a picture of the given size in which everything is 0, with weights up to [`Prefix::MOST_WEIGHT`], one a
    /// pixel, if there are any.
    pub fn new(width: usize, height: usize, weights: Option<&[u8]>) -> Self {
        let sums = |weights: &[u8]| {
            let rows = weights.chunks_exact(width);
            rows.flat_map(|row| {
                std::iter::once(0).chain(row.iter().scan(0, |sum, weight| {
                    *sum += u32::from(*weight);
                    Some(*sum)
                }))
            })
            .collect()
        };
        let most = if weights.is_some() { u32::from(Self::MOST_WEIGHT) } else { 1 };
        let row = (most * 3 * 255 * 255) as usize * width;
        let chunk = (u32::MAX as usize / row).max(1);
        Self { width, cells: vec![[0; 8]; (width + 1) * height], weights: weights.map(sums), chunk }
    }

    /// Takes in changed pixels of row `y`, from pixel `from` on to the row's end; all slices are whole rows.
    pub fn update(&mut self, y: usize, from: usize, source: &[[u8; 3]], painting: &[[u8; 3]], weights: Option<&[u8]>) {
        let row = &mut self.cells[y * (self.width + 1)..(y + 1) * (self.width + 1)];
        let mut sums = row[from];
        for x in from..self.width {
            let [t, b] = [source[x], painting[x]].map(|pixel| pixel.map(u32::from));
            let dot = |a: [u32; 3], b: [u32; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
            let terms = [t[0], t[1], t[2], b[0], b[1], b[2], dot(t, b), dot(b, b)];
            let weight = weights.map_or(1, |weights| u32::from(weights[x]));
            for (sum, term) in sums.iter_mut().zip(terms) {
                *sum += weight * term;
            }
            row[x + 1] = sums;
        }
    }

    /// The sums over spans: two look-ups each.
    pub fn sums(&self, spans: &[Span]) -> Sums {
        let (mut sums, mut n) = ([0u64; 8], 0);
        for spans in spans.chunks(self.chunk) {
            let (mut part, mut count) = ([0u32; 8], 0);
            for span in spans {
                let row = span.y as usize * (self.width + 1);
                let (from, to) = (&self.cells[row + span.start as usize], &self.cells[row + span.end as usize]);
                for i in 0..8 {
                    part[i] = part[i].wrapping_add(to[i].wrapping_sub(from[i]));
                }
                count += span.end - span.start;
            }
            for i in 0..8 {
                sums[i] += u64::from(part[i]);
            }
            n += u64::from(count);
        }
        if let Some(weights) = &self.weights {
            let weight = |span: &Span| {
                let row = span.y as usize * (self.width + 1);
                u64::from(weights[row + span.end as usize] - weights[row + span.start as usize])
            };
            n = spans.iter().map(weight).sum();
        }
        let [tr, tg, tb, br, bg, bb, cross, square] = sums;
        Sums { n, t: [tr, tg, tb], b: [br, bg, bb], tb: cross, bb: square }
    }

    /// The sums over pixels of one row.
    pub fn of_row(&self, y: usize, pixels: Range<usize>) -> Sums {
        self.sums(&[Span { y: y as u32, start: pixels.start as u32, end: pixels.end as u32 }])
    }
}
