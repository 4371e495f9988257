//! How a run is done and watched; only too little memory changes the picture (`--memory`).

use scumble::{Budget, Environment};

use crate::progress::Mode;
use crate::report::Voice;

/// Flags of commands that compute.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Running")]
pub struct MachineArgs {
    #[command(flatten)]
    pub watch: WatchArgs,
    /// Most main memory to use: a size such as 4GiB, or a share of what is free [75%]
    ///
    /// Pictures that do not fit are computed in tiles, which changes them by rounding alone. L-BFGS may have to
    /// remember fewer steps. A note tells of either.
    #[arg(long, value_name = "SIZE")]
    pub memory: Option<Budget>,
    /// Compute device: auto, cpu, or a graphics device such as cuda:0; 'scumble doctor' lists them
    #[arg(long, value_name = "DEVICE", default_value = "auto", alias = "devices")]
    pub device: String,
    /// Print what the run will take, of time and memory, at which sizes and in how many tiles, and exit
    ///
    /// Image optimisation alone can tell. The first time, a few steps of small pictures are tried out.
    #[arg(long)]
    pub plan: bool,
}

/// Flags of commands that need the processor alone.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Running")]
pub struct WatchArgs {
    /// Threads to compute with [all of the processor's]; the picture is the same for any number
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
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
        let system = self.watch.environment();
        let memory = self.memory.unwrap_or(system.memory);
        Environment { device: self.device.clone(), memory, ..system }
    }
}

impl WatchArgs {
    /// Where to run.
    pub fn environment(&self) -> Environment {
        Environment { threads: self.threads, device: "cpu".into(), ..Environment::from_system() }
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
