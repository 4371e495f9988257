//! Developer chores: `cargo xtask COMMAND`.

mod docs;
mod gallery;
mod models;
mod peers;
mod plan;
mod samples;
mod strokes;

use std::path::Path;

use clap::{Parser, Subcommand};

/// Developer chores of the scumble repository; run from its root.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make weight files.
    Models(models::Args),
    /// Paint the sample style pictures anew.
    Samples,
    /// Make the pictures of the README and the gallery from their recipes.
    Gallery(gallery::Args),
    /// Write the generated pages of docs/ anew.
    Docs,
    /// Compare with other programs, side by side in one run.
    Peers(peers::Args),
    /// Tell how near painters come with how many strokes, and what relaxation and refinement add.
    Strokes(strokes::Args),
    /// Compare what `--plan` says with what runs take.
    Plan(plan::Args),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Models(args) => models::run(args),
        Command::Samples => samples::run(Path::new("samples/style")),
        Command::Gallery(args) => gallery::run(&args),
        Command::Docs => docs::run(),
        Command::Peers(args) => peers::run(&args),
        Command::Strokes(args) => strokes::run(&args),
        Command::Plan(args) => plan::run(&args),
    }
}
