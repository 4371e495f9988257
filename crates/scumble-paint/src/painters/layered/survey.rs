//! What a layer paints after, and where its strokes start and run.

use scumble_core::Result;
use scumble_image::Canvas;

use super::LayeredParams;
use crate::dice::Dice;
use crate::draw::noise::{mix, plane};
use crate::fields::{self, Fields, FieldsOptions};
use crate::painters::board::Board;
use crate::painting::{Colour, Point};

/// Deviation of the Gaussian whose difference to the picture is fine detail, in pixels at 512.
const FINE: f32 = 1.5;
/// Contrast of fine detail in levels at which the last layer paints as the others do. Noise and skies have less.
const CONTRAST: f32 = 12.0;
/// What is left of a difference where there is no fine detail, so that large mistakes are still mended.
const LEAST: f32 = 0.25;
/// A stroke ends where it would turn by more than about 70 degrees in a radius: it would fold.
const SHARP: f32 = 0.35;

/// How far strokes sway at most, in radians: with those around, and alone.
const SWAY: [f32; 2] = [1.1, 0.3];
/// How far from each other strokes sway alike, in radii.
const ALIKE: f32 = 6.0;
/// Radius in pixels at 512 from which strokes sway as far as they may: small ones draw forms.
const SWAYING: f32 = 8.0;

/// A layer's reference.
#[derive(Debug, Clone)]
pub(super) struct Survey {
    reference: Canvas,
    fields: Fields,
    /// How much a pixel's difference counts; all alike if absent.
    weights: Option<Vec<f32>>,
    /// Radius of the brush in pixels of the working copy.
    pub radius: f32,
    /// Side of the grid's cells in pixels.
    pub grid: usize,
    /// Mean difference at which a cell needs a stroke, as Euclidean distance of values from 0 to 1.
    threshold: f32,
    /// Share of the new direction in each step.
    curvature: f32,
    /// How far strokes sway.
    sway: f32,
    /// Whereby strokes of this layer sway.
    key: u64,
    /// Fewest and most steps of a radius.
    steps: [usize; 2],
}

impl Survey {
    pub fn new(board: &Board, params: &LayeredParams, layer: usize) -> Result<Self> {
        let u = board.unit();
        let radius = (params.radii[layer] as f32 * u).max(0.5);
        let source = board.source()?;
        let reference = fields::blur_canvas(&source, params.blur as f32 * radius);
        // The reference is blurred already, unless the layer asks for none at all.
        let options = FieldsOptions {
            blur: if params.blur > 0.0 { 0.0 } else { u },
            spread: (radius / 2.0).max(2.0 * u) * params.direction_smoothing as f32,
            ..board.fields_options(&params.guides)
        };
        let fields = Fields::new(&reference, &options)?;
        let is_last = layer > 0 && layer + 1 == params.radii.len();
        let fine = (is_last && params.detail > 0.0).then(|| {
            let detail = fields::detail(&source, FINE * u);
            let keep = params.detail as f32;
            let mut weights = fields::blur(&detail, source.width(), radius);
            for value in &mut weights {
                let present = (*value * 255.0 / CONTRAST).clamp(LEAST, 1.0);
                *value = 1.0 - keep * (1.0 - present);
            }
            weights
        });
        let most = board.easel.weights().and_then(|weights| weights.iter().max()).copied().unwrap_or(1);
        let important = board.easel.weights().map(|w| w.iter().map(|w| f32::from(*w) / f32::from(most)).collect());
        let weights: Option<Vec<f32>> = match (fine, important) {
            (Some(fine), Some(important)) => {
                let important: Vec<f32> = important;
                Some(fine.iter().zip(important).map(|(a, b)| a * b).collect())
            }
            (fine, important) => fine.or(important),
        };
        Ok(Self {
            reference,
            fields,
            weights,
            radius,
            grid: ((params.grid as f32 * radius).round() as usize).max(1),
            threshold: params.threshold as f32 / 255.0,
            curvature: params.curvature as f32,
            sway: params.sway as f32 * (params.radii[layer] as f32 / SWAYING).min(1.0),
            key: mix(params.seed ^ mix(layer as u64)),
            steps: [params.min_length, params.max_length].map(|v| v as usize),
        })
    }

