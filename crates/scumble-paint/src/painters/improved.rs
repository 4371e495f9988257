//! A painter whose painting is improved when it is finished.

use scumble_core::Result;
use scumble_image::Canvas;

use super::relax::RelaxParams;
use super::{Painter, Relax, StepReport};
use crate::Painting;
use crate::refine::{Refine, RefineParams};

/// Share of the work that a sweep of relaxation and a step of refinement are, beside one for the painter; for estimates
/// alone.
const SWEEP: f64 = 0.4;
const REFINE_STEP: f64 = 0.04;

/// A painter, then relaxation, then refinement.
pub struct Improved<'a> {
    picture: &'a Canvas,
    importance: Option<&'a [f32]>,
    relax: RelaxParams,
    refine: RefineParams,
    stage: Stage<'a>,
}

/// What is at work.
enum Stage<'a> {
    Painter(Box<dyn Painter + Send + 'a>),
    Relax(Box<Relax>),
    Refine(Box<Refine>),
    Done(Painting),
}

impl<'a> Improved<'a> {
    /// A painter of a picture, whose painting will be relaxed and refined; no sweeps and no steps leave these out.
    pub fn new(
        painter: Box<dyn Painter + Send + 'a>,
        picture: &'a Canvas,
        importance: Option<&'a [f32]>,
        relax: RelaxParams,
        refine: RefineParams,
    ) -> Self {
        Self { picture, importance, relax, refine, stage: Stage::Painter(painter) }
    }

    /// Begins the stage after the one that has ended.
    fn advance(&mut self) -> Result<()> {
        let ended = match &self.stage {
            Stage::Painter(_) => 0,
            Stage::Relax(_) => 1,
            Stage::Refine(_) | Stage::Done(_) => 2,
        };
        let painting = self.painting().clone();
        self.stage = if ended < 1 && self.relax.sweeps > 0 {
            Stage::Relax(Box::new(Relax::new(painting, self.picture, self.importance, self.relax.clone())?))
        } else if ended < 2 && self.refine.steps > 0 {
            Stage::Refine(Box::new(Refine::new(painting, self.picture, self.importance, self.refine.clone())?))
        } else {
            Stage::Done(painting)
        };
        Ok(())
    }
}

impl Painter for Improved<'_> {
    fn step(&mut self) -> Result<Option<StepReport>> {
        loop {
            let report = match &mut self.stage {
                Stage::Painter(painter) => painter.step()?,
                Stage::Relax(relax) => relax.step()?,
                Stage::Refine(refine) => refine.step()?,
                Stage::Done(_) => return Ok(None),
            };
            if report.is_some() {
                return Ok(report);
            }
            self.advance()?;
        }
    }

    fn painting(&self) -> &Painting {
        match &self.stage {
            Stage::Painter(painter) => painter.painting(),
            Stage::Relax(relax) => relax.painting(),
            Stage::Refine(refine) => refine.painting(),
            Stage::Done(painting) => painting,
        }
    }

    fn progress(&self) -> f64 {
        let relax = SWEEP * f64::from(self.relax.sweeps);
        let refine = REFINE_STEP * f64::from(self.refine.steps);
        let done = match &self.stage {
            Stage::Painter(painter) => painter.progress(),
            Stage::Relax(at) => 1.0 + relax * at.progress(),
            Stage::Refine(at) => 1.0 + relax + refine * at.progress(),
            Stage::Done(_) => 1.0 + relax + refine,
        };
        done / (1.0 + relax + refine)
    }
}
