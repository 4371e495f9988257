//! `scumble shapes`: a picture put together from shapes.

use std::path::PathBuf;

use scumble::{Method, Result};

use super::painting::PaintingArgs;
use crate::args::Shapes;
use crate::report::Finish;

/// Arguments of `scumble shapes`.
#[derive(Debug, clap::Args)]
pub struct ShapesArgs {
    /// The picture; '-' is standard input
    #[arg(value_name = "PICTURE")]
    picture: Option<PathBuf>,
    /// Where the painting shall be near to the picture: white counts, black does not; of the picture's size
    #[arg(long, value_name = "FILE")]
    mask: Option<PathBuf>,
    #[command(flatten)]
    pub painting: PaintingArgs<Shapes>,
}

impl ShapesArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let mut builder = self.painting.builder(Method::Shapes)?;
        if let Some(picture) = self.picture {
            builder = builder.content(picture);
        }
        if let Some(mask) = self.mask {
            builder = builder.mask(mask);
        }
        let environment = self.painting.watch.environment();
        self.painting.make(&builder.build()?, environment)
    }
}
