//! What a layer sees of the source, and where it sets strokes.

use rayon::prelude::*;
use scumble_core::Result;

use super::AdaptiveParams;
use super::walk::{Limits, Mark, Sight};
use crate::fields::{Fields, FieldsOptions, blur_canvas, density, points};
use crate::oklab::{self, Lab};
use crate::painters::board::Board;
use crate::painters::need::need;
use crate::painting::Point;

/// Deviation of the blur of a layer's reference, in radii: detail finer than the strokes would only make them short.
const BLUR: f32 = 0.25;
/// Deviation of the structure tensors' average, in radii, and the least in pixels at 512.
const SPREAD: [f32; 2] = [1.0, 3.0];
/// How many times as many strokes the busiest places get as flat ones: in the first layer, which covers the ground, and by
/// how much more from layer to layer: small strokes in a calm sky look like worms.
const BUSY: [f32; 2] = [4.0, 2.5];
/// Narrowest stroke, in radii.
const NARROW: f32 = 0.5;
/// Narrowest stroke, in pixels of the working copy.
const LEAST: f32 = 1.5;
/// Rounds of Lloyd's method: enough against clumps, and what follows is irregular anyway.
const ROUNDS: u32 = 2;

/// A layer's view.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    lab: Vec<Lab>,
    size: [usize; 2],
    fields: Fields,
    tolerance: f32,
    stretch: f32,
    /// Radius in pixels of the working copy.
    radius: f32,
    /// How far strokes may hang over the border.
    margin: f32,
    /// Strokes a pixel, wherever the layer before is near enough.
    crowd: Vec<f32>,
    /// Strokes a pixel.
    density: Vec<f32>,
}

impl Survey {
    pub fn new(board: &Board, params: &AdaptiveParams, layer: usize) -> Result<Self> {
        let u = board.unit();
        let radius = (params.radii[layer] as f32 * u).max(LEAST);
        let source = board.source()?;
        let reference = blur_canvas(&source, BLUR * radius);
        let spread = (SPREAD[0] * radius).max(SPREAD[1] * u) * params.direction_smoothing as f32;
        let options = FieldsOptions { blur: 0.0, spread, ..board.fields_options(&params.guides) };
        let fields = Fields::new(&reference, &options)?;
        let most = (params.fineness as f32 / (radius * radius)).min(1.0);
        let width = source.width();
        let crowd = density(fields.magnitudes(), width, [most / (BUSY[0] * BUSY[1].powi(layer as i32)), most], None);
        let mut density = crowd.clone();
        if layer > 0 {
            let need = need(&reference, &board.painted()?, radius / 4.0, params.threshold as f32);
            density.iter_mut().zip(need).for_each(|(density, need)| *density *= need);
        }
        board.favour(&mut density);
        let lab = reference.pixels().par_iter().map(|pixel| oklab::from_srgb(*pixel)).collect();
        let (tolerance, stretch) = (params.tolerance as f32, params.stretch as f32);
        // Soft edges of washes would leave the border light.
        let margin = if params.wash { radius } else { narrowest(radius) };
        Ok(Self { lab, size: board.size(), fields, tolerance, stretch, radius, margin, crowd, density })
    }

    /// Strokes at points drawn from the density, the largest first.
    pub fn marks(&self, seed: u64) -> Vec<Mark> {
        let anchors = points(&self.density, self.size[0], seed, ROUNDS);
        let mut marks: Vec<Mark> = anchors.par_iter().map(|anchor| self.mark(*anchor, self.narrowest())).collect();
        marks.sort_by(|a, b| b.area().total_cmp(&a.area()));
        marks
    }

    /// The narrowest stroke, in pixels.
    pub fn narrowest(&self) -> f32 {
        narrowest(self.radius)
    }

    /// The stroke at an anchor, at least `least` wide. Where anchors are crowded, strokes are narrower.
    pub fn mark(&self, anchor: Point, least: f32) -> Mark {
        let [x, y] = [0, 1].map(|i| (anchor[i].max(0.0) as usize).min(self.size[i] - 1));
        let crowd = self.crowd[y * self.size[0] + x].max(f32::MIN_POSITIVE);
        let most = (1.4 / crowd.sqrt()).clamp(self.narrowest(), 2.0 * self.radius).max(least);
        let sight = Sight {
            lab: &self.lab,
            size: self.size,
            fields: &self.fields,
            margin: self.margin,
            tolerance: self.tolerance,
        };
        sight.walk(anchor, Limits { widths: [least, most], stretch: self.stretch })
    }
}

/// The narrowest stroke of a radius, in pixels.
fn narrowest(radius: f32) -> f32 {
    (NARROW * radius).max(LEAST)
}
