//! A source and the painting of it at the size of the search.

use std::ops::Range;

use super::{Moments, Prefix};
use crate::raster::{Run, Scan};

/// How many times as much it counts where a wash makes the painting too dark: washes above it can mend what is too light alone.
const TOO_DARK: f64 = 8.0;
/// Rounds in which a wash's colour is solved.
const ROUNDS: usize = 4;

/// A source, its painting, both in levels, and the sums that proposals need, kept up to date stroke by stroke.
#[derive(Debug, Clone)]
pub struct Easel {
    width: usize,
    height: usize,
    source: Vec<[u8; 3]>,
    painting: Vec<[u8; 3]>,
    weights: Option<Vec<u8>>,
    prefix: Prefix,
    sse: u64,
}

impl Easel {
    /// A source of `width` pixels a row on a ground of one colour, with weights from 0 to [`Prefix::MOST_WEIGHT`], one
    /// a pixel, if not all pixels count the same.
    pub fn new(width: usize, source: Vec<[u8; 3]>, weights: Option<Vec<u8>>, ground: [u8; 3]) -> Self {
        let height = source.len() / width;
        let painting = vec![ground; source.len()];
        let prefix = Prefix::new(width, height, weights.as_deref());
        let mut easel = Self { width, height, source, painting, weights, prefix, sse: 0 };
        for y in 0..height {
            easel.update_row(y, 0);
        }
        easel.sse = easel.measured_sse();
        easel
    }

    /// Width in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// The source's pixels.
    pub fn source(&self) -> &[[u8; 3]] {
        &self.source
    }

    /// The pixels' weights, if not all count the same.
    pub fn weights(&self) -> Option<&[u8]> {
        self.weights.as_deref()
    }

    /// The painting's pixels.
    pub fn painting(&self) -> &[[u8; 3]] {
        &self.painting
    }

    /// The row prefix sums.
    pub fn prefix(&self) -> &Prefix {
        &self.prefix
    }

    /// The weighted sum of squared differences over pixels and channels, in levels; kept stroke by stroke, exact.
    pub fn sse(&self) -> u64 {
        self.sse
    }

    /// [`Easel::sse`], computed anew.
    pub fn measured_sse(&self) -> u64 {
        (0..self.source.len()).map(|i| self.error(i, self.painting[i])).sum()
    }

    /// The sum of the pixels' weights: their number, if all count the same.
    pub fn weight(&self) -> u64 {
        self.weights.as_ref().map_or(self.source.len() as u64, |w| w.iter().map(|w| u64::from(*w)).sum())
    }

    /// Peak signal-to-noise ratio in dB, weighted; infinite if nothing differs.
    pub fn psnr(&self) -> f64 {
        let most = self.weight() as f64 * 3.0 * 255.0 * 255.0;
        if self.sse == 0 { f64::INFINITY } else { -10.0 * (self.sse as f64 / most).log10() }
    }

    /// The weighted squared difference of pixel `i` of the row-by-row order, if it had the given colour.
    pub(crate) fn error(&self, i: usize, colour: [u8; 3]) -> u64 {
        let differences = self.source[i].into_iter().zip(colour).map(|(t, b)| u64::from(t.abs_diff(b)));
        differences.map(|d| d * d).sum::<u64>() * self.weight_of(i)
    }

    fn weight_of(&self, i: usize) -> u64 {
        self.weights.as_ref().map_or(1, |weights| u64::from(weights[i]))
    }

    /// The moments of the scan's shape by coverage.
    pub fn moments(&self, scan: &mut Scan) -> Moments {
        let mut moments = Moments::default();
        scan.runs(|run| {
            if run.cover == 1.0 && run.end - run.start > 2 {
                moments.add_sums(&self.prefix.of_row(run.y, run.start..run.end));
            } else {
                for i in self.pixels(&run) {
                    let (t, b) = (self.source[i], self.painting[i]);
                    moments.add(self.weight_of(i) as f64, f64::from(run.cover), t, b);
                }
            }
        });
        moments
    }

    /// Lays the scan's shape if that lowers the sum of squared differences; says whether it did.
    pub fn lay_if_better(&mut self, scan: &mut Scan, colour: [u8; 3], alpha: u8) -> bool {
        let (mut before, mut after) = (0, 0);
        scan.runs(|run| {
            for i in self.pixels(&run) {
                before += self.error(i, self.painting[i]);
                after += self.error(i, covered(self.painting[i], colour, alpha, run.cover));
            }
        });
        if after < before {
            self.lay(scan, colour, alpha);
        }
        after < before
    }

    /// Lays the scan's shape.
    pub fn lay(&mut self, scan: &mut Scan, colour: [u8; 3], alpha: u8) {
        self.change(scan, |below, cover| covered(below, colour, alpha, cover));
    }

