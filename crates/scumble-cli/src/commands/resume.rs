//! `scumble resume`: goes on with a run from its checkpoint.

use std::path::PathBuf;

use scumble::{Budget, Checkpoint, Environment, Result, VERSION};

use crate::args::{MachineArgs, OutputArgs};
use crate::report::Finish;
use crate::run::Run;
use crate::source::Pictures;

/// Arguments of `scumble resume`.
#[derive(Debug, clap::Args)]
pub struct ResumeArgs {
    /// A file that --checkpoint saved
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    pub machine: MachineArgs,
}

impl ResumeArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of the checkpoint, of input and output.
    pub fn run(self) -> Result<Finish> {
        let voice = self.machine.watch.voice();
        let checkpoint = Checkpoint::read(&self.file)?;
        let version = &checkpoint.recipe.scumble;
        if version != VERSION {
            voice.note(&format!("the run was begun with scumble {version}; from here on it may differ"));
        }
        // Notes that cannot be read are of another version; the flags stand for them.
        let before: OutputArgs = serde_json::from_value(checkpoint.notes.clone()).unwrap_or_default();
        let mut output = self.output.or(before);
        let resumed = Some(self.file.clone());
        output.checkpoint.get_or_insert(self.file);
        if self.machine.memory.is_some() {
            voice.note("--memory counts when a run begins; this one keeps its tiles and its history");
        }
        let run = Run {
            // Other tiles would round otherwise.
            environment: Environment { memory: Budget::Unlimited, ..self.machine.environment() },
            plan: self.machine.plan,
            source: &mut Pictures::default(),
            delivery: output.delivery("out.png".into())?,
            display: self.machine.watch.progress().display(checkpoint.recipe.method()),
            voice,
        };
        let recipe = checkpoint.recipe.clone();
        run.make_from(&recipe, resumed.zip(Some(checkpoint)))
    }
}
