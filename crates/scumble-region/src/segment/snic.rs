//! Superpixels in one pass.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use schemars::JsonSchema;
use scumble_core::Result;
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::{LAB, NONE, Pixels, neighbours, slic};
use crate::{Labels, labels};

/// Parameters of [`snic`](snic()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SnicParams {
    /// About how many regions; one a pixel at most.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
    /// How even regions are in shape, at the cost of edges; in differences of CIELAB: 10 follows edges closely,
    /// 25 is calmer where there is texture.
    #[schemars(range(min = 0.01, max = 1000.0))]
    pub compactness: f64,
}

impl SnicParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        slic::check(self.count, self.compactness)
    }
}

/// A region while it grows: pixels, sums of colours and positions.
#[derive(Clone, Copy, Default)]
struct Region {
    count: f64,
    sums: [f64; 5],
}

/// Simple non-iterative clustering (Achanta, Süsstrunk 2017): of all pixels beside regions, the nearest to its region joins
/// it, by the distance of [`slic`](super::slic()) to the mean of colours and positions so far. Regions are connected.
///
/// # Errors
/// As [`SnicParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn snic(picture: &Canvas, params: &SnicParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let grid = Grid::new(&pixels, params.count);
    let weight = (params.compactness as f32 / LAB / grid.step).powi(2);
    let width = pixels.width;
    let features = |i: usize| {
        let [light, a, b] = pixels.at(i);
        [light, a, b, (i % width) as f32, (i / width) as f32]
    };

    let mut ids = vec![NONE; pixels.len()];
    let mut regions = vec![Region::default(); grid.seeds.len()];
    // Distance and order in which they were found, pixel and region.
    let mut queue: BinaryHeap<Reverse<(u64, u64)>> = BinaryHeap::with_capacity(pixels.len());
    let mut found = 0u64;
    let mut candidate = |distance: f32, pixel: usize, region: usize| {
        found += 1;
        let rank = u64::from(distance.to_bits()) << 32 | found & u64::from(u32::MAX);
        Reverse((rank, (pixel as u64) << 32 | region as u64))
    };
    queue.extend(grid.seeds.iter().enumerate().map(|(region, seed)| candidate(0.0, *seed, region)));
    while let Some(Reverse((_, packed))) = queue.pop() {
        let (i, name) = ((packed >> 32) as usize, (packed & u64::from(u32::MAX)) as usize);
        if ids[i] != NONE {
            continue;
        }
        ids[i] = name as u32;
        let region = &mut regions[name];
        region.count += 1.0;
        region.sums.iter_mut().zip(features(i)).for_each(|(sum, v)| *sum += f64::from(v));
        let mean = region.sums.map(|sum| (sum / region.count) as f32);
        for next in neighbours(i, width, pixels.height).filter(|next| ids[*next] == NONE) {
            if pixels.is_hidden(next) {
                continue;
            }
            let [light, a, b, x, y] = features(next);
            let colour = (light - mean[0]).powi(2) + (a - mean[1]).powi(2) + (b - mean[2]).powi(2);
            let distance = colour + weight * ((x - mean[3]).powi(2) + (y - mean[4]).powi(2));
            queue.push(candidate(distance, next, name));
        }
    }
    // Parts cut off by hidden pixels may hold no seed; each is a region.
    let (parts, _) = labels::components(&ids, width);
    pixels.labels(parts)
}
