//! How near painters come with how many strokes, and what relaxation and refinement add.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use scumble::{Control, Environment, Event, Job, Method, Recipe, presets};
use serde_json::{Value, json};

/// What is measured.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Pictures.
    #[arg(long = "picture", default_values = [
        "samples/content/astronaut.jpg", "samples/content/chelsea.jpg", "samples/content/coffee.jpg",
    ])]
    pictures: Vec<PathBuf>,
    /// Presets of `scumble strokes` [all].
    #[arg(long = "preset")]
    presets: Vec<String>,
    /// Numbers of strokes.
    #[arg(long, value_delimiter = ',', default_values_t = [250, 500, 1000, 2000, 4000])]
    counts: Vec<usize>,
    /// Sweeps of relaxation and steps of refinement of what each painter made; none if absent.
    #[arg(long, value_delimiter = ',')]
    improve: Option<Vec<u32>>,
    /// The painters of these [all].
    #[arg(long = "painter")]
    painters: Vec<String>,
}

/// A step of a run: strokes, mean squared difference, seconds since the start.
#[derive(Debug, Clone, Copy)]
struct Moment {
    strokes: usize,
    loss: f64,
    seconds: f64,
}

/// Runs it and prints the tables.
///
/// # Errors
/// If a picture cannot be painted.
pub fn run(args: &Args) -> Result<()> {
    match args.improve.as_deref() {
        None => compare(args),
        Some([sweeps, steps]) => improve(args, *sweeps, *steps),
        Some(other) => anyhow::bail!("--improve takes sweeps and steps, {} numbers are given", other.len()),
    }
}

/// How near every preset comes by number of strokes.
fn compare(args: &Args) -> Result<()> {
    let presets = match args.presets.as_slice() {
        [] => presets::names(Method::Strokes).into_iter().map(str::to_owned).collect(),
        given => given.to_vec(),
    };
    print!("{:<12} {:<18}", "picture", "preset");
    args.counts.iter().for_each(|count| print!(" {count:>7}"));
    println!(" {:>8} {:>7} {:>7}", "strokes", "dB", "s");
    for picture in &args.pictures {
        for preset in &presets {
            let trace = paint(Method::Strokes, preset, picture, json!({}))?;
            print!("{:<12} {preset:<18}", stem(picture));
            for count in &args.counts {
                match trace.iter().find(|moment| moment.strokes >= *count) {
                    Some(moment) => print!(" {:>7.2}", decibels(moment.loss)),
                    None => print!(" {:>7}", ""),
                }
            }
            if let Some(last) = trace.last() {
                println!(" {:>8} {:>7.2} {:>7.1}", last.strokes, decibels(last.loss), last.seconds);
            }
        }
    }
    println!("dB of the working copy, drawn with even paint, by number of strokes");
    Ok(())
}

/// What relaxation and refinement add to what painters make.
fn improve(args: &Args, sweeps: u32, steps: u32) -> Result<()> {
    println!(
        "{:<10} {:<14} {:>7} {:>7} {:>6} {:>9} {:>6} {:>9} {:>6} {:>9} {:>6}",
        "picture", "painter", "strokes", "dB", "s", "refined", "s", "relaxed", "s", "both", "s"
    );
    for picture in &args.pictures {
        for (painter, method, preset, settings) in painters() {
            if !args.painters.is_empty() && !args.painters.iter().any(|wanted| wanted == painter) {
                continue;
            }
            let trace = |relax: u32, refine: u32| -> Result<Vec<Moment>> {
                let mut settings = settings.clone();
                (settings["relax"], settings["refine"]) = (relax.into(), refine.into());
                paint(method, preset, picture, settings)
            };
            let (plain, refined, both) = (trace(0, 0)?, trace(0, steps)?, trace(sweeps, steps)?);
            let start = *plain.last().context("a step")?;
            // Refinement takes as many steps after relaxation as without.
            let relaxed = &both[..both.len() - (refined.len() - plain.len())];
            print!(
                "{:<10} {painter:<14} {:>7} {:>7.2} {:>6.1}",
                stem(picture),
                start.strokes,
                decibels(start.loss),
                start.seconds
            );
            for trace in [refined.as_slice(), relaxed, both.as_slice()] {
                let end = trace.last().context("a step")?;
                anyhow::ensure!(end.strokes == start.strokes, "{} strokes became {}", start.strokes, end.strokes);
                print!(" {:>8.1}% {:>6.1}", 100.0 * (end.loss / start.loss - 1.0), end.seconds);
            }
            println!();
        }
    }
    println!(
        "squared difference of the working copy after {steps} steps of refinement, {sweeps} sweeps of relaxation, and both, beside the \
         painter's; seconds in all; without random changes of colour, which would be mended too"
    );
    Ok(())
}

/// What is improved: a name, and the preset and settings of a painter.
fn painters() -> [(&'static str, Method, &'static str, Value); 6] {
    let short = json!({
        "painter": "short", "jitter": 0.0, "radii": [1.5, 2.0], "spacing": 3.0, "length": 10.0, "angle": 15.0,
    });
    [
        ("oil", Method::Strokes, "oil", json!({ "jitter": 0.0 })),
        ("impasto", Method::Strokes, "impasto", json!({ "jitter": 0.0 })),
        ("impressionist", Method::Strokes, "impressionist", json!({})),
        ("moments", Method::Strokes, "moments", json!({})),
        ("short", Method::Strokes, "impressionist", short),
        ("triangles", Method::Shapes, "triangles", json!({})),
    ]
}

fn paint(method: Method, preset: &str, picture: &Path, settings: Value) -> Result<Vec<Moment>> {
    let mut recipe = Recipe::builder_for(method).preset(preset)?.content(picture);
    for (name, value) in settings.as_object().into_iter().flatten() {
        recipe = recipe.set_json(name, value.clone())?;
    }
    let job = Job::prepare(&recipe.build()?, &Environment::from_system())?;
    let (started, mut trace) = (Instant::now(), Vec::new());
    job.run(0, &mut |event: &Event<'_>| {
        if let Event::Step(step) = event {
            let seconds = started.elapsed().as_secs_f64();
            trace.push(Moment { strokes: step.strokes.unwrap_or_default(), loss: step.loss, seconds });
        }
        Control::Continue
    })?;
    Ok(trace)
}

fn decibels(loss: f64) -> f64 {
    -10.0 * loss.log10()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
