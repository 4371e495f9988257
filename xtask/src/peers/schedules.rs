//! Optimisers and schedules of equal cost on the same pairs of pictures: where the loss of the saved picture ends.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use scumble::{Artwork, Depth, Environment, Job, Recipe, Silent};

use super::report::median;
use super::with_settings;

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The photographs; each is paired with every style.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "samples/content/astronaut.jpg,samples/content/chelsea.jpg,samples/content/coffee.jpg,samples/content/rocket.jpg"
    )]
    contents: Vec<PathBuf>,
    /// The paintings.
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "samples/style/night-hills.jpg,samples/style/woodcut-waves.jpg"
    )]
    styles: Vec<PathBuf>,
    /// The preset whose objective it is.
    #[arg(long, default_value = "draft")]
    preset: String,
    /// What is compared: settings `NAME=VALUE`, separated by spaces, on top of the preset. The first is what the others are
    /// compared with. Of its cost are all but the last two.
    #[arg(long = "way", default_values = [
        "optimizer=lbfgs scale_iterations=60,30",
        "optimizer=lbfgs min_size=181 scale_iterations=60",
        "optimizer=adam scale_iterations=60,30",
        "optimizer=adam scale_iterations=300,90",
        "optimizer=lbfgs scale_iterations=100,45",
    ])]
    ways: Vec<String>,
    /// Size of the pictures.
    #[arg(long, default_value_t = 181)]
    size: usize,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Where the pictures go.
    #[arg(long, default_value = "target/peers/schedules")]
    folder: PathBuf,
}

/// Runs the comparison and prints it.
///
/// # Errors
/// If a run fails.
pub fn run(args: &Args) -> Result<()> {
    std::fs::create_dir_all(&args.folder)?;
    let mut losses = vec![Vec::new(); args.ways.len()];
    let mut seconds = losses.clone();
    for (content, style) in args.contents.iter().flat_map(|c| args.styles.iter().map(move |s| (c, s))) {
        print!("{:<28}", format!("{}-{}", stem(content), stem(style)));
        for (i, way) in args.ways.iter().enumerate() {
            let picture = args.folder.join(format!("{}-{}-{i}.png", stem(content), stem(style)));
            let started = Instant::now();
            let mut artwork = paint(args, (content, style), way.split_whitespace(), None)?;
            seconds[i].push(started.elapsed().as_secs_f64());
            artwork.depth = Depth::Sixteen;
            artwork.save(&picture)?;
            losses[i].push(judged(args, (content, style), &picture)?);
            print!(" {:>9.2}", losses[i].last().copied().unwrap_or(f64::NAN));
            std::io::stdout().flush()?;
        }
        println!();
    }
    println!("\nloss over the first's: geometric mean, least, most; seconds over the first's: median");
    for (i, way) in args.ways.iter().enumerate() {
        let ratios: Vec<f64> = losses[i].iter().zip(&losses[0]).map(|(loss, first)| loss / first).collect();
        let mean = (ratios.iter().map(|r| r.ln()).sum::<f64>() / ratios.len() as f64).exp();
        let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
        let most = ratios.iter().copied().fold(0.0, f64::max);
        let time = median(&seconds[i].iter().zip(&seconds[0]).map(|(s, first)| s / first).collect::<Vec<f64>>());
        println!("{mean:.3} {least:.3} {most:.3}  {time:.2}  {way}");
    }
    Ok(())
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The whole objective of a saved picture at its size, clamped as it is.
fn judged(args: &Args, pair: (&Path, &Path), picture: &Path) -> Result<f64> {
    let size = args.size.to_string();
    let picture = picture.to_str().context("the folder's name is not UTF-8")?;
    let settings = ["optimizer=adam".to_owned(), format!("min_size={size}"), "scale_iterations=1".to_owned()];
    let artwork = paint(args, pair, settings.iter().map(String::as_str), Some(picture))?;
    Ok(artwork.trace.first().context("a run without steps")?.loss)
}

fn paint<'a>(
    args: &Args,
    (content, style): (&Path, &Path),
    settings: impl Iterator<Item = &'a str>,
    start: Option<&str>,
) -> Result<Artwork> {
    let mut recipe = Recipe::builder().preset(&args.preset)?.content(content).style(style, 1.0);
    recipe = with_settings(recipe.set("size", &args.size.to_string())?, settings)?;
    if let Some(picture) = start {
        recipe = recipe.init_image(picture);
    }
    let environment = Environment { threads: Some(args.threads), device: "cpu".into(), ..Environment::from_system() };
    Ok(Job::prepare(&recipe.build()?, &environment)?.run(0, &mut Silent)?)
}