    /// The pixel of a cell that differs most, if the cell differs enough on the mean. With `may_be_bare`, a bare pixel comes
    /// first, however little it differs.
    pub fn start(&self, board: &Board, [x, y]: [usize; 2], may_be_bare: bool) -> Option<[usize; 2]> {
        let [width, height] = board.size();
        let (mut sum, mut count) = (0.0, 0.0f32);
        let (mut worst, mut worst_bare) = ((-1.0, [x, y]), (-1.0, None));
        for y in y..(y + self.grid).min(height) {
            for x in x..(x + self.grid).min(width) {
                let i = y * width + x;
                let weight = self.weights.as_ref().map_or(1.0, |weights| weights[i]);
                let error = weight * distance(self.reference.pixels()[i], painted(board, i));
                sum += error;
                count += 1.0;
                if error > worst.0 {
                    worst = (error, [x, y]);
                }
                if may_be_bare && error > worst_bare.0 && board.is_bare(i) {
                    worst_bare = (error, Some([x, y]));
                }
            }
        }
        worst_bare.1.or((sum > self.threshold * count).then_some(worst.1))
    }

    /// The control points of a stroke that starts at a pixel, and the reference's colour there.
    pub fn grown(&self, board: &Board, start: [usize; 2], dice: &mut Dice) -> (Vec<Point>, Colour) {
        let [width, height] = board.size();
        let pixel = |at: Point| at[1] as usize * width + at[0] as usize;
        // Either way along the edge.
        let forward = dice.unit() < 0.5;
        let (most, alone) = match self.sway {
            0.0 => (self.steps[1], 0.0),
            sway => {
                let least = self.steps[0].min(self.steps[1]) as f32;
                let most = self.steps[1] as f32 * (1.0 - sway * dice.unit());
                (most.max(least).round() as usize, SWAY[1] * sway * dice.normal())
            }
        };
        let mut at = start.map(|v| v as f32 + 0.5);
        let colour = self.reference.pixels()[pixel(at)];
        let mut points = vec![at];
        let mut last: Option<[f32; 2]> = None;
        for step in 0..most {
            let reference = self.reference.pixels()[pixel(at)];
            if step >= self.steps[0] && distance(reference, painted(board, pixel(at))) < distance(reference, colour) {
                break;
            }
            let Some(way) = self.turned(self.along(at, alone), last, forward) else { break };
            let next = [at[0] + self.radius * way[0], at[1] + self.radius * way[1]];
            if !(next[0] >= 0.0 && next[1] >= 0.0 && next[0] < width as f32 && next[1] < height as f32) {
                break;
            }
            points.push(next);
            (at, last) = (next, Some(way));
        }
        (points, colour)
    }

    /// The direction at a point: the edges', from which strokes sway where that is not the point's own.
    fn along(&self, [x, y]: Point, alone: f32) -> [f32; 2] {
        let [tx, ty] = self.fields.tangent(x, y);
        let own = self.fields.own(x, y);
        let free = 1.0 - (own * own).max(self.fields.guided(x, y).min(1.0));
        if self.sway == 0.0 || free == 0.0 {
            return [tx, ty];
        }
        let wave = |octave: f32| {
            let length = ALIKE * self.radius / octave;
            plane(self.key ^ octave as u64, x / length, y / length) - 0.5
        };
        let together = SWAY[0] * self.sway * (1.4 * wave(1.0) + 0.6 * wave(2.0));
        let (sin, cos) = (free * (together + alone)).sin_cos();
        [tx * cos - ty * sin, tx * sin + ty * cos]
    }

    /// The way of the next step; none if it would fold.
    fn turned(&self, tangent: [f32; 2], last: Option<[f32; 2]>, forward: bool) -> Option<[f32; 2]> {
        let Some(last) = last else { return Some(if forward { tangent } else { tangent.map(|v| -v) }) };
        let along = tangent[0] * last[0] + tangent[1] * last[1];
        let sign = 1.0f32.copysign(along);
        let mixed = [0, 1].map(|k| self.curvature * sign * tangent[k] + (1.0 - self.curvature) * last[k]);
        let length = mixed[0].hypot(mixed[1]);
        let way = mixed.map(|v| v / length);
        (length > 0.0 && way[0] * last[0] + way[1] * last[1] >= SHARP).then_some(way)
    }
}

/// The painting's colour at a pixel, as it is judged.
fn painted(board: &Board, i: usize) -> Colour {
    board.judged().painting()[i].map(|v| f32::from(v) / 255.0)
}

fn distance(a: Colour, b: Colour) -> f32 {
    let [r, g, b] = [0, 1, 2].map(|c| a[c] - b[c]);
    (r * r + g * g + b * b).sqrt()
}
