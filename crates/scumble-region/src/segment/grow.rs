//! Growing regions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use scumble_paint::fields::{blur_canvas, gradient};
use scumble_paint::oklab::{self, Lab};
use serde::{Deserialize, Serialize};

use super::{NONE, Pixels, neighbours};
use crate::{Labels, labels};

/// Parameters of [`grow`](grow()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowParams {
    /// How far a pixel's colour may be from the region's mean, in Oklab; 0.08 is usual.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub threshold: f64,
    /// Where regions begin, in pixels from the left and the top; without any, seeds are found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seeds: Vec<[f64; 2]>,
}

impl GrowParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("threshold", self.threshold, 0.0, 2.0)
    }
}

/// Seeded region growing (Adams, Bischof 1994): of all pixels beside regions, the one nearest to its region's mean colour
/// joins it, until none is within the threshold. Regions of seeds that are given grow at once, and each connected part of
/// what they did not reach is a region; a seed on a hidden pixel, or on that of another seed, begins none. Without seeds one
/// region grows after the other, each from the pixel of least gradient that belongs to none. Regions are connected.
///
/// # Errors
/// As [`GrowParams::validate`], and for seeds outside the picture; `Fault::Input` if no pixel is seen.
pub fn grow(picture: &Canvas, params: &GrowParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let mut growth = Growth::new(&pixels, params.threshold as f32);
    if params.seeds.is_empty() {
        let gradients = gradient::of_picture(&blur_canvas(&pixels.picture, picture.size_unit()));
        let mut order: Vec<u32> = (0..pixels.len() as u32).collect();
        order.sort_by(|p, q| gradients[*p as usize].energy().total_cmp(&gradients[*q as usize].energy()));
        order.into_iter().for_each(|i| growth.from(&[i as usize]));
        return pixels.labels(growth.ids);
    }
    let seeds: Result<Vec<usize>> = params.seeds.iter().map(|seed| place(*seed, &pixels)).collect();
    growth.from(&seeds?);
    // What no seed reached has no number; parts of it get one each.
    let (parts, _) = labels::components(&growth.ids, pixels.width);
    pixels.labels(parts)
}

/// The pixel that holds a point.
fn place([x, y]: [f64; 2], pixels: &Pixels) -> Result<usize> {
    let inside = |v: f64, side: usize| v >= 0.0 && v < side as f64;
    if inside(x, pixels.width) && inside(y, pixels.height) {
        return Ok(y as usize * pixels.width + x as usize);
    }
    let error = format!("seed ({x}, {y}) is outside the picture of {}×{} pixels", pixels.width, pixels.height);
    Err(Error::parameter(error))
}

/// Regions while they grow.
struct Growth<'a> {
    pixels: &'a Pixels<'a>,
    threshold: f32,
    ids: Vec<u32>,
    /// Of each region how many pixels it has and the sum of their colours.
    regions: Vec<(f64, [f64; 3])>,
    /// Candidates: distance and order in which they were found, pixel and region.
    queue: BinaryHeap<Reverse<(u64, u64)>>,
    found: u64,
}

impl<'a> Growth<'a> {
    fn new(pixels: &'a Pixels<'a>, threshold: f32) -> Self {
        let ids = vec![NONE; pixels.len()];
        Self { pixels, threshold, ids, regions: Vec::new(), queue: BinaryHeap::new(), found: 0 }
    }

    /// Grows a region from each of `seeds` that belongs to none, until nothing is near enough.
    fn from(&mut self, seeds: &[usize]) {
        for seed in seeds {
            if self.ids[*seed] == NONE && !self.pixels.is_hidden(*seed) {
                self.regions.push((0.0, [0.0; 3]));
                self.take(*seed, self.regions.len() - 1);
            }
        }
        while let Some(Reverse((_, candidate))) = self.queue.pop() {
            let (i, region) = ((candidate >> 32) as usize, (candidate & u64::from(u32::MAX)) as usize);
            if self.ids[i] == NONE && self.distance(i, region) <= self.threshold {
                self.take(i, region);
            }
        }
    }

    fn distance(&self, i: usize, region: usize) -> f32 {
        let (count, sums) = self.regions[region];
        let mean: Lab = sums.map(|sum| (sum / count) as f32);
        oklab::distance(self.pixels.at(i), mean)
    }

    fn take(&mut self, i: usize, region: usize) {
        self.ids[i] = region as u32;
        let (count, sums) = &mut self.regions[region];
        *count += 1.0;
        sums.iter_mut().zip(self.pixels.at(i)).for_each(|(sum, v)| *sum += f64::from(v));
        for next in neighbours(i, self.pixels.width, self.pixels.height) {
            if self.ids[next] != NONE || self.pixels.is_hidden(next) {
                continue;
            }
            let distance = self.distance(next, region);
            if distance <= self.threshold {
                // Of equally near ones the first found; bits of floats that are not negative are in order.
                let rank = u64::from(distance.to_bits()) << 32 | self.found & u64::from(u32::MAX);
                self.queue.push(Reverse((rank, (next as u64) << 32 | region as u64)));
                self.found += 1;
            }
        }
    }
}
