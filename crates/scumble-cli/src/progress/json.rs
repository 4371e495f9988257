//! A JSON object on a line for every event, for programs that watch.

use std::path::Path;

use scumble::{Plan, Step};
use serde_json::{Map, Value, json};

use super::{Display, Pace};
use crate::report::stderr_line;

/// `{"event": "plan" | "step" | "saved" | "note" | "end", …}`.
pub(super) struct Lines;

impl Display for Lines {
    fn plan(&mut self, plan: &Plan) {
        let steps: usize = plan.stages.iter().map(|stage| stage.steps).sum();
        stderr_line(&json!({ "event": "plan", "total_steps": steps, "stages": plan.stages }).to_string());
    }

    fn step(&mut self, step: &Step, pace: &Pace) {
        let parts: Map<String, Value> =
            step.parts.iter().map(|(name, value)| (name.clone(), (*value).into())).collect();
        let line = json!({
            "event": "step",
            "stage": step.stage, "step": step.step, "steps": step.steps, "total_step": step.total_step,
            "width": step.width, "height": step.height,
            "loss": step.loss, "parts": parts, "strokes": step.strokes,
            "fraction": pace.fraction, "seconds": pace.seconds, "seconds_left": pace.left,
        });
        stderr_line(&line.to_string());
    }

    fn saved(&mut self, path: &Path, total_step: usize) {
        stderr_line(&json!({ "event": "saved", "path": path, "total_step": total_step }).to_string());
    }

    fn note(&mut self, text: &str) {
        stderr_line(&json!({ "event": "note", "text": text }).to_string());
    }

    fn end(&mut self) {
        stderr_line(&json!({ "event": "end" }).to_string());
    }
}
