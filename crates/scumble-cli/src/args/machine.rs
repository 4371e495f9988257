//! How a run is done and watched; nothing here changes the picture.

use scumble::Environment;

use crate::progress::Mode;
use crate::report::Voice;

/// Flags of commands that compute.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Running")]
pub struct MachineArgs {
    /// Threads to compute with [all of the processor's]; the picture is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Compute device: auto, cpu, or a graphics device such as cuda:0; 'scumble doctor' lists them
    #[arg(long, value_name = "DEVICE", default_value = "auto", alias = "devices")]
    pub device: String,
    /// How to show progress on standard error [a bar on a terminal, else plain lines]
    #[arg(long, value_name = "FORM", value_enum)]
    pub progress: Option<Mode>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

impl MachineArgs {
    /// Where to run.
    pub fn environment(&self) -> Environment {
        Environment { device: self.device.clone(), threads: self.threads, ..Environment::from_system() }
    }

    /// How progress is shown.
    pub fn progress(&self) -> Mode {
        match self.progress {
            Some(mode) => mode,
            None if self.quiet => Mode::None,
            None => Mode::fitting(),
        }
    }

    /// How messages are given.
    pub fn voice(&self) -> Voice {
        Voice { json: self.progress == Some(Mode::Json), quiet: self.quiet }
    }
}
