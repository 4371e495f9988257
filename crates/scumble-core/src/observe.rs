//! What a run tells its caller while it works, and what the caller may answer.
//!
//! The library never prints and never exits: a command line turns these events into a progress bar
//! or JSON lines, a server into an event stream.

use serde::{Deserialize, Serialize};

/// The caller's answer to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Control {
    /// Go on.
    #[default]
    Continue,
    /// Finish now and keep the picture as it is.
    StopAndKeep,
    /// Give up; no picture is wanted.
    Cancel,
}

/// One leg of a run: a scale of an image optimisation, a layer of a painting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stage {
    /// Width of the picture at this stage, in pixels.
    pub width: usize,
    /// Height of the picture at this stage, in pixels.
    pub height: usize,
    /// Number of steps planned.
    pub steps: usize,
}

/// What is going to happen, told once before the work starts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// Relative cost of one step of each stage (pixels for image optimisation), for time estimates.
    pub step_costs: Vec<f64>,
}

impl Plan {
    /// Fraction of the whole work done after `done` steps of stage `stage`, 0 to 1.
    pub fn fraction(&self, stage: usize, done: usize) -> f64 {
        let step = |i: usize| self.step_costs.get(i).copied().unwrap_or(0.0);
        let cost = |i: usize| self.stages[i].steps as f64 * step(i);
        let total: f64 = (0..self.stages.len()).map(cost).sum();
        let before: f64 = (0..stage.min(self.stages.len())).map(cost).sum();
        let within = step(stage) * done as f64;
        if total > 0.0 { ((before + within) / total).min(1.0) } else { 1.0 }
    }
}

/// One finished step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Index of the stage, from 0.
    pub stage: usize,
    /// Step within the stage, from 1.
    pub step: usize,
    /// Steps planned for this stage.
    pub steps: usize,
    /// Steps done in the whole run.
    pub total_step: usize,
    /// Width of the picture in pixels.
    pub width: usize,
    /// Height of the picture in pixels.
    pub height: usize,
    /// The objective's value where this step began, at the point itself: what is shown and saved is the average of points.
    pub loss: f64,
    /// The objective's parts by name, in a fixed order; they sum to `loss`.
    pub parts: Vec<(String, f64)>,
    /// Number of strokes there are, of methods that lay strokes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strokes: Option<usize>,
}

/// The picture as it stands.
#[derive(Debug, Clone, Copy)]
pub struct Preview<'a> {
    /// Index of the stage, from 0.
    pub stage: usize,
    /// Step within the stage.
    pub step: usize,
    /// Steps done in the whole run.
    pub total_step: usize,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Interleaved RGB, sRGB-encoded, 0 to 1, row by row.
    pub rgb: &'a [f32],
}

/// Something a run reports.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The work is about to start.
    Plan(&'a Plan),
    /// A step is done.
    Step(&'a Step),
    /// An intermediate picture, as often as the recipe's `save_every` asks.
    Preview(Preview<'a>),
    /// Something the user should know that is not an error.
    Note(&'a str),
}

/// Receives a run's events. Any `FnMut(&Event) -> Control` is one.
pub trait Observer {
    /// Called on the running thread; the run waits for the answer.
    fn event(&mut self, event: &Event<'_>) -> Control;
}

impl<F: FnMut(&Event<'_>) -> Control> Observer for F {
    fn event(&mut self, event: &Event<'_>) -> Control {
        self(event)
    }
}

/// An observer that listens to nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn event(&mut self, _: &Event<'_>) -> Control {
        Control::Continue
    }
}
