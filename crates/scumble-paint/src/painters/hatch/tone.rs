//! How dense a layer's lines are, and which way they go.

use scumble_core::Result;
use scumble_image::{Canvas, color};

use super::HatchParams;
use super::lines::Ground;
use crate::fields::{Fields, FieldsOptions, blur};
use crate::painting::Point;

/// Deviation in pixels at 512 of the blur of the tones: lines cannot show finer ones.
const BLUR: f32 = 1.0;
/// Deviation in pixels at 512 of the structure tensors' average: hatching follows forms, not their texture.
const SPREAD: f32 = 6.0;
/// The same for lines along edges.
const EDGE_SPREAD: f32 = 1.5;
/// Deviation in pixels at 512 of the inner Gaussian that finds edges.
const EDGE: f32 = 1.0;
/// Difference of Gaussians of luma at which a line along an edge begins, and is at its densest.
const EDGES: [f32; 2] = [0.006, 0.02];
/// Density of lines below which there are none: they would look lost.
const LIGHT: f32 = 0.12;
/// Difference of luma that ends a line.
const STEP: f32 = 0.16;
/// Mean length of the gradient at which lines follow the picture by half.
const RELIEF: f32 = 0.01;
/// Turns of the layers in degrees: the second crosses the first, the third both.
const TURNS: [f32; 4] = [0.0, 60.0, -60.0, 30.0];

/// Luma below which the broad side of the pencil shades; the turn of its lines in degrees, and the difference of luma that ends one.
const SHADED: f32 = 0.97;
const SHADE_TURN: f32 = 12.0;
const SHADE_STEP: f32 = 0.08;

/// What lines are for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Pass {
    /// Broad ones below all others.
    Shade,
    /// Those of a tone, by its number.
    Tone(usize),
    /// Those along edges.
    Edges,
}

/// What all layers see.
#[derive(Debug, Clone)]
pub(super) struct View {
    size: [usize; 2],
    luma: Vec<f32>,
    fields: Fields,
    /// Gradients' mean length.
    relief: Vec<f32>,
    edge_fields: Fields,
    edges: Vec<f32>,
}

impl View {
    /// Of a picture whose unit is `u` pixels. Hatching follows the guides, lines along edges do not.
    pub fn new(picture: &Canvas, u: f32, smoothing: f32, guided: &FieldsOptions) -> Result<Self> {
        let size = [picture.width(), picture.height()];
        let sharp: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
        let at = |sigma: f32| blur(&sharp, size[0], sigma * u);
        let (inner, outer) = (at(EDGE), at(1.6 * EDGE));
        let [least, most] = EDGES;
        // Positive on the dark side of an edge.
        let edges =
            inner.iter().zip(&outer).map(|(inner, outer)| ((outer - inner - least) / (most - least)).clamp(0.0, 1.0));
        let fields = |spread: f32, options: FieldsOptions| {
            Fields::new(picture, &FieldsOptions { spread: spread * smoothing * u, ..options })
        };
        let (fields, edge_fields) = (fields(SPREAD, guided.clone())?, fields(EDGE_SPREAD, FieldsOptions::new(u))?);
        let relief = blur(fields.magnitudes(), size[0], SPREAD * u / 2.0);
        Ok(Self { size, luma: at(BLUR), fields, relief, edge_fields, edges: edges.collect() })
    }

    /// The tone of a pass. Its densest lines are `spacing` pixels apart.
    pub fn pass(&self, params: &HatchParams, pass: Pass, spacing: f32) -> Tone<'_> {
        let rest = (params.angle as f32).to_radians();
        let tone = |density: Vec<f32>, turn: f32, step: f32| Tone {
            view: self,
            fields: &self.fields,
            density,
            spacing,
            rest,
            form: params.form as f32,
            turn: turn.to_radians(),
            step,
        };
        match pass {
            Pass::Shade => {
                let density = self.luma.iter().map(|luma| f32::from(*luma < SHADED)).collect();
                tone(density, SHADE_TURN, SHADE_STEP)
            }
            Pass::Tone(layer) => {
                let from = params.tones[layer];
                let to = params.tones.get(layer + 1).copied().unwrap_or(from / 4.0) as f32;
                let (from, range) = (from as f32, (from as f32 - to).max(1e-3));
                let density = self.luma.iter().map(|luma| ((from - luma) / range).clamp(0.0, 1.0)).collect();
                tone(density, TURNS[layer % TURNS.len()], STEP)
            }
            Pass::Edges => {
                let density = self.edges.iter().map(|edge| edge * params.outline as f32).collect();
                Tone { fields: &self.edge_fields, rest: 0.0, form: 1.0, ..tone(density, 0.0, 1.0) }
            }
        }
    }
}

/// A layer of lines.
pub(super) struct Tone<'a> {
    view: &'a View,
    fields: &'a Fields,
    /// 0 where there are no lines to 1 where they are densest.
    density: Vec<f32>,
    spacing: f32,
    /// Direction where the picture has none, in radians.
    rest: f32,
    form: f32,
    /// By how much lines are turned, in radians.
    turn: f32,
    /// Difference of luma that ends a line.
    step: f32,
}

impl Tone<'_> {
    /// Seeds a pixel, `crowd` times as many as lines of a length can stand there.
    pub fn seeds(&self, length: f32, crowd: f32) -> Vec<f32> {
        let full = crowd / (self.spacing * length);
        self.density.iter().map(|density| if *density < LIGHT { 0.0 } else { (density * full).min(1.0) }).collect()
    }

    /// How dense lines are at a point, from 0 (none) to 1.
    pub fn density(&self, at: Point) -> f32 {
        self.pixel(at).map_or(0.0, |i| self.density[i])
    }

    fn pixel(&self, [x, y]: Point) -> Option<usize> {
        let [width, height] = self.view.size;
        let inside = x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32;
        inside.then(|| y as usize * width + x as usize)
    }
}

impl Ground for Tone<'_> {
    fn spacing(&self, at: Point) -> Option<f32> {
        let density = self.density[self.pixel(at)?];
        (density >= LIGHT).then(|| self.spacing / density)
    }

    fn along(&self, [x, y]: Point) -> Point {
        let [tx, ty] = self.fields.tangent(x, y);
        let relief = self.pixel([x, y]).map_or(0.0, |i| self.view.relief[i]);
        let follow = (self.form * relief / (relief + RELIEF)).max(self.fields.guided(x, y).min(1.0));
        let follow = self.fields.coherence(x, y) * follow;
        // Directions without a sign are averaged at doubled angles.
        let (sin, cos) = (2.0 * self.rest).sin_cos();
        let rest = 1.0 - follow;
        let doubled = [follow * (tx * tx - ty * ty) + rest * cos, follow * 2.0 * tx * ty + rest * sin];
        let (sin, cos) = (doubled[1].atan2(doubled[0]) / 2.0 + self.turn).sin_cos();
        [cos, sin]
    }

    fn joins(&self, from: Point, to: Point) -> bool {
        let luma = |at: Point| self.pixel(at).map(|i| self.view.luma[i]);
        luma(from).zip(luma(to)).is_some_and(|(a, b)| (a - b).abs() < self.step)
    }
}
