//! A run's progress on standard error: a bar, plain lines, JSON lines, or nothing.

mod bar;
mod json;
mod pace;
mod plain;

use std::io::IsTerminal;
use std::path::Path;

use scumble::{Method, Plan, Step};

pub use pace::{Pace, Pacer};

/// The forms of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
    /// A bar that is redrawn
    Bar,
    /// A line for every event, as JSON
    Json,
    /// A line from time to time
    Plain,
    /// Nothing
    None,
}

impl Mode {
    /// The form that suits where standard error goes.
    pub fn fitting() -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if std::io::stderr().is_terminal() && !dumb { Mode::Bar } else { Mode::Plain }
    }

    /// What shows it.
    pub fn display(self, method: Method) -> Box<dyn Display> {
        match self {
            Mode::Bar => Box::new(bar::Bar::new(method)),
            Mode::Json => Box::new(json::Lines),
            Mode::Plain => Box::new(plain::Lines::new(method)),
            Mode::None => Box::new(Nothing),
        }
    }
}

/// Shows a run's progress.
pub trait Display: Send {
    /// The run is about to start.
    fn plan(&mut self, plan: &Plan);
    /// A step is done.
    fn step(&mut self, step: &Step, pace: &Pace);
    /// The picture so far was written to `path`.
    fn saved(&mut self, path: &Path, total_step: usize);
    /// The run said something.
    fn note(&mut self, text: &str);
    /// The run is over.
    fn end(&mut self);
}

/// Shows nothing.
struct Nothing;

impl Display for Nothing {
    fn plan(&mut self, _: &Plan) {}
    fn step(&mut self, _: &Step, _: &Pace) {}
    fn saved(&mut self, _: &Path, _: usize) {}
    fn note(&mut self, _: &str) {}
    fn end(&mut self) {}
}

/// A step in words: where it is, how near to what is wanted, how long it will take.
fn in_words(method: Method, step: &Step, scales: usize, pace: &Pace) -> String {
    if let Some(strokes) = step.strokes {
        return format!("{strokes} {}  {}  {} left", pieces(method, strokes), decibels(step.loss), clock(pace.left));
    }
    let scale = if scales > 1 { format!("scale {}/{scales}  ", step.stage + 1) } else { String::new() };
    let Step { width, height, steps, loss, .. } = step;
    let place = format!("{scale}{width}×{height}  step {}/{steps}", step.step);
    if step.parts.is_empty() {
        return format!("{place}  {} left", clock(pace.left));
    }
    format!("{place}  loss {}  {}  {} left", short(*loss), pace.rate_in_words(), clock(pace.left))
}

/// What is done before the first step of methods whose steps may take long.
fn opening(method: Method, plan: &Plan) -> Option<String> {
    let what = match method {
        Method::Regions => "dividing the picture",
        Method::Strokes => "looking for strokes",
        Method::Neural | Method::Shapes | Method::Texture => return None,
    };
    let stage = plan.stages.first()?;
    Some(format!("{what}, {}×{} pixels", stage.width, stage.height))
}

/// What `count` parts of a method's paintings are called.
pub fn pieces(method: Method, count: usize) -> &'static str {
    match (method, count) {
        (Method::Shapes, 1) => "shape",
        (Method::Shapes, _) => "shapes",
        (Method::Regions, 1) => "piece",
        (Method::Regions, _) => "pieces",
        (_, 1) => "stroke",
        _ => "strokes",
    }
}

/// A mean squared difference of values from 0 to 1, as peak signal-to-noise ratio.
pub fn decibels(mean_square: f64) -> String {
    format!("{:.2} dB", -10.0 * mean_square.log10())
}

/// A number with four significant digits.
fn short(number: f64) -> String {
    const DIGITS: i32 = 4;
    let magnitude = if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 };
    match magnitude {
        -3..=6 => format!("{number:.*}", (DIGITS - 1 - magnitude).max(0) as usize),
        _ => format!("{number:.3e}"),
    }
}

/// Seconds as `1:02:03`, `2:03`.
fn clock(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

#[cfg(test)]
mod tests;
