//! Texture synthesis.

use scumble_core::{Control, Error, Event, Observer, Plan, Result, Stage, Step};
use scumble_image::{Canvas, Depth, color};
use scumble_texture::{TextureParams, memory, size, synthesise};

use super::Made;
use crate::End;
use crate::checkpoint::State;
use crate::environment::Environment;
use crate::pictures::Reader;
use crate::recipe::Recipe;
use crate::system;

/// Steps that a run is shown to have.
const PARTS: usize = 100;

/// Levels of brightness, of 256, within which the middle half of an exemplar's pixels lies that can hardly follow a guide: ten of
/// a brick wall's, whose quilt shows no photo, 52 of gravel's, whose quilt does.
const EVEN_LEVELS: f32 = 16.0;
/// What is said of such an exemplar.
const EVEN: &str = "the exemplar is of nearly one brightness, and can hardly show the guide";

/// A texture that can begin.
#[derive(Debug)]
pub(super) struct Work {
    exemplar: Canvas,
    guide: Option<Canvas>,
    params: TextureParams,
    plan: Plan,
}

impl Work {
    /// Opens what the recipe names, fills in checksums, and refuses what needs more memory than there is.
    pub fn prepare(
        recipe: &mut Recipe,
        params: TextureParams,
        environment: &Environment,
        mut reader: Reader<'_>,
    ) -> Result<(Self, Depth)> {
        let mut exemplars = reader.styles(&recipe.styles)?;
        recipe.styles = exemplars.iter().map(|(style, _)| style.clone()).collect();
        if exemplars.len() > 1 {
            return Err(Error::parameter(format!("texture takes one exemplar, {} are given", exemplars.len())));
        }
        let Some((_, exemplar)) = exemplars.pop() else {
            return Err(Error::parameter("no exemplar is given").hint("name the picture of which there shall be more"));
        };
        let guide = recipe.content.as_mut().map(|guide| reader.picture(guide, "--guide")).transpose()?;
        let guide = guide.map(|guide| guide.canvas);
        let [width, height] = size(&exemplar.canvas, guide.as_ref(), &params)?;
        let held = system::resident();
        if let Some(budget) = environment.memory.bytes(held) {
            memory::fit(&exemplar.canvas, guide.as_ref(), &params, budget.saturating_sub(held))?;
        }
        let plan = Plan { stages: vec![Stage { width, height, steps: PARTS }], step_costs: vec![1.0] };
        Ok((Self { exemplar: exemplar.canvas, guide, params, plan }, exemplar.depth))
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// A texture is made at once; a checkpoint of one holds nothing but its recipe.
    pub fn run(
        &self,
        observer: &mut (dyn Observer + Send),
        after_step: &mut (dyn FnMut(State<'_>, bool) + Send),
    ) -> Result<Made> {
        let mut control = observer.event(&Event::Plan(&self.plan));
        if self.guide.is_some() && even(&self.exemplar) {
            observer.event(&Event::Note(EVEN));
        }
        let mut trace = Vec::new();
        let made = synthesise(&self.exemplar, self.guide.as_ref(), &self.params, &mut |done| {
            let step = ((done * PARTS as f64).floor() as usize).clamp(1, PARTS);
            if trace.last().is_none_or(|last: &Step| last.step < step) {
                let step = self.step(step, trace.len() + 1);
                control = if control == Control::Continue { observer.event(&Event::Step(&step)) } else { control };
                trace.push(step);
                after_step(State::Texture, control != Control::Continue);
            }
            control == Control::Continue
        })?;
        if let Some(reason) = &made.reason {
            observer.event(&Event::Note(reason));
        }
        let end = match control {
            Control::Continue => End::Finished,
            Control::StopAndKeep if !trace.is_empty() => End::Stopped,
            _ => End::Cancelled,
        };
        Ok(Made { canvas: made.canvas, painting: None, trace, end })
    }

    fn step(&self, step: usize, total_step: usize) -> Step {
        let Stage { width, height, steps } = self.plan.stages[0];
        Step { stage: 0, step, steps, total_step, width, height, loss: 0.0, parts: Vec::new(), strokes: None }
    }
}

/// Whether half of the exemplar's opaque pixels, the middle ones by brightness, are nearly alike.
fn even(exemplar: &Canvas) -> bool {
    let seen = |at: usize| exemplar.alpha().is_none_or(|alpha| alpha[at] >= 0.5);
    let pixels = exemplar.pixels().iter().enumerate().filter(|(at, _)| seen(*at));
    let mut lumas: Vec<f32> = pixels.map(|(_, pixel)| color::luma(*pixel)).collect();
    lumas.sort_by(f32::total_cmp);
    let (low, high) = (lumas.get(lumas.len() / 4), lumas.get(lumas.len() * 3 / 4));
    matches!((low, high), (Some(low), Some(high)) if high - low < EVEN_LEVELS / 255.0)
}
