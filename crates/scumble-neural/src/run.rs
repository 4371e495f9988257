//! A run: scales from small to large, the optimiser at each, the picture handed from one to the next.

use scumble_core::{Control, Event, Observer, Preview, Result, Step};
use scumble_image::Canvas;

use crate::objective::NeuralObjective;
use crate::optim::{Objective, Progress};
use crate::optimise::Optimisation;
use crate::state::State;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// All steps were done, or nothing more was to gain.
    Finished,
    /// The observer asked to stop and keep the picture.
    Stopped,
    /// The observer gave the run up.
    Cancelled,
}

/// What a run leaves.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The picture, at the size it had reached.
    pub canvas: Canvas,
    /// Every step's report.
    pub trace: Vec<Step>,
    /// How it ended.
    pub end: End,
}

/// Is shown the state after every step, and whether the run is about to stop there.
pub type AfterStep<'a> = &'a mut dyn FnMut(&State, bool);

impl Optimisation {
    /// Runs. A preview is sent every `preview_every` steps; 0 sends none.
    ///
    /// # Errors
    /// If the optimisation diverges or the device fails.
    pub fn run(&self, preview_every: usize, observer: &mut dyn Observer) -> Result<Outcome> {
        self.run_from(None, preview_every, observer, &mut |_, _| {})
    }

    /// Runs from a state on, to the same picture as without the break; from the beginning without one.
    ///
    /// # Errors
    /// As [`Optimisation::run`].
    pub fn run_from(
        &self,
        state: Option<State>,
        preview_every: usize,
        observer: &mut dyn Observer,
        after_step: AfterStep<'_>,
    ) -> Result<Outcome> {
        let mut run = Run { optimisation: self, preview_every, observer, after_step };
        let started = run.tell(&Event::Plan(&self.plan));
        let mut state = state.map_or_else(|| State::first(self), Ok)?;
        let end = match started {
            Some(end) => end,
            None => run.all_scales(&mut state)?,
        };
        let canvas = self.shown(&state)?;
        Ok(Outcome { canvas, trace: state.trace, end })
    }

    /// The picture of a state.
    fn shown(&self, state: &State) -> Result<Canvas> {
        self.params.pixels.to_canvas(&state.shown(), state.size.0, state.size.1)
    }
}

/// A run under way.
struct Run<'a> {
    optimisation: &'a Optimisation,
    preview_every: usize,
    observer: &'a mut dyn Observer,
    after_step: AfterStep<'a>,
}

impl Run<'_> {
    /// Tells the observer; says how the run ends, if it is to.
    fn tell(&mut self, event: &Event<'_>) -> Option<End> {
        match self.observer.event(event) {
            Control::Continue => None,
            Control::StopAndKeep => Some(End::Stopped),
            Control::Cancel => Some(End::Cancelled),
        }
    }

    fn all_scales(&mut self, state: &mut State) -> Result<End> {
        loop {
            if let Some(end) = self.one_scale(state)? {
                return Ok(end);
            }
            if state.stage + 1 == self.optimisation.scales.len() {
                return Ok(End::Finished);
            }
            state.enter_next_scale(self.optimisation)?;
        }
    }

    /// The steps that are left at a scale; says how the run ended, if it did.
    fn one_scale(&mut self, state: &mut State) -> Result<Option<End>> {
        let o = self.optimisation;
        let scale = o.scales[state.stage];
        let steps = scale.steps as usize;
        if state.step >= steps {
            return Ok(None);
        }
        let mut objective = o.objective(state.size, &o.styles_at(scale)?)?;
        while state.step < steps {
            let progress = self.one_step(state, steps, &mut objective)?;
            let end = self.tell_of_step(state)?;
            if progress == Progress::Converged {
                // There is nothing more to gain here.
                state.step = steps;
            }
            if end != Some(End::Cancelled) {
                (self.after_step)(state, end.is_some());
            }
            if end.is_some() {
                return Ok(end);
            }
        }
        Ok(None)
    }

    fn one_step(&mut self, state: &mut State, steps: usize, objective: &mut NeuralObjective) -> Result<Progress> {
        let at = objective.evaluate(&state.point)?;
        let progress = state.optimizer.step(&mut state.point, &at);
        if let Some(average) = &mut state.average {
            average.update(&state.point);
        }
        state.step += 1;
        state.trace.push(Step {
            stage: state.stage,
            step: state.step,
            steps,
            total_step: state.trace.len() + 1,
            width: state.size.0,
            height: state.size.1,
            loss: at.loss,
            parts: objective.parts().to_vec(),
            strokes: None,
        });
        Ok(progress)
    }

    /// Reports the step just done, and shows the picture where that is due.
    fn tell_of_step(&mut self, state: &State) -> Result<Option<End>> {
        let Some(report) = state.trace.last() else { return Ok(None) };
        let end = self.tell(&Event::Step(report));
        if end.is_some() || self.preview_every == 0 || !report.total_step.is_multiple_of(self.preview_every) {
            return Ok(end);
        }
        let canvas = self.optimisation.shown(state)?;
        let Step { stage, step, total_step, width, height, .. } = *report;
        Ok(self.tell(&Event::Preview(Preview { stage, step, total_step, width, height, rgb: canvas.rgb() })))
    }
}
