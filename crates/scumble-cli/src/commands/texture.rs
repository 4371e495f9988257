//! `scumble texture`: more of a texture.

use std::path::PathBuf;

use scumble::{Method, Result};

use super::painting::PaintingArgs;
use crate::args::Texture;
use crate::report::Finish;

/// Arguments of `scumble texture`.
#[derive(Debug, clap::Args)]
pub struct TextureArgs {
    /// The texture of which there shall be more; '-' is standard input
    #[arg(value_name = "EXEMPLAR")]
    exemplar: Option<PathBuf>,
    /// A picture that is put together from the texture
    #[arg(long, value_name = "FILE")]
    guide: Option<PathBuf>,
    #[command(flatten)]
    pub painting: PaintingArgs<Texture>,
}

impl TextureArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let mut builder = self.painting.builder(Method::Texture)?;
        if let Some(exemplar) = self.exemplar {
            builder = builder.style(exemplar, 1.0);
        }
        if let Some(guide) = self.guide {
            builder = builder.content(guide);
        }
        let environment = self.painting.watch.environment();
        self.painting.make(&builder.build()?, environment)
    }
}
