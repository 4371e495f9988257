//! Random phase noise with the autocorrelation of a region's pixels.

use rustfft::num_complex::Complex;
use scumble_core::{Error, Result};
use scumble_image::Canvas;

use super::rectangle::{Rectangle, crop};
use crate::colours::Axes;
use crate::exemplar;
use crate::fft::Fft2;
use crate::parallel;
use crate::phase::phases;
use crate::planes::Planes;

/// Share of a region's pixels that must have a partner at a distance for that distance to count, fully from twice as
/// many on; of fewer, chance makes the correlation.
const PAIRS: f64 = 0.05;
/// The stages under which the phases of the three channels are drawn.
const PHASES: u64 = 0x006d_6173_6b00;

/// Random phase noise from the pixels where `mask` says so, one value a pixel of the picture; the rest of the picture
/// does not matter. The spectrum is that of the pixels' autocorrelation, `corr(fm, fm) / corr(m, m)`, fading out with
/// distance; channels are colours along the principal axes of the region's, each with phases of its own, so that
/// colours are correlated at a pixel as in the region, but channels of different pixels are not. Mean and covariance of
/// the region's colours are kept, but for clamping to 0 to 1. `size` is width and height in pixels; the result is
/// opaque and tileable.
///
/// # Errors
/// `Fault::Input` if the mask does not fit the picture or holds no pixel; `Fault::Limit` if a side of `size` is 0 or
/// the texture too large.
pub fn masked_phase(picture: &Canvas, mask: &[bool], size: [usize; 2], seed: u64) -> Result<Canvas> {
    super::check_mask(picture, mask)?;
    exemplar::check_size(size)?;
    let bounds = bounds(mask, picture.width())
        .ok_or_else(|| Error::input("the region has no pixels").hint("choose a region that covers some"))?;
    let planes = Planes::of(&crop(picture, bounds)?);
    let weights: Vec<f64> = (0..bounds.width * bounds.height)
        .map(|i| {
            let (x, y) = (bounds.x + i % bounds.width, bounds.y + i / bounds.width);
            f64::from(u8::from(mask[y * picture.width() + x]))
        })
        .collect();
    let axes = Axes::weighted(&planes, |i| weights[i]);
    let lags = Lags::new(&weights, [bounds.width, bounds.height]);
    let out = Fft2::new(size[0], size[1]);
    let mut stage = PHASES;
    let mut channels = axes.along(&planes).map(|channel| {
        let noise = lags.noise(&channel, &weights, &out, [seed, stage]);
        stage += 1;
        noise
    });
    decorrelate(&mut channels);
    axes.picture(size, &channels).to_canvas()
}

/// Takes from each channel what it shares by chance with stronger ones, and makes up for its variance.
fn decorrelate(channels: &mut [Vec<f64>; 3]) {
    let product = |a: &[f64], b: &[f64]| {
        let [sum] = parallel::sums(a.len(), |block| [block.map(|i| a[i] * b[i]).sum()]);
        sum
    };
    let powers = channels.each_ref().map(|channel| product(channel, channel));
    let mut order = [0, 1, 2];
    order.sort_by(|a, b| powers[*b].total_cmp(&powers[*a]));
    for (rank, weaker) in order.into_iter().enumerate() {
        let mut left = std::mem::take(&mut channels[weaker]);
        for stronger in order[..rank].iter().map(|i| &channels[*i]) {
            let power = product(stronger, stronger);
            let share = if power > 0.0 { product(stronger, &left) / power } else { 0.0 };
            parallel::each(&mut left, |i, v| *v -= share * stronger[i]);
        }
        let power = product(&left, &left);
        if power > 0.0 {
            let scale = (powers[weaker] / power).sqrt();
            parallel::each(&mut left, |_, v| *v *= scale);
        }
        channels[weaker] = left;
    }
}

/// The smallest rectangle around the mask's pixels.
fn bounds(mask: &[bool], width: usize) -> Option<Rectangle> {
    let inside = || mask.iter().enumerate().filter(|(_, inside)| **inside).map(|(i, _)| (i % width, i / width));
    let (left, right) = (inside().map(|(x, _)| x).min()?, inside().map(|(x, _)| x).max()?);
    let (top, bottom) = (inside().map(|(_, y)| y).min()?, inside().map(|(_, y)| y).max()?);
    Some(Rectangle { x: left, y: top, width: right - left + 1, height: bottom - top + 1 })
}

/// How many pairs of pixels there are at each distance.
struct Lags {
    /// Twice as large as the region, so that nothing is wrapped around.
    fft: Fft2,
    size: [usize; 2],
    pairs: Vec<f64>,
    count: f64,
}

impl Lags {
    fn new(weights: &[f64], size: [usize; 2]) -> Self {
        let lags =
            Self { fft: Fft2::new(2 * size[0], 2 * size[1]), size, pairs: Vec::new(), count: weights.iter().sum() };
        Self { pairs: lags.correlation(weights), ..lags }
    }

    /// The sums of products of a plane's values at each distance.
    fn correlation(&self, plane: &[f64]) -> Vec<f64> {
        let mut padded = vec![0.0; self.fft.area()];
        for (row, wide) in plane.chunks_exact(self.size[0]).zip(padded.chunks_exact_mut(2 * self.size[0])) {
            wide[..row.len()].copy_from_slice(row);
        }
        let mut spectrum = self.fft.spectrum(&padded);
        parallel::each(&mut spectrum, |_, value| *value = Complex::new(value.norm_sqr(), 0.0));
        self.fft.plane(spectrum)
    }

    /// A plane of the autocorrelation of a channel, whose mean over the region is 0.
    fn noise(&self, channel: &[f64], weights: &[f64], out: &Fft2, [seed, stage]: [u64; 2]) -> Vec<f64> {
        let inside: Vec<f64> = channel.iter().zip(weights).map(|(v, w)| v * w).collect();
        let products = self.correlation(&inside);
        let variance = parallel::sum(&inside, |v| v * v) / self.count;
        let mut folded = vec![0.0; out.area()];
        for (i, (product, pairs)) in products.iter().zip(&self.pairs).enumerate() {
            let enough = (pairs / (PAIRS * self.count) - 1.0).clamp(0.0, 1.0);
            if enough == 0.0 {
                continue;
            }
            let (x, y) = (i % self.fft.width(), i / self.fft.width());
            let at = place(y, self.fft.height(), out.height()) * out.width() + place(x, self.fft.width(), out.width());
            folded[at] += enough * product / pairs * fade(x, self.fft.width()) * fade(y, self.fft.height());
        }
        // The power at each wave; rounding and the fading leave some of it negative.
        let mut power: Vec<f64> = out.spectrum(&folded).iter().map(|value| value.re.max(0.0)).collect();
        power[0] = 0.0;
        let total = parallel::sum(&power, |v| v);
        let share = if total > 0.0 { variance / total } else { 0.0 };
        let scale = share * (out.area() as f64).powi(2);
        let mut spectrum = phases(out, seed, stage);
        parallel::each(&mut spectrum, |i, value| *value *= (power[i] * scale).sqrt());
        out.plane(spectrum)
    }
}

/// Where a distance lies in a picture of another length, around its ends.
fn place(lag: usize, of: usize, length: usize) -> usize {
    if lag * 2 < of { lag % length } else { (length - (of - lag) % length) % length }
}

/// Weight of a distance: a raised cosine that ends at the region's own length, beyond which there are no pairs.
fn fade(lag: usize, of: usize) -> f64 {
    let share = lag.min(of - lag) as f64 / (of as f64 / 2.0);
    0.5 + 0.5 * (std::f64::consts::PI * share).cos()
}
