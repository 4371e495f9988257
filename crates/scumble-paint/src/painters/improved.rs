//! A painter whose painting is improved when it is finished.

use std::borrow::Cow;

use scumble_core::Result;
use scumble_image::Canvas;

use super::relax::RelaxParams;
use super::{Painter, Relax, StepReport};
use crate::Painting;
use crate::refine::{Refine, RefineParams};

/// Share of the work that a sweep of relaxation and a step of refinement are, beside one for the painter; for estimates
/// alone.
const SWEEP: f64 = 2.0;
const REFINE_STEP: f64 = 0.1;

/// What is done to a painting when its painter has ended.
pub type Finishing<'a> = Box<dyn Fn(&mut Painting) -> Result<()> + Send + 'a>;

/// A painter, then relaxation, then refinement.
pub struct Improved<'a> {
    picture: Cow<'a, Canvas>,
    importance: Option<Cow<'a, [f32]>>,
    relax: RelaxParams,
    refine: RefineParams,
    finishing: Finishing<'a>,
    stage: Stage<'a>,
}

/// What is at work.
enum Stage<'a> {
    Painter(Box<dyn Painter + Send + 'a>),
    Relax(Box<Relax>),
    Refine(Box<Refine>),
    Done(Box<Painting>),
}

impl<'a> Improved<'a> {
    /// A painter of a picture, whose painting will be relaxed and refined; no sweeps and no steps leave these out.
    pub fn new(
        painter: Box<dyn Painter + Send + 'a>,
        picture: Cow<'a, Canvas>,
        importance: Option<Cow<'a, [f32]>>,
        relax: RelaxParams,
        refine: RefineParams,
    ) -> Self {
        Self { picture, importance, relax, refine, finishing: Box::new(|_| Ok(())), stage: Stage::Painter(painter) }
    }

    /// The same, with something done between the painter and relaxation.
    #[must_use]
    pub fn finishing(self, finishing: Finishing<'a>) -> Self {
        Self { finishing, ..self }
    }

    /// The picture that strokes shall come near to.
    pub fn picture(&self) -> &Canvas {
        &self.picture
    }

    /// The whole work, that of the painter alone being 1; for estimates.
    pub fn work(&self) -> f64 {
        1.0 + self.relaxing() + self.refining()
    }

    fn relaxing(&self) -> f64 {
        SWEEP * f64::from(self.relax.sweeps)
    }

    fn refining(&self) -> f64 {
        REFINE_STEP * f64::from(self.refine.steps)
    }

    /// Begins the stage after the one that has ended.
    fn advance(&mut self) -> Result<()> {
        let mut painting = self.painting().clone();
        let ended = match &self.stage {
            Stage::Painter(_) => {
                (self.finishing)(&mut painting)?;
                0
            }
            Stage::Relax(_) => 1,
            Stage::Refine(_) | Stage::Done(_) => 2,
        };
        let importance = self.importance.as_deref();
        self.stage = if ended < 1 && self.relax.sweeps > 0 {
            Stage::Relax(Box::new(Relax::new(painting, &self.picture, importance, self.relax.clone())?))
        } else if ended < 2 && self.refine.steps > 0 {
            Stage::Refine(Box::new(Refine::new(painting, &self.picture, importance, self.refine.clone())?))
        } else {
            Stage::Done(Box::new(painting))
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

    fn shown(&self) -> Cow<'_, Painting> {
        let Stage::Painter(painter) = &self.stage else { return Cow::Borrowed(self.painting()) };
        let mut painting = painter.painting().clone();
        match (self.finishing)(&mut painting) {
            Ok(()) => Cow::Owned(painting),
            // Nothing is painted yet.
            Err(_) => Cow::Borrowed(painter.painting()),
        }
    }

    fn progress(&self) -> f64 {
        let done = match &self.stage {
            Stage::Painter(painter) => painter.progress(),
            Stage::Relax(at) => 1.0 + self.relaxing() * at.progress(),
            Stage::Refine(at) => 1.0 + self.relaxing() + self.refining() * at.progress(),
            Stage::Done(_) => self.work(),
        };
        done / self.work()
    }
}
