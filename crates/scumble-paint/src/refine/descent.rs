//! The numbers of all strokes, changed together along the gradient of any loss.

use super::adam::Adam;
use super::{Gradient, Mark, Quantity, RefineParams, Renderer};
use crate::Painting;

/// Turns: a step of this many pixels at the end of an arm of this many pixels, at least.
const LEAST_ARM: f64 = 4.0;
/// The least width or half size in pixels.
const LEAST_SIZE: f64 = 0.5;

/// Gradient descent (Adam) on a painting's strokes; their order stays, and with a palette their colours.
#[derive(Debug, Clone)]
pub struct Descent {
    params: RefineParams,
    renderer: Renderer,
    /// Pixels a unit of the painting's frame.
    scale: [f64; 2],
    /// The longest a stroke may be, in pixels.
    most: f64,
    marks: Vec<Mark>,
    moments: Vec<Vec<Adam>>,
    free_colours: bool,
    done: u32,
}

impl Descent {
    /// Begins with the strokes of a painting, drawn on `width`×`height` pixels.
    pub fn new(painting: &Painting, width: usize, height: usize, params: RefineParams) -> Self {
        let scale = [width as f64 / f64::from(painting.width), height as f64 / f64::from(painting.height)];
        let marks: Vec<Mark> = painting.strokes.iter().map(|stroke| Mark::new(stroke, scale)).collect();
        let moments = marks.iter().map(|mark| vec![Adam::default(); mark.values.len() + 4]).collect();
        let renderer = Renderer::new(width, height, painting.background.map(f64::from), params.softness);
        let (most, free_colours) = ((width + height) as f64, painting.palette.is_empty());
        Self { params, renderer, scale, most, marks, moments, free_colours, done: 0 }
    }

    /// The picture, red, green and blue from 0 to 1, row by row.
    pub fn pixels(&self) -> Vec<[f64; 3]> {
        self.renderer.pixels(&self.marks)
    }

    /// Steps done.
    pub fn done(&self) -> u32 {
        self.done
    }

    /// One step of all numbers, against the derivatives of a loss by the picture's values.
    pub fn step(&mut self, by_pixels: &[[f64; 3]]) {
        self.step_along(&self.renderer.backward(&self.marks, by_pixels));
    }

    /// One step against a loss that is a sum over pixels: `slope` tells its derivatives by a pixel, from the pixel's place in
    /// the row by row order and its colour.
    pub(super) fn step_by(&mut self, slope: impl Fn(usize, [f64; 3]) -> [f64; 3] + Sync) {
        self.step_along(&self.renderer.gradients(&self.marks, slope));
    }

    fn step_along(&mut self, gradients: &[Gradient]) {
        let fall = self.fall();
        self.done += 1;
        for (at, gradient) in gradients.iter().enumerate() {
            self.step_mark(at, gradient, fall);
        }
    }

    /// What is left of the first steps' length: from 1 to 0 along a cosine.
    pub(super) fn fall(&self) -> f64 {
        let done = f64::from(self.done) / f64::from(self.params.steps.max(1));
        0.5 + 0.5 * (done.min(1.0) * std::f64::consts::PI).cos()
    }

    /// Changes the width of edges, in pixels.
    pub(super) fn soften(&mut self, softness: f64) {
        self.renderer.soften(softness);
    }

    fn step_mark(&mut self, at: usize, gradient: &Gradient, fall: f64) {
        let (mark, moments) = (&mut self.marks[at], &mut self.moments[at]);
        let quantities = mark.quantities();
        let arm = if quantities.contains(&Quantity::Angle) { mark.values[2].max(mark.values[3]) } else { 0.0 };
        for (i, quantity) in quantities.iter().enumerate() {
            let rate = match quantity {
                Quantity::Place => self.params.point_rate,
                Quantity::Size => self.params.size_rate,
                Quantity::Angle => self.params.point_rate / arm.max(LEAST_ARM),
            };
            let value = &mut mark.values[i];
            *value += moments[i].step(gradient.values[i], rate * fall, self.done);
            if *quantity == Quantity::Size {
                *value = value.clamp(LEAST_SIZE, self.most);
            }
        }
        let paint = moments.len() - 4;
        let rate = self.params.colour_rate * fall;
        for c in 0..if self.free_colours { 3 } else { 0 } {
            let step = moments[paint + c].step(gradient.colour[c], rate, self.done);
            mark.colour[c] = (mark.colour[c] + step).clamp(0.0, 1.0);
        }
        if self.params.solve_alpha {
            let step = moments[paint + 3].step(gradient.alpha, rate, self.done);
            mark.alpha = (mark.alpha + step).clamp(1.0 / 255.0, 1.0);
        }
    }

    /// Writes the strokes into the painting they come from, or one of the same strokes.
    pub fn write(&self, painting: &mut Painting) {
        for (stroke, mark) in painting.strokes.iter_mut().zip(&self.marks) {
            mark.write(stroke, self.scale);
        }
    }
}
