//! Where the picture goes, and what else is written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use scumble::{Animation, Error, Form, Format, Result};
use serde::{Deserialize, Serialize};

/// Minutes between checkpoints, unless told otherwise.
const MINUTES: f64 = 10.0;

/// What --output is.
pub const OUTPUT: &str = "Where to write the picture; its ending is the format, '-' is standard output";
/// The formats of paintings.
const FORMATS: &str = "Formats are png, jpg, webp and tif. Pictures made of strokes, shapes or regions are also written as svg, \
                       as json, from which any size can be drawn, and as films of their making, gif or apng.";

/// Flags of commands that make a picture. A checkpoint keeps them for those who go on.
#[derive(Debug, Clone, Default, PartialEq, clap::Args, Serialize, Deserialize)]
#[serde(default)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    // The help is written out for commands of fewer formats.
    #[arg(short, long, value_name = "FILE", help = OUTPUT, long_help = format!("{OUTPUT}\n\n{FORMATS}"))]
    pub output: Option<PathBuf>,
    /// Format of the picture, if not its name's ending [standard output: png]
    #[arg(long, value_name = "FORMAT", value_parser = ["png", "jpeg", "webp", "tiff", "svg", "json", "gif", "apng"])]
    pub format: Option<String>,
    /// Write another file of the same picture, in the form of its ending; may be repeated
    #[arg(long, value_name = "FILE")]
    pub also: Vec<PathBuf>,
    /// Write a film of the making as gif, webp, apng or png, by its ending
    #[arg(long, value_name = "FILE")]
    pub film: Option<PathBuf>,
    /// Write each layer of what is painted as a PNG with transparency into this folder, numbered from the lowest
    #[arg(long, value_name = "FOLDER")]
    pub layers: Option<PathBuf>,
    /// Write each region as a soft mask, a grey PNG of the photo's size, into this folder, numbered from the largest
    #[arg(long, value_name = "FOLDER")]
    pub masks: Option<PathBuf>,
    /// What was learned from --pick: with picks, read if it is there, and written again with theirs; without, only read
    #[arg(long, value_name = "FILE")]
    pub learned: Option<PathBuf>,
    /// Write the picture so far every N steps, as <name>_<step>.<ext> beside the output
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub save_every: usize,
    /// Write the recipe and every step's losses as JSON
    #[arg(long, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Save the run to this file from time to time, and on Ctrl-C; 'scumble resume FILE' goes on from there
    ///
    /// The picture is the same, byte for byte, as without the break. The file is removed once the picture is written.
    #[arg(long, value_name = "FILE")]
    #[serde(skip)]
    pub checkpoint: Option<PathBuf>,
    /// Minutes between savings [10]; 0 saves after every step
    #[arg(long, value_name = "MINUTES")]
    pub checkpoint_every: Option<f64>,
    /// Print one JSON object on standard output: output, width, height, seconds, loss, end, recipe
    #[arg(long)]
    #[serde(skip)]
    pub json: bool,
}

/// Where a run is saved, and how often.
#[derive(Debug, Clone, PartialEq)]
pub struct Saving {
    /// The file.
    pub path: PathBuf,
    /// Time between savings.
    pub every: Duration,
    /// The output's flags, for those who go on.
    pub flags: OutputArgs,
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
    /// What is written of it.
    pub form: Form,
    /// Other files of it, and what is written there.
    pub also: Vec<(PathBuf, Form)>,
    /// The picture so far is written every so many steps; 0 is never.
    pub save_every: usize,
    /// Where the trace goes.
    pub trace: Option<PathBuf>,
    /// A folder for the layers of a painting.
    pub layers: Option<PathBuf>,
    /// A folder for the masks of regions.
    pub masks: Option<PathBuf>,
    /// A file for what picks of shapes teach.
    pub learned: Option<PathBuf>,
    /// Whether the run is described on standard output.
    pub json: bool,
    /// How the run itself is saved.
    pub saving: Option<Saving>,
}

impl OutputArgs {
    /// What the flags ask for; the picture goes to `default` unless they say otherwise.
    ///
    /// # Errors
    /// If the format is unknown, or two things would go to standard output.
    pub fn delivery(&self, default: PathBuf) -> Result<Delivery> {
        let path = self.output.clone().unwrap_or(default);
        let target = if path.as_os_str() == "-" { Target::Stdout } else { Target::File(path.clone()) };
        let form = match (&self.format, &target) {
            (Some(name), _) => Form::from_path(format!("picture.{name}").as_ref())?,
            (None, Target::File(path)) => Form::from_path(path)?,
            (None, Target::Stdout) => Form::Picture(Format::Png),
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
            saving: self.saving(&path)?,
            target,
            form,
            also: self.others()?,
            save_every: self.save_every,
            trace: self.trace.clone(),
            layers: self.layers.clone(),
            masks: self.masks.clone(),
            learned: self.learned.clone(),
            json: self.json,
        })
    }

    /// Other files of the same picture.
    fn others(&self) -> Result<Vec<(PathBuf, Form)>> {
        let also = self.also.iter().map(|path| Ok((path.clone(), Form::from_path(path)?)));
        let film = self.film.iter().map(|path| Ok((path.clone(), Form::Moving(Animation::of_film(path)?))));
        also.chain(film).collect()
    }

    /// How the run itself is saved whose picture goes to `output`.
    fn saving(&self, output: &Path) -> Result<Option<Saving>> {
        let minutes = self.checkpoint_every.unwrap_or(MINUTES);
        let every = Duration::try_from_secs_f64(60.0 * minutes)
            .map_err(|_| Error::parameter(format!("--checkpoint-every is {minutes}, allowed are minutes from 0 on")))?;
        let Some(path) = self.checkpoint.clone() else {
            return match self.checkpoint_every {
                None => Ok(None),
                Some(_) => Err(Error::parameter("--checkpoint-every is given without --checkpoint FILE")),
            };
        };
        if [Some(output), self.trace.as_deref(), self.film.as_deref(), self.learned.as_deref()].contains(&Some(&path))
            || self.also.contains(&path)
        {
            return Err(Error::parameter(format!(
                "{} is to be both the checkpoint and another output",
                path.display()
            ))
            .hint("name another file with --checkpoint"));
        }
        Ok(Some(Saving { path, every, flags: Self { output: Some(output.to_owned()), ..self.clone() } }))
    }

    /// These flags, and those of a run that goes on where these say nothing.
    pub fn or(self, before: Self) -> Self {
        Self {
            output: self.output.or(before.output),
            format: self.format.or(before.format),
            save_every: if self.save_every > 0 { self.save_every } else { before.save_every },
            also: if self.also.is_empty() { before.also } else { self.also },
            film: self.film.or(before.film),
            layers: self.layers.or(before.layers),
            masks: self.masks.or(before.masks),
            learned: self.learned.or(before.learned),
            trace: self.trace.or(before.trace),
            checkpoint_every: self.checkpoint_every.or(before.checkpoint_every),
            ..self
        }
    }
}
