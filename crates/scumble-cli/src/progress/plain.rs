//! A line from time to time, for log files and pipes.

use std::path::Path;

use scumble::{Method, Plan, Step};

use super::{Display, Pace, in_words, opening};
use crate::report::stderr_line;

/// Most seconds without a line while steps are done.
const SILENCE: f64 = 10.0;

/// A line at the beginning where steps may take long, at the end of every scale, and every ten seconds.
pub(super) struct Lines {
    method: Method,
    scales: usize,
    last: f64,
}

impl Lines {
    pub fn new(method: Method) -> Self {
        Self { method, scales: 0, last: 0.0 }
    }
}

impl Display for Lines {
    fn plan(&mut self, plan: &Plan) {
        self.scales = plan.stages.len();
        if let Some(line) = opening(self.method, plan) {
            stderr_line(&line);
        }
    }

    fn step(&mut self, step: &Step, pace: &Pace) {
        if step.step == step.steps || pace.seconds - self.last >= SILENCE {
            self.last = pace.seconds;
            stderr_line(&in_words(self.method, step, self.scales, pace));
        }
    }

    fn saved(&mut self, path: &Path, _: usize) {
        stderr_line(&format!("wrote {}", path.display()));
    }

    fn note(&mut self, text: &str) {
        stderr_line(&format!("note: {text}"));
    }

    fn end(&mut self) {}
}
