//! Refinement: the numbers of all strokes are changed together, along the gradient of the squared difference. Edges are wide at
//! first, which pulls from farther away, and as sharp as they are drawn in the end, where that is the gradient of what is
//! measured. The strokes' order stays.
//!
//! [`Renderer`] is the differentiable part and [`Descent`] moves strokes along its gradient, for any loss; [`Refine`] drives them
//! with the difference to a source.

mod adam;
mod cover;
mod descent;
mod mark;
mod params;
mod renderer;

use scumble_core::Result;
use scumble_image::Canvas;

pub use descent::Descent;
pub use mark::{Gradient, Mark, Quantity};
pub use params::RefineParams;
pub use renderer::Renderer;

use crate::Painting;
use crate::energy::{Polish, Stack};
use crate::painters::{Painter, StepReport, stack_of};

/// Steps of descent between looks at the painting with hard edges.
const LOOK: u32 = 10;
/// The width in pixels over which an edge's coverage rises where strokes are drawn.
const AS_DRAWN: f64 = 1.0;

/// A painting that is being refined. What it gives is never worse than the start: looks at the strokes with hard edges
/// decide what is kept.
#[derive(Debug, Clone)]
pub struct Refine {
    params: RefineParams,
    /// The best so far, and its squared difference.
    best: Painting,
    stack: Stack,
    descent: Descent,
    finished: bool,
}

impl Refine {
    /// Goes to work on a painting of a picture, as [`Relax`](crate::painters::Relax) does. Colours of a palette
    /// stay.
    ///
    /// # Errors
    /// As [`Relax::new`](crate::painters::Relax::new).
    pub fn new(painting: Painting, picture: &Canvas, importance: Option<&[f32]>, params: RefineParams) -> Result<Self> {
        params.validate()?;
        let stack = stack_of(&painting, picture, importance, params.work_px as usize)?;
        let [width, height] = stack.size();
        let descent = Descent::new(&painting, width, height, params.clone());
        Ok(Self { params, best: painting, stack, descent, finished: false })
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

    /// One step along the gradient of the difference to the source.
    fn descend(&mut self) {
        self.descent.soften(AS_DRAWN + (self.params.softness - AS_DRAWN) * self.descent.fall());
        let (source, weights) = (self.stack.source(), self.stack.weights());
        self.descent.step_by(|at, pixel| {
            let weight = weights.map_or(1.0, |weights| weights[at]);
            [0, 1, 2].map(|c| weight * (pixel[c] - source[at][c] / 255.0))
        });
    }

    /// Looks at the strokes with hard edges and solved colours, and keeps them if they are better.
    fn look(&mut self) {
        let mut painting = self.best.clone();
        self.descent.write(&mut painting);
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
        for _ in 0..LOOK.min(self.params.steps - self.descent.done()) {
            self.descend();
        }
        self.look();
        self.finished = self.descent.done() >= self.params.steps;
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.best
    }

    fn progress(&self) -> f64 {
        f64::from(self.descent.done()) / f64::from(self.params.steps.max(1))
    }
}
