//! A source and the painting of it at the size of the search.

use std::ops::Range;

use super::{Moments, Prefix};
use crate::raster::{Run, Scan};

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
        // The row at hand and its first changed pixel; a row's runs come from the left.
        let mut row = None;
        scan.runs(|run| {
            if row.is_none_or(|(y, _)| y != run.y)
                && let Some((y, from)) = row.replace((run.y, run.start))
            {
                self.update_row(y, from);
            }
            for i in self.pixels(&run) {
                let new = covered(self.painting[i], colour, alpha, run.cover);
                self.sse = self.sse - self.error(i, self.painting[i]) + self.error(i, new);
                self.painting[i] = new;
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

/// A pixel after a share of it was covered.
fn covered(below: [u8; 3], colour: [u8; 3], alpha: u8, cover: f32) -> [u8; 3] {
    let a = f32::from(alpha) / 255.0 * cover;
    let mix = |b: u8, c: u8| {
        let b = f32::from(b);
        (b + a * (f32::from(c) - b) + 0.5) as u8
    };
    [0, 1, 2].map(|i| mix(below[i], colour[i]))
}
