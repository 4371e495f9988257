//! A bar that is redrawn, for terminals.

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use scumble::{Method, Plan, Step};

use super::{Display, Pace, in_words, opening};

/// Finest movement of the bar.
const UNITS: f64 = 1000.0;
/// Redraws a second.
const RATE: u8 = 10;

/// The bar, once there is a plan.
pub(super) struct Bar {
    method: Method,
    bar: Option<ProgressBar>,
    scales: usize,
}

impl Bar {
    pub fn new(method: Method) -> Self {
        Self { method, bar: None, scales: 0 }
    }

    /// Says something above the bar.
    fn say(&self, text: String) {
        match &self.bar {
            Some(bar) => bar.println(text),
            None => crate::report::stderr_line(&text),
        }
    }
}

impl Display for Bar {
    fn plan(&mut self, plan: &Plan) {
        self.scales = plan.stages.len();
        let style = ProgressStyle::with_template("{bar:24} {percent:>3}%  {wide_msg}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━╸ ");
        let target = ProgressDrawTarget::stderr_with_hz(RATE);
        let bar = ProgressBar::with_draw_target(Some(UNITS as u64), target).with_style(style);
        if let Some(line) = opening(self.method, plan) {
            bar.set_message(line);
        }
        self.bar = Some(bar);
    }

    fn step(&mut self, step: &Step, pace: &Pace) {
        if let Some(bar) = &self.bar {
            bar.set_message(in_words(self.method, step, self.scales, pace));
            bar.set_position((pace.fraction * UNITS) as u64);
        }
    }

    fn saved(&mut self, path: &Path, _: usize) {
        self.say(format!("wrote {}", path.display()));
    }

    fn note(&mut self, text: &str) {
        self.say(format!("note: {text}"));
    }

    fn end(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
