//! How near painters come with how many strokes, and what relaxation and refinement add.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use scumble::{Control, Environment, Event, Job, Method, Recipe, presets};

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
    /// Pictures put together from so many triangles are improved.
    #[arg(long, value_delimiter = ',', default_values_t = [100, 200])]
    triangles: Vec<usize>,
    /// Sweeps of relaxation and steps of refinement of these.
    #[arg(long, value_delimiter = ',', default_values_t = [8, 40])]
    improve: Vec<usize>,
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
    let presets = match args.presets.as_slice() {
        [] => presets::names(Method::Strokes).into_iter().map(str::to_owned).collect(),
        given => given.to_vec(),
    };
    print!("{:<12} {:<18}", "picture", "preset");
    args.counts.iter().for_each(|count| print!(" {count:>7}"));
    println!(" {:>8} {:>7} {:>7}", "strokes", "dB", "s");
    for picture in &args.pictures {
        for preset in &presets {
            let trace = paint(Method::Strokes, preset, picture, &[])?;
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
    println!("dB of the working copy, drawn with even paint, by number of strokes\n");

    let [sweeps, steps] = [0, 1].map(|i| args.improve.get(i).copied().unwrap_or_default().to_string());
    println!(
        "{:<12} {:>9} {:>8} {:>6} {:>12} {:>6} {:>12} {:>6}",
        "picture", "triangles", "dB", "s", "relaxed", "s", "refined", "s"
    );
    for picture in &args.pictures {
        for count in &args.triangles {
            let end = |relax: &str, refine: &str| -> Result<Moment> {
                let settings = [("count", count.to_string()), ("relax", relax.into()), ("refine", refine.into())];
                let trace = paint(Method::Shapes, "triangles", picture, &settings)?;
                trace.last().copied().context("a step")
            };
            let (greedy, relaxed, refined) = (end("0", "0")?, end(&sweeps, "0")?, end(&sweeps, &steps)?);
            println!(
                "{:<12} {count:>9} {:>8.2} {:>6.1} {:>11.1}% {:>6.1} {:>11.1}% {:>6.1}",
                stem(picture),
                decibels(greedy.loss),
                greedy.seconds,
                100.0 * (relaxed.loss / greedy.loss - 1.0),
                relaxed.seconds,
                100.0 * (refined.loss / greedy.loss - 1.0),
                refined.seconds
            );
        }
    }
    println!(
        "relaxed: squared difference after {sweeps} sweeps; refined: after {steps} steps more; both beside the painter's; seconds in all"
    );
    Ok(())
}

fn paint(method: Method, preset: &str, picture: &Path, settings: &[(&str, String)]) -> Result<Vec<Moment>> {
    let mut recipe = Recipe::builder_for(method).preset(preset)?.content(picture);
    for (name, value) in settings {
        recipe = recipe.set(name, value)?;
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
