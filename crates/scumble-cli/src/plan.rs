//! `--plan`: what a run will take, from short trials whose times are kept for this machine.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use scumble::{
    Control, Costs, Environment, Event, Forecast, NeuralJob, Observer, Recipe, Result, Trial, VERSION, write_atomically,
};
use serde_json::json;

use crate::report::{Voice, data, gib, json_data};

/// Sizes of the trials.
const SIZES: [u32; 2] = [192, 416];
/// Steps of a trial; the first one, which also lays out kernels, does not count.
const STEPS: u32 = 5;

/// Prints what the job will take.
///
/// # Errors
/// If a trial fails or standard output does.
pub fn print(job: NeuralJob<'_>, recipe: &Recipe, environment: &Environment, json: bool, voice: Voice) -> Result<()> {
    let forecast = job.forecast(&costs(job, recipe.styles.len(), environment, voice)?);
    if json { json_data(&json!({ "plan": forecast, "recipe": recipe.to_value() })) } else { data(text(&forecast)) }
}

fn text(forecast: &Forecast) -> String {
    let mut text = String::new();
    let count = forecast.stages.len();
    for (i, stage) in forecast.stages.iter().enumerate() {
        let size = format!("{}×{}", stage.width, stage.height);
        let tiles = if stage.tiles > 1 { format!(", in {} tiles", stage.tiles) } else { String::new() };
        let place = format!("scale {}/{count}", i + 1);
        let time = in_words(stage.seconds);
        text += &format!("{place:<12}{size:<12}{:>5} steps   {time}{tiles}\n", stage.steps);
    }
    text += &format!("time        about {}\n", in_words(forecast.seconds));
    if let Some(memory) = forecast.memory {
        text += &format!("memory      at most about {}\n", gib(memory));
    }
    text
}

/// A time that is not known to the second.
fn in_words(seconds: f64) -> String {
    match seconds {
        ..100.0 => format!("{} s", seconds.ceil()),
        100.0..6000.0 => format!("{:.0} min", seconds / 60.0),
        _ => format!("{:.1} h", seconds / 3600.0),
    }
}

/// What steps of jobs like this cost here: kept, or found out.
fn costs(job: NeuralJob<'_>, styles: usize, environment: &Environment, voice: Voice) -> Result<Costs> {
    let threads = environment.threads.unwrap_or(0);
    let what = Costs::key(job.params(), styles);
    let key = format!("{VERSION} {} {threads} {what}", environment.device);
    let path = environment.data_dir.join("costs.json");
    let mut known = read(&path);
    if let Some(costs) = known.get(&key) {
        return Ok(*costs);
    }
    voice.note("trying out a few steps to see how fast this machine is; the result is kept");
    let [small, large] = SIZES.map(|size| trial(job, styles, size));
    let costs = Costs::between(&small?, &large?);
    known.insert(key, costs);
    if let Err(e) = write(&path, &known) {
        voice.note(&format!("the trial's result was not kept: {e}"));
    }
    Ok(costs)
}

/// Kept costs; a file that cannot be read is made anew.
fn read(path: &Path) -> BTreeMap<String, Costs> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

fn write(path: &Path, known: &BTreeMap<String, Costs>) -> Result<()> {
    let io = |e: &dyn std::fmt::Display| scumble::Error::io(format!("{}: {e}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|e| io(&e))?;
    }
    write_atomically(path, &serde_json::to_vec_pretty(known).map_err(|e| io(&e))?)
}

/// The times of a trial's events.
struct Clock {
    started: Instant,
    /// Seconds from the start to the end of each step.
    ends: Vec<f64>,
    pixels: f64,
}

impl Observer for Clock {
    fn event(&mut self, event: &Event<'_>) -> Control {
        if let Event::Step(step) = event {
            self.ends.push(self.started.elapsed().as_secs_f64());
            self.pixels = (step.width * step.height) as f64;
        }
        Control::Continue
    }
}

fn trial(job: NeuralJob<'_>, styles: usize, size: u32) -> Result<Trial> {
    // Once for waking up: threads, kernels, memory.
    let mut clock = Clock { started: Instant::now(), ends: Vec::new(), pixels: 0.0 };
    job.try_out(size, 1, &mut clock)?;
    let mut clock = Clock { started: Instant::now(), ..clock };
    clock.ends.clear();
    job.try_out(size, STEPS, &mut clock)?;
    let mut steps: Vec<f64> = clock.ends.windows(2).map(|ends| ends[1] - ends[0]).collect();
    steps.sort_by(f64::total_cmp);
    let step = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
    let before = (clock.ends.first().copied().unwrap_or(0.0) - step).max(0.0);
    // Styles have about the picture's size; what a pixel of theirs costs is the same.
    Ok(Trial { pixels: clock.pixels, all_pixels: clock.pixels * (1 + styles) as f64, step, before })
}
