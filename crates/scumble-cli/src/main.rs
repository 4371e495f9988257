//! The program `scumble`.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod args;
mod child;
mod cli;
mod commands;
mod interrupt;
mod neural_style;
mod plan;
mod progress;
mod reference;
mod report;
mod run;
mod saver;
mod source;

use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::read(args::spelling::translate(std::env::args_os().collect()));
    let voice = cli.voice();
    match cli.run() {
        Ok(finish) => finish.into(),
        Err(error) => {
            voice.error(&error);
            report::exit_code(&error)
        }
    }
}
