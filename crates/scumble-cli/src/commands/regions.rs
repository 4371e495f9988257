//! `scumble regions`: a picture of regions, or of shapes in their places.

use std::path::PathBuf;

use scumble::{Method, Result};

use super::painting::PaintingArgs;
use crate::args::Regions;
use crate::report::Finish;

/// Arguments of `scumble regions`.
#[derive(Debug, clap::Args)]
pub struct RegionsArgs {
    /// The picture; '-' is standard input
    #[arg(value_name = "PICTURE")]
    picture: Option<PathBuf>,
    /// A picture whose colours the regions take, and textures where a fill says 'texture:style'
    #[arg(value_name = "STYLE")]
    style: Option<PathBuf>,
    /// Your own regions: a picture of the same size in which each colour is one
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    #[command(flatten)]
    pub painting: PaintingArgs<Regions>,
}

impl RegionsArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let mut builder = self.painting.builder(Method::Regions)?;
        if let Some(picture) = self.picture {
            builder = builder.content(picture);
        }
        if let Some(style) = self.style {
            builder = builder.style(style, 1.0);
        }
        if let Some(labels) = self.labels {
            builder = builder.labels(labels);
        }
        let environment = self.painting.watch.environment();
        self.painting.make(&builder.build()?, environment)
    }
}
