//! `scumble strokes`: a painting of brush strokes.

use std::path::PathBuf;

use scumble::{Method, Result};

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
        self.painting.make(&builder.build()?)
    }
}
