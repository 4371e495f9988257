//! Where the picture goes, and what else is written.

use std::path::PathBuf;

use scumble::{Error, Format, Result};

/// Flags of commands that make a picture.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Where to write the picture; its ending is the format (png, jpg, webp, tif), '-' is standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Format of the picture, if not its name's ending [standard output: png]
    #[arg(long, value_name = "FORMAT", value_parser = ["png", "jpeg", "webp", "tiff"])]
    pub format: Option<String>,
    /// Write the picture so far every N steps, as <name>_<step>.<ext> beside the output
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub save_every: usize,
    /// Write the recipe and every step's losses as JSON
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Print what the run will take, of time and memory, at which sizes and in how many tiles, and exit
    ///
    /// The first time, a few steps of small pictures are tried out.
    #[arg(long)]
    pub plan: bool,
    /// Print one JSON object on standard output: output, width, height, seconds, loss, end, recipe
    #[arg(long)]
    pub json: bool,
}

/// Where a picture goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file.
    File(PathBuf),
    /// Standard output.
    Stdout,
}

/// What is written of a run.
#[derive(Debug, Clone)]
pub struct Delivery {
    /// Where the picture goes.
    pub target: Target,
    /// Its format.
    pub format: Format,
    /// The picture so far is written every so many steps; 0 is never.
    pub save_every: usize,
    /// Where the trace goes.
    pub trace: Option<PathBuf>,
    /// Whether there is only to be told what the run will take.
    pub plan: bool,
    /// Whether the run is described on standard output.
    pub json: bool,
}

impl OutputArgs {
    /// What the flags ask for; the picture goes to `default` unless they say otherwise.
    ///
    /// # Errors
    /// If the format is unknown, or two things would go to standard output.
    pub fn delivery(&self, default: PathBuf) -> Result<Delivery> {
        let path = self.output.clone().unwrap_or(default);
        let target = if path.as_os_str() == "-" { Target::Stdout } else { Target::File(path) };
        let format = match (&self.format, &target) {
            (Some(name), _) => Format::from_path(format!("picture.{name}").as_ref())?,
            (None, Target::File(path)) => Format::from_path(path)?,
            (None, Target::Stdout) => Format::from_path("picture.png".as_ref())?,
        };
        if target == Target::Stdout && self.json {
            return Err(Error::parameter("both the picture and --json would go to standard output")
                .hint("write the picture to a file"));
        }
        if target == Target::Stdout && self.save_every > 0 {
            return Err(Error::parameter("--save-every has no name to go by when the picture goes to standard output")
                .hint("write the picture to a file"));
        }
        Ok(Delivery {
            target,
            format,
            save_every: self.save_every,
            trace: self.trace.clone(),
            plan: self.plan,
            json: self.json,
        })
    }
}
