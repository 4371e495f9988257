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
        self.painting.make(&builder.build()?)
    }
}
