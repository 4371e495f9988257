//! Refinement: the numbers of all strokes are changed together, along the gradient of the squared difference at several
//! scales. Their order stays.
//!
//! [`Renderer`] is the differentiable part, for any loss; [`Refine`] drives it with the difference to a source.

mod adam;
mod cover;
mod loss;
mod mark;
mod params;
mod renderer;

use scumble_core::Result;
use scumble_image::Canvas;

pub use mark::{Gradient, Mark, Quantity};
pub use params::RefineParams;
pub use renderer::Renderer;

use self::adam::Adam;
use crate::Painting;
use crate::energy::{Polish, Stack};
use crate::painters::{Painter, StepReport, stack_of};

/// Steps of descent between looks at the painting with hard edges.
const LOOK: u32 = 10;
/// Turns: a step of this many pixels at the end of an arm of this many pixels, at least.
const LEAST_ARM: f64 = 4.0;
/// The least width or half size in pixels.
const LEAST_SIZE: f64 = 0.5;

/// A painting that is being refined. What it gives is never worse than the start: looks at the strokes with hard edges
/// decide what is kept.
#[derive(Debug, Clone)]
pub struct Refine {
    params: RefineParams,
    /// The best so far, and its squared difference.
    best: Painting,
    stack: Stack,
    renderer: Renderer,
    scale: [f64; 2],
    marks: Vec<Mark>,
    moments: Vec<Vec<Adam>>,
    done: u32,
    finished: bool,
}

impl Refine {
    /// Goes to work on a painting of a picture, as [`Relax`](crate::painters::Relax) does. A palette is not kept to.
    ///
    /// # Errors
    /// As [`Relax::new`](crate::painters::Relax::new).
    pub fn new(painting: Painting, picture: &Canvas, importance: Option<&[f32]>, params: RefineParams) -> Result<Self> {
        params.validate()?;
        let stack = stack_of(&painting, picture, importance, params.work_px as usize)?;
        let [width, height] = stack.size();
        let scale = [width as f64 / f64::from(painting.width), height as f64 / f64::from(painting.height)];
        let marks: Vec<Mark> = painting.strokes.iter().map(|stroke| Mark::new(stroke, scale)).collect();
        let moments = marks.iter().map(|mark| vec![Adam::default(); mark.values.len() + 4]).collect();
        let renderer = Renderer::new(width, height, painting.background.map(f64::from), params.softness);
        Ok(Self { params, best: painting, stack, renderer, scale, marks, moments, done: 0, finished: false })
    }

    /// Where the best painting stands.
    pub fn report(&self) -> StepReport {
        let sse = self.stack.sse().round() as u64;
        StepReport { strokes: self.best.strokes.len(), sse, psnr: self.stack.psnr() }
    }

    /// The best painting.
    pub fn into_painting(self) -> Painting {
        self.best
    }

    /// One step of all numbers.
    fn descend(&mut self) {
        let pixels = self.renderer.pixels(&self.marks);
        let source = self.stack.source();
        let differences: Vec<[f64; 3]> =
            pixels.iter().zip(source).map(|(b, t)| [0, 1, 2].map(|c| b[c] - t[c] / 255.0)).collect();
        let by_pixels = loss::by_pixels(&differences, self.stack.weights(), self.stack.size()[0]);
        let gradients = self.renderer.backward(&self.marks, &by_pixels);
        let left = f64::from(self.done) / f64::from(self.params.steps.max(1));
        let fall = 0.5 + 0.5 * (left * std::f64::consts::PI).cos();
        self.done += 1;
        let size = self.stack.size().map(|side| side as f64);
        for ((mark, gradient), moments) in self.marks.iter_mut().zip(&gradients).zip(&mut self.moments) {
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
                    *value = value.clamp(LEAST_SIZE, size[0] + size[1]);
                }
            }
            let paint = moments.len() - 4;
            let rate = self.params.colour_rate * fall;
            for c in 0..3 {
                let step = moments[paint + c].step(gradient.colour[c], rate, self.done);
                mark.colour[c] = (mark.colour[c] + step).clamp(0.0, 1.0);
            }
            if self.params.solve_alpha {
                let step = moments[paint + 3].step(gradient.alpha, rate, self.done);
                mark.alpha = (mark.alpha + step).clamp(1.0 / 255.0, 1.0);
            }
        }
    }

    /// Looks at the strokes with hard edges and solved colours, and keeps them if they are better.
    fn look(&mut self) {
        let mut painting = self.best.clone();
        for (stroke, mark) in painting.strokes.iter_mut().zip(&self.marks) {
            mark.write(stroke, self.scale);
        }
        let mut stack = self.stack.with_strokes(&painting);
        if self.best.palette.is_empty() {
            stack.polish_colours(Polish::USUAL);
        }
        if stack.sse() < self.stack.sse() && painting.check().is_ok() {
            for (stroke, coat) in painting.strokes.iter_mut().zip(stack.coats()) {
                stroke.colour = coat.colour.map(|v| (v / 255.0) as f32);
            }
            self.best = painting;
            self.stack = stack;
        }
    }
}

impl Painter for Refine {
    /// Some steps of descent, and a look.
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.finished || self.best.strokes.is_empty() {
            return Ok(None);
        }
        for _ in 0..LOOK.min(self.params.steps - self.done) {
            self.descend();
        }
        self.look();
        self.finished = self.done == self.params.steps;
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.best
    }
}
