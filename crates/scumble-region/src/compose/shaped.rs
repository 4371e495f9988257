//! Shapes in the places of regions, where they make the picture better.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_paint::painting::{Colour, Geometry, Painting};

use super::cell::Cover;
use super::segmented::Segmented;
use crate::Labels;

/// How many times more it counts where a shape makes worse what is not its region's.
const OUTSIDE: f64 = 2.0;

/// What lies on the painting so far, beside the picture, at the size of the work.
pub(super) struct Canopy<'a> {
    picture: &'a Canvas,
    seen: Canvas,
    cover: Cover,
    /// The region of each pixel.
    ids: &'a [u32],
    /// How much each pixel counts.
    weights: &'a [f32],
}

impl<'a> Canopy<'a> {
    pub fn new(painting: &Painting, segmented: &'a Segmented, labels: &'a Labels) -> Result<Self> {
        let Segmented { picture, weights, .. } = segmented;
        let (width, height) = (picture.width(), picture.height());
        let scale = [width as f32 / painting.width, height as f32 / painting.height];
        let (seen, cover) = (draw(painting, width, height)?, Cover::new(width, height, scale));
        Ok(Self { picture, seen, cover, ids: labels.ids(), weights })
    }

    /// Whether what a geometry of some colour covers would be no farther from the picture than it is: detail counts more, and
    /// what gets worse outside of its region even more, so that no wall lies on a face.
    pub fn improves(&mut self, geometry: &Geometry, colour: Colour, region: usize) -> bool {
        let width = self.picture.width();
        let (picture, seen) = (self.picture.pixels(), self.seen.pixels());
        let mut change = 0.0f64;
        self.cover.of(geometry, |run| {
            let row = run.y * width;
            for i in row + run.start..row + run.end {
                let own = square(picture[i], colour) - square(picture[i], seen[i]);
                let outside = if own > 0.0 && self.ids[i] as usize != region { OUTSIDE } else { 1.0 };
                change += outside * f64::from(run.cover * self.weights[i]) * own;
            }
        });
        change <= 0.0
    }

    /// Lays it.
    pub fn lay(&mut self, geometry: &Geometry, colour: Colour) {
        let width = self.picture.width();
        let seen = self.seen.rgb_mut().as_chunks_mut::<3>().0;
        self.cover.of(geometry, |run| {
            let row = run.y * width;
            for pixel in &mut seen[row + run.start..row + run.end] {
                for (v, colour) in pixel.iter_mut().zip(colour) {
                    *v += run.cover * (colour - *v);
                }
            }
        });
    }
}

fn square(a: Colour, b: Colour) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2)).sum()
}
