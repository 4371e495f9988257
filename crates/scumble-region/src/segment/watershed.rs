//! What gradients enclose.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use scumble_paint::fields::{blur_canvas, gradient};
use serde::{Deserialize, Serialize};

use super::{NONE, Pixels, neighbours};
use crate::Labels;
use crate::forest::Forest;

/// Parameters of [`watershed`](watershed()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatershedParams {
    /// How deep a basin must be not to be one with its neighbour, in gradients: change of the encoded colour a pixel at 512,
    /// 0 to about 1.2; 0.02 is usual.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub depth: f64,
    /// Deviation of the Gaussian that smooths the picture before gradients are taken, in pixels at 512; 1 is usual.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub sigma: f64,
}

impl WatershedParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("depth", self.depth, 0.0, 2.0)?;
        within("sigma", self.sigma, 0.0, 32.0)
    }
}

/// Watershed of the length of gradients by flooding (Meyer 1991) from those minima that are deeper than `depth`, the h-minima
/// (Soille 2003). It finds more regions than one wants: what a [`MergeTree`](crate::MergeTree) begins with. Regions are
/// connected, without lines between them.
///
/// # Errors
/// As [`WatershedParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn watershed(picture: &Canvas, params: &WatershedParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let u = picture.size_unit();
    let gradients = gradient::of_picture(&blur_canvas(&pixels.picture, params.sigma as f32 * u));
    // Gradients a pixel fall as the picture grows.
    let heights: Vec<f32> = gradients.iter().map(|gradient| gradient.energy().sqrt() * u).collect();
    let mut order: Vec<u32> = (0..pixels.len() as u32).filter(|i| !pixels.is_hidden(*i as usize)).collect();
    order.sort_by_key(|i| heights[*i as usize].to_bits());
    let seeds = deep(&pixels, &heights, &order, params.depth as f32);
    pixels.labels(flooded(&pixels, &heights, &seeds))
}

/// The lowest pixel of each basin deeper than `depth`, and of each set of connected pixels. Basins fill as pixels come in
/// rising order; where two meet, the one that is less deep from there ends, if that is not deep enough.
fn deep(pixels: &Pixels, heights: &[f32], order: &[u32], depth: f32) -> Vec<u32> {
    // Sets are called by their lowest pixel.
    let mut forest = Forest::new(pixels.len());
    let mut reached = vec![false; pixels.len()];
    let mut is_deep = vec![false; pixels.len()];
    let height = |i: u32| heights[i as usize];
    for i in order {
        reached[*i as usize] = true;
        is_deep[*i as usize] = true;
        for next in neighbours(*i as usize, pixels.width, pixels.height).filter(|next| reached[*next]) {
            let (p, q) = (forest.find(*i), forest.find(next as u32));
            if p == q {
                continue;
            }
            let (low, high) = if (height(p), p) < (height(q), q) { (p, q) } else { (q, p) };
            if height(*i) - height(high) <= depth {
                is_deep[high as usize] = false;
            }
            forest.join(high, low);
        }
    }
    (0..pixels.len() as u32).filter(|i| is_deep[*i as usize]).collect()
}

/// A number for each seed, given to pixels in the order in which water reaches them.
fn flooded(pixels: &Pixels, heights: &[f32], seeds: &[u32]) -> Vec<u32> {
    let mut ids = vec![NONE; pixels.len()];
    let mut queue: BinaryHeap<Reverse<(u64, u32)>> = BinaryHeap::with_capacity(pixels.len());
    let mut found = 0u64;
    let mut at = |level: u32, pixel: u32| {
        found += 1;
        Reverse((u64::from(level) << 32 | found & u64::from(u32::MAX), pixel))
    };
    for (region, seed) in seeds.iter().enumerate() {
        ids[*seed as usize] = region as u32;
        queue.push(at(heights[*seed as usize].to_bits(), *seed));
    }
    while let Some(Reverse((rank, i))) = queue.pop() {
        let level = (rank >> 32) as u32;
        for next in neighbours(i as usize, pixels.width, pixels.height) {
            if ids[next] == NONE && !pixels.is_hidden(next) {
                ids[next] = ids[i as usize];
                // Water that flows down stays at its level.
                queue.push(at(level.max(heights[next].to_bits()), next as u32));
            }
        }
    }
    ids
}
