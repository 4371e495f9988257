//! Regions as soft masks, for other methods.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::{Canvas, Filter, color, resize_planes};

use crate::Labels;

/// Width of a border's blur, as a share of the shorter side.
const FEATHER: f64 = 0.015;
/// Radius of the guided filter in pixels at 512, and its regulariser, of luma from 0 to 1.
const RADIUS: f64 = 8.0;
const EPSILON: f32 = 1e-3;

/// Soft masks of regions in the size of a picture: 1 inside, 0 outside, and in between where the border is not sharp in the
/// picture. At every pixel the masks of all regions add up to 1, but for rounding.
///
/// A region's pixels are blurred by 1.5 % of the shorter side, then drawn to the picture's edges by the guided filter (He, Sun,
/// Tang 2013).
#[derive(Debug)]
pub struct Masks<'a> {
    labels: &'a Labels,
    size: [usize; 2],
    guide: Guide,
    feather: usize,
}

impl<'a> Masks<'a> {
    /// Masks of a picture's regions, found at any size.
    pub fn new(picture: &Canvas, labels: &'a Labels) -> Self {
        let size = [picture.width(), picture.height()];
        let shorter = size[0].min(size[1]) as f64;
        let radius = (RADIUS * (shorter / 512.0).max(1.0)).round() as usize;
        let luma = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
        Self {
            labels,
            size,
            guide: Guide::new(luma, size, radius),
            feather: (FEATHER * shorter / 2.0).round() as usize,
        }
    }

    /// The mask of a region, one value from 0 to 1 for each of the picture's pixels.
    ///
    /// # Errors
    /// None of labels that are labels.
    pub fn mask(&self, region: u32) -> Result<Vec<f32>> {
        let hard: Vec<f32> = self.labels.ids().iter().map(|id| if *id == region { 1.0 } else { 0.0 }).collect();
        let [width, height] = self.size;
        let from = (self.labels.width(), self.labels.height());
        let mut soft = match (width, height) == from {
            true => hard,
            false => resize_planes(&hard, 1, from, (width, height), Filter::Bilinear)?,
        };
        // Three boxes are nearly a Gaussian.
        for _ in 0..3 {
            soft = boxed(&soft, self.size, self.feather);
        }
        let mut mask = self.guide.filtered(&soft);
        mask.iter_mut().for_each(|v| *v = v.clamp(0.0, 1.0));
        Ok(mask)
    }
}

/// A picture that masks are drawn to.
#[derive(Debug)]
struct Guide {
    values: Vec<f32>,
    size: [usize; 2],
    radius: usize,
    mean: Vec<f32>,
    variance: Vec<f32>,
}

impl Guide {
    fn new(values: Vec<f32>, size: [usize; 2], radius: usize) -> Self {
        let mean = boxed(&values, size, radius);
        let squares = boxed(&products(&values, &values), size, radius);
        let variance = squares.iter().zip(&mean).map(|(square, mean)| (square - mean * mean).max(0.0)).collect();
        Self { values, size, radius, mean, variance }
    }

    /// In every window the linear function of the guide nearest to the values; the mean of those that see a pixel.
    fn filtered(&self, values: &[f32]) -> Vec<f32> {
        let boxed = |values: &[f32]| boxed(values, self.size, self.radius);
        let (mean, both) = (boxed(values), boxed(&products(values, &self.values)));
        let slope: Vec<f32> =
            (0..mean.len()).map(|i| (both[i] - mean[i] * self.mean[i]) / (self.variance[i] + EPSILON)).collect();
        let start: Vec<f32> = (0..mean.len()).map(|i| mean[i] - slope[i] * self.mean[i]).collect();
        let (slope, start) = (boxed(&slope), boxed(&start));
        (0..mean.len()).map(|i| slope[i] * self.values[i] + start[i]).collect()
    }
}

fn products(a: &[f32], b: &[f32]) -> Vec<f32> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

/// Means over windows of `2 radius + 1` pixels a side, cut at the border.
fn boxed(values: &[f32], [width, height]: [usize; 2], radius: usize) -> Vec<f32> {
    let mut across = vec![0.0; values.len()];
    across.par_chunks_mut(width).zip(values.par_chunks(width)).for_each(|(out, row)| {
        let mut sum: f64 = row[..radius.min(width)].iter().map(|v| f64::from(*v)).sum();
        for (x, out) in out.iter_mut().enumerate() {
            sum += row.get(x + radius).map_or(0.0, |v| f64::from(*v));
            sum -= x.checked_sub(radius + 1).map_or(0.0, |before| f64::from(row[before]));
            *out = (sum / ((x + radius + 1).min(width) - x.saturating_sub(radius)) as f64) as f32;
        }
    });
    // Columns in blocks, so that rows are read whole.
    const BLOCK: usize = 64;
    let columns: Vec<Vec<f32>> = (0..width.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let xs = block * BLOCK..((block + 1) * BLOCK).min(width);
            let mut sums = vec![0.0f64; xs.len()];
            let row = |y: usize| &across[y * width + xs.start..y * width + xs.end];
            (0..radius.min(height))
                .for_each(|y| sums.iter_mut().zip(row(y)).for_each(|(sum, v)| *sum += f64::from(*v)));
            let mut out = Vec::with_capacity(xs.len() * height);
            for y in 0..height {
                if y + radius < height {
                    sums.iter_mut().zip(row(y + radius)).for_each(|(sum, v)| *sum += f64::from(*v));
                }
                if y > radius {
                    sums.iter_mut().zip(row(y - radius - 1)).for_each(|(sum, v)| *sum -= f64::from(*v));
                }
                let count = ((y + radius + 1).min(height) - y.saturating_sub(radius)) as f64;
                out.extend(sums.iter().map(|sum| (sum / count) as f32));
            }
            out
        })
        .collect();
    let mut out = vec![0.0; values.len()];
    out.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        for (part, column) in out.chunks_mut(BLOCK).zip(&columns) {
            let count = part.len();
            part.copy_from_slice(&column[y * count..(y + 1) * count]);
        }
    });
    out
}
