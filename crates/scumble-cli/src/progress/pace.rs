//! How fast a run goes and how long it will take.

use std::time::Duration;

use scumble::Plan;

/// Share of the last step in the running mean of step times.
const SHARE: f64 = 0.1;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Fraction of the work done, 0 to 1.
    pub fraction: f64,
    /// Seconds since the program started.
    pub seconds: f64,
    /// Seconds a step takes.
    pub step_seconds: f64,
    /// Seconds to the end, as far as can be told.
    pub left: f64,
}

impl Pace {
    /// `5.2 steps/s`, or `3.1 s/step` when slow.
    pub fn rate_in_words(&self) -> String {
        if self.step_seconds > 1.0 {
            format!("{:.1} s/step", self.step_seconds)
        } else {
            format!("{:.1} steps/s", 1.0 / self.step_seconds.max(1e-6))
        }
    }
}

/// Measures a run. Times are those since the program started.
#[derive(Debug, Default)]
pub struct Pacer {
    plan: Option<Plan>,
    started: Duration,
    last: Duration,
    stage: usize,
    step_seconds: Option<f64>,
    /// Fraction of the work that was done when the first step began: not 0 if a run goes on.
    before: Option<f64>,
}

impl Pacer {
    /// The run starts.
    pub fn plan(&mut self, plan: &Plan, now: Duration) {
        *self = Self { plan: Some(plan.clone()), started: now, last: now, ..Self::default() };
    }

    /// Step `step`, from 1, of stage `stage` is done; it is the first of all if `first` says so, whatever its number: steps may
    /// be parts of the work, of which the first do many at once.
    pub fn step(&mut self, stage: usize, step: usize, first: bool, now: Duration) -> Pace {
        let took = now.saturating_sub(self.last).as_secs_f64();
        self.last = now;
        let mean = self.step_seconds.filter(|_| stage == self.stage);
        let step_seconds = mean.map_or(took, |mean| mean + SHARE * (took - mean));
        (self.stage, self.step_seconds) = (stage, Some(step_seconds));
        let fraction_at = |step| self.plan.as_ref().map_or(0.0, |plan| plan.fraction(stage, step));
        let fraction = fraction_at(step);
        let before = self.before.unwrap_or_else(|| if first { 0.0 } else { fraction_at(step.saturating_sub(1)) });
        self.before = Some(before);
        let worked = now.saturating_sub(self.started).as_secs_f64();
        let done = fraction - before;
        let left = if done > 0.0 { worked * (1.0 - fraction) / done } else { 0.0 };
        Pace { fraction, seconds: now.as_secs_f64(), step_seconds, left }
    }
}
