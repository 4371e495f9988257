//! `scumble strokes`: a painting of brush strokes.

use std::path::PathBuf;

use scumble::{Environment, Method, Result};

use super::painting::PaintingArgs;
use crate::args::Strokes;
use crate::report::Finish;

/// Arguments of `scumble strokes`.
#[derive(Debug, clap::Args)]
pub struct StrokesArgs {
    /// The picture; '-' is standard input
    #[arg(value_name = "PICTURE")]
    picture: Option<PathBuf>,
    /// A picture whose colours and marks the painting takes
    #[arg(value_name = "STYLE")]
    style: Option<PathBuf>,
    /// Compute device of --style-steps: auto, cpu, or a graphics device such as cuda:0; 'scumble doctor' lists them
    #[arg(long, value_name = "DEVICE", default_value = "auto", help_heading = "Running")]
    device: String,
    /// Where the painting shall be near to the picture: white counts, black does not; of the picture's size
    #[arg(long, value_name = "FILE")]
    mask: Option<PathBuf>,
    /// The mark of a brush of your own: a picture of one stroke from left to right, in any colour on an even ground
    #[arg(long, value_name = "FILE")]
    brush_file: Option<PathBuf>,
    #[command(flatten)]
    pub painting: PaintingArgs<Strokes>,
}

impl StrokesArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let mut builder = self.painting.builder(Method::Strokes)?;
        if let Some(picture) = self.picture {
            builder = builder.content(picture);
        }
        if let Some(style) = self.style {
            builder = builder.style(style, 1.0);
        }
        if let Some(mask) = self.mask {
            builder = builder.mask(mask);
        }
        if let Some(mark) = self.brush_file {
            builder = builder.brush_file(mark);
        }
        let environment = Environment { device: self.device, ..self.painting.watch.environment() };
        self.painting.make(&builder.build()?, environment)
    }
}
