//! Pixels as points.

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

use super::KMeansParams;
use crate::segment::{Pixels, energies};

/// The most coordinates: 3 of colour, 2 of place, 12 of texture.
pub(super) const MOST: usize = 17;

/// Points, one coordinate after the other.
pub(super) struct Space {
    /// One value a point; at most [`MOST`] planes.
    pub planes: Vec<Vec<f32>>,
}

impl Space {
    /// The pixels that are seen.
    pub fn new(picture: &Canvas, pixels: &Pixels, params: &KMeansParams) -> Result<Self> {
        let seen: Option<Vec<u32>> =
            pixels.hidden().map(|_| (0..pixels.len() as u32).filter(|i| !pixels.is_hidden(*i as usize)).collect());
        let taken = |plane: &[f32]| match &seen {
            Some(seen) => seen.iter().map(|i| plane[*i as usize]).collect(),
            None => plane.to_vec(),
        };
        let mut planes: Vec<Vec<f32>> = pixels.lab.iter().map(|plane| taken(plane)).collect();
        if params.texture > 0.0 {
            let mut texture: Vec<Vec<f32>> =
                energies(pixels, picture.size_unit())?.iter().map(|plane| taken(plane)).collect();
            texture.par_iter_mut().for_each(|plane| normalise(std::slice::from_mut(plane), 1.0));
            // Weights are those of variances.
            normalise(&mut planes, (1.0 - params.texture).sqrt());
            normalise(&mut texture, params.texture.sqrt());
            planes.append(&mut texture);
        }
        if params.position > 0.0 {
            let scale = params.position as f32 / pixels.width.max(pixels.height) as f32;
            let across: Vec<f32> = (0..pixels.len()).map(|i| (i % pixels.width) as f32 * scale).collect();
            let down: Vec<f32> = (0..pixels.len()).map(|i| (i / pixels.width) as f32 * scale).collect();
            planes.extend([taken(&across), taken(&down)]);
        }
        Ok(Self { planes })
    }

    /// How many points there are.
    pub fn len(&self) -> usize {
        self.planes.first().map_or(0, Vec::len)
    }

    /// Some of the points.
    pub fn take(&self, points: &[u32]) -> Self {
        let take = |plane: &Vec<f32>| points.iter().map(|i| plane[*i as usize]).collect();
        Self { planes: self.planes.iter().map(take).collect() }
    }

    /// A point's coordinates.
    pub fn at(&self, i: usize) -> Vec<f32> {
        self.planes.iter().map(|plane| plane[i]).collect()
    }
}

/// Scales planes to a mean of 0 and to a common deviation whose square is that of all planes. Flat ones stay flat.
fn normalise(planes: &mut [Vec<f32>], deviation: f64) {
    let mut variance = 0.0;
    for plane in &mut *planes {
        let count = plane.len().max(1) as f64;
        let mean = plane.iter().map(|v| f64::from(*v)).sum::<f64>() / count;
        plane.iter_mut().for_each(|v| *v -= mean as f32);
        variance += plane.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>() / count;
    }
    // Below that, differences are rounding.
    let scale = if variance > 1e-9 { (deviation / variance.sqrt()) as f32 } else { 0.0 };
    planes.iter_mut().flatten().for_each(|v| *v *= scale);
}