    /// The colour of a wash, one of `palette` unless that is empty, and by how much it changes the sum of squared differences, of
    /// which those of pixels that are too dark count [`TOO_DARK`] times. `cover` are the pixels it covers, each with its share. A
    /// wash turns `b` into `b − a b (1 − c)`, so that each channel's `c` follows by least squares, repeated with the weights that
    /// it leads to.
    pub fn wash(&self, cover: &[(usize, f32)], alpha: u8, palette: &[[u8; 3]]) -> ([u8; 3], f64) {
        let alpha = f64::from(alpha) / 255.0;
        if let Some(first) = palette.first() {
            let changes =
                palette.iter().map(|colour| (*colour, self.washed(cover, alpha, colour.map(absorbed)).change));
            return changes.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((*first, 0.0));
        }
        let mut colour = [255; 3];
        for _ in 0..ROUNDS {
            let sums = self.washed(cover, alpha, colour.map(absorbed));
            colour = [0, 1, 2].map(|c| {
                let share = if sums.square[c] > 0.0 { (sums.linear[c] / sums.square[c]).clamp(0.0, 1.0) } else { 0.0 };
                ((1.0 - share) * 255.0).round() as u8
            });
        }
        (colour, self.washed(cover, alpha, colour.map(absorbed)).change)
    }

    /// What a wash that absorbs these shares of light does, and the sums for a better one.
    fn washed(&self, cover: &[(usize, f32)], alpha: f64, shares: [f64; 3]) -> Washed {
        let mut sums = Washed::default();
        let weight_of = |error: f64| if error < 0.0 { TOO_DARK } else { 1.0 };
        for (i, cover) in cover {
            let (weight, a) = (self.weight_of(*i) as f64, alpha * f64::from(*cover));
            for (c, share) in shares.iter().enumerate() {
                let (t, b) = (f64::from(self.source[*i][c]), f64::from(self.painting[*i][c]));
                let (before, after) = (b - t, b - a * b * share - t);
                let counts = weight * weight_of(after);
                sums.linear[c] += counts * a * b * before;
                sums.square[c] += counts * a * a * b * b;
                sums.change += counts * after * after - weight * weight_of(before) * before * before;
            }
        }
        sums
    }

    /// Lays a wash on the pixels that it covers, row by row from the left, each by its share.
    pub fn lay_wash(&mut self, cover: &[(usize, f32)], colour: [u8; 3], alpha: u8) {
        let width = self.width;
        for row in cover.chunk_by(|a, b| a.0 / width == b.0 / width) {
            for (i, cover) in row {
                let share = f32::from(alpha) / 255.0 * cover;
                self.set(
                    *i,
                    [0, 1, 2].map(|c| {
                        let (b, c) = (f32::from(self.painting[*i][c]), f32::from(colour[c]) / 255.0);
                        (b - share * b * (1.0 - c) + 0.5) as u8
                    }),
                );
            }
            self.update_row(row[0].0 / width, row[0].0 % width);
        }
    }

    fn set(&mut self, i: usize, new: [u8; 3]) {
        self.sse = self.sse - self.error(i, self.painting[i]) + self.error(i, new);
        self.painting[i] = new;
    }

    /// Changes the pixels of the scan's shape, each by its covered share.
    fn change(&mut self, scan: &mut Scan, mix: impl Fn([u8; 3], f32) -> [u8; 3]) {
        // The row at hand and its first changed pixel; a row's runs come from the left.
        let mut row = None;
        scan.runs(|run| {
            if row.is_none_or(|(y, _)| y != run.y)
                && let Some((y, from)) = row.replace((run.y, run.start))
            {
                self.update_row(y, from);
            }
            for i in self.pixels(&run) {
                self.set(i, mix(self.painting[i], run.cover));
            }
        });
        if let Some((y, from)) = row {
            self.update_row(y, from);
        }
    }

    fn update_row(&mut self, y: usize, from: usize) {
        let row = y * self.width..(y + 1) * self.width;
        let weights = self.weights.as_ref().map(|weights| &weights[row.clone()]);
        self.prefix.update(y, from, &self.source[row.clone()], &self.painting[row], weights);
    }

    fn pixels(&self, run: &Run) -> Range<usize> {
        run.y * self.width + run.start..run.y * self.width + run.end
    }
}

/// Sums over a wash.
#[derive(Debug, Default)]
struct Washed {
    /// Per channel Σ w a b (b − t).
    linear: [f64; 3],
    /// Per channel Σ w a² b².
    square: [f64; 3],
    /// Of the weighted squared differences.
    change: f64,
}

/// The share of light that a wash's channel absorbs.
fn absorbed(level: u8) -> f64 {
    1.0 - f64::from(level) / 255.0
}

/// A pixel after a share of it was covered.
fn covered(below: [u8; 3], colour: [u8; 3], alpha: u8, cover: f32) -> [u8; 3] {
    let a = f32::from(alpha) / 255.0 * cover;
    let mix = |b: u8, c: u8| {
        let b = f32::from(b);
        (b + a * (f32::from(c) - b) + 0.5) as u8
    };
    [0, 1, 2].map(|i| mix(below[i], colour[i]))
}
