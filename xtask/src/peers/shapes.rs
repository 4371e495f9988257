//! primg, a port of primitive, and `scumble shapes`: nearness by number of shapes and by seconds.

mod chart;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use scumble::Painting;
use scumble_image::{Canvas, Limits, metrics};
use serde_json::Value;

use super::pictures::reduce;
use super::report::median;

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// primg's program, as `cargo install primg` makes it; it calls itself `main`.
    #[arg(long)]
    primg: PathBuf,
    /// The program scumble.
    #[arg(long, default_value = "target/release/scumble")]
    scumble: PathBuf,
    /// Pictures.
    #[arg(long = "picture", default_values = [
        "samples/content/astronaut.jpg", "samples/content/chelsea.jpg", "samples/content/coffee.jpg",
    ])]
    pictures: Vec<PathBuf>,
    /// Longer side of all pictures.
    #[arg(long, default_value_t = 512)]
    size: usize,
    /// Numbers of shapes.
    #[arg(long, value_delimiter = ',', default_values_t = [50, 100, 200, 500])]
    counts: Vec<usize>,
    /// Kinds of shapes, primg's and ours.
    #[arg(long = "kind", default_values = ["triangle,triangle", "ellipse,rotated-ellipse"])]
    kinds: Vec<String>,
    /// Times that each program runs, in turns.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Further arguments of scumble.
    #[arg(long = "set", allow_hyphen_values = true)]
    settings: Vec<String>,
    /// Where pictures go.
    #[arg(long, default_value = "target/peers/shapes")]
    folder: PathBuf,
    /// Draw nearness by shapes and by seconds to this SVG file.
    #[arg(long)]
    chart: Option<PathBuf>,
}

/// One program's runs with one picture, kind and number.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// Seconds of each run.
    pub seconds: Vec<f64>,
    /// PSNR of each run's picture in dB.
    pub psnr: Vec<f64>,
}

/// Both programs with one picture, kind and number.
#[derive(Debug, Clone)]
pub struct Row {
    pub picture: String,
    pub kind: String,
    pub count: usize,
    pub primg: Measured,
    pub scumble: Measured,
    /// Seconds after which scumble was as near as primg's median, of each run that came there.
    pub reached: Vec<f64>,
}

/// Runs the comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let mut rows = Vec::new();
    println!(
        "{:<12} {:<24} {:>6} {:>9} {:>9} {:>8} {:>8} {:>9} {:>7} {:>9}",
        "picture", "shapes", "count", "primg dB", "ours dB", "primg s", "ours s", "to primg", "ratio", "shapes/s"
    );
    for picture in &args.pictures {
        let name = picture.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let small = args.folder.join(format!("{name}.png"));
        reduce(picture, &small, args.size)?;
        for kinds in &args.kinds {
            let kinds = kinds.split_once(',').context("a kind is primg's name, ours")?;
            for count in &args.counts {
                let row = compare(args, &small, &name, kinds, *count)?;
                print(&row);
                rows.push(row);
            }
        }
    }
    println!("dB: of pictures drawn at {} pixels, by one measure; medians of {} runs", args.size, args.rounds);
    println!("to primg: seconds after which ours was as near; ratio: primg's seconds over these");
    args.chart.as_deref().map_or(Ok(()), |path| chart::draw(&rows, path))
}

fn compare(args: &Args, source: &Path, name: &str, kinds: (&str, &str), count: usize) -> Result<Row> {
    let wanted = open(source)?;
    let at = |what: &str| args.folder.join(format!("{name}-{}-{count}-{what}", kinds.1));
    let (mut primg, mut scumble, mut runs) = (Measured::default(), Measured::default(), Vec::new());
    for round in 0..args.rounds {
        let out = at("primg.png");
        let mut command = Command::new(&args.primg);
        command.arg(source).arg(&out).args(["-t", kinds.0, "-n", &count.to_string(), "-s", &args.size.to_string()]);
        primg.seconds.push(seconds_of(command.stdout(Stdio::null()))?);
        primg.psnr.push(metrics::psnr(&wanted, &open(&out)?)?);

        let (out, data) = (at("scumble.png"), at("scumble.json"));
        let mut command = Command::new(&args.scumble);
        command.arg("shapes").arg(source).arg("-o").arg(&out).arg("--also").arg(&data);
        command.args(["--shape", kinds.1, "--count", &count.to_string(), "--seed", &(round + 1).to_string()]);
        command.args(&args.settings).args(["--progress", "json"]).stdout(Stdio::null()).stderr(Stdio::piped());
        let started = Instant::now();
        let ended = command.output().context("scumble does not start")?;
        ensure!(ended.status.success(), "scumble failed: {}", String::from_utf8_lossy(&ended.stderr));
        scumble.seconds.push(started.elapsed().as_secs_f64());
        scumble.psnr.push(metrics::psnr(&wanted, &open(&out)?)?);
        let painting = Painting::from_json(&std::fs::read_to_string(&data)?)?;
        runs.push((times(&ended.stderr), painting));
    }
    let aim = median(&primg.psnr);
    let mut reached = Vec::new();
    for (times, painting) in runs {
        if let Some(shapes) = shapes_to(aim, &painting, &wanted)? {
            reached.push(times.get(shapes.saturating_sub(1)).copied().context("a step's time")?);
        }
    }
    let (picture, kind) = (name.to_owned(), kinds.1.to_owned());
    Ok(Row { picture, kind, count, primg, scumble, reached })
}

/// The seconds since the program's start after each shape.
fn times(events: &[u8]) -> Vec<f64> {
    let lines = events.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    lines.filter(|event| event["event"] == "step").filter_map(|event| event["seconds"].as_f64()).collect()
}

/// The least number of shapes, from the first on, that is as near to the picture as `aim`; none if all are not.
fn shapes_to(aim: f64, painting: &Painting, wanted: &Canvas) -> Result<Option<usize>> {
    let near = |shapes: usize| -> Result<bool> {
        let mut part = painting.clone();
        part.strokes.truncate(shapes);
        let drawn = scumble::draw(&part, wanted.width(), wanted.height())?;
        Ok(metrics::psnr(wanted, &drawn)? >= aim)
    };
    let (mut low, mut high) = (0, painting.strokes.len());
    if !near(high)? {
        return Ok(None);
    }
    while low < high {
        let middle = usize::midpoint(low, high);
        if near(middle)? { high = middle } else { low = middle + 1 }
    }
    Ok(Some(high))
}

fn seconds_of(command: &mut Command) -> Result<f64> {
    let started = Instant::now();
    let status = command.status().context("primg does not start")?;
    ensure!(status.success(), "primg failed");
    Ok(started.elapsed().as_secs_f64())
}

fn open(path: &Path) -> Result<Canvas> {
    Ok(scumble_image::open(path, &Limits::default())?.canvas)
}

fn print(row: &Row) {
    let Row { picture, kind, count, primg, scumble, reached } = row;
    let (theirs, ours) = (median(&primg.seconds), median(&scumble.seconds));
    let (to, ratio) = match median(reached) {
        to if reached.is_empty() || to == 0.0 => ("-".into(), "-".into()),
        to => (format!("{to:.2}"), format!("{:.1}", theirs / to)),
    };
    println!(
        "{picture:<12} {kind:<24} {count:>6} {:>9.2} {:>9.2} {theirs:>8.2} {ours:>8.2} {to:>9} {ratio:>7} {:>9.0}",
        median(&primg.psnr),
        median(&scumble.psnr),
        *count as f64 / ours
    );
}
