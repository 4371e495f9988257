//! Whole runs with the own kernels and with burn's operations: where their losses end.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use scumble::{Environment, Job, Recipe, Silent};

use super::with_settings;

/// What is compared.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The content picture.
    #[arg(long, default_value = "samples/content/chelsea.jpg")]
    content: PathBuf,
    /// The style picture.
    #[arg(long, default_value = "samples/style/night-hills.jpg")]
    style: PathBuf,
    /// Presets, each at a single scale.
    #[arg(long, value_delimiter = ',', default_value = "quality,neural-style-pt")]
    presets: Vec<String>,
    /// Settings on top of the presets', `NAME=VALUE`.
    #[arg(long = "set")]
    settings: Vec<String>,
    /// Size of the picture.
    #[arg(long, default_value_t = 128)]
    size: usize,
    /// Steps.
    #[arg(long, default_value_t = 300)]
    steps: usize,
    /// The devices; all are compared with the last.
    #[arg(long, value_delimiter = ',', default_value = "cpu,cpu:stock")]
    devices: Vec<String>,
    /// Threads.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

/// Runs the comparison and prints it.
///
/// # Errors
/// If a run fails.
pub fn run(args: &Args) -> Result<()> {
    println!("loss after {} steps at {} pixels, and how far it is from the last one's", args.steps, args.size);
    for preset in &args.presets {
        let losses = args.devices.iter().map(|device| loss(args, preset, device)).collect::<Result<Vec<f64>>>()?;
        let last = losses.last().copied().context("no device")?;
        for (device, loss) in args.devices.iter().zip(losses) {
            println!("{preset:<16} {device:<12} {loss:>16.4} {:>+8.3} %", 100.0 * (loss / last - 1.0));
        }
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// The loss of a run's last step.
fn loss(args: &Args, preset: &str, device: &str) -> Result<f64> {
    let mut recipe = Recipe::builder().preset(preset)?.content(&args.content).style(&args.style, 1.0);
    let (size, steps) = (args.size.to_string(), args.steps.to_string());
    let own = [("size", size.as_str()), ("min_size", &size), ("scale_iterations", &steps)];
    for (name, value) in own {
        recipe = recipe.set(name, value)?;
    }
    recipe = with_settings(recipe, &args.settings)?;
    let environment = Environment { threads: Some(args.threads), device: device.into(), ..Environment::from_system() };
    let artwork = Job::prepare(&recipe.build()?, &environment)?.run(0, &mut Silent)?;
    Ok(artwork.trace.last().context("a run without steps")?.loss)
}
