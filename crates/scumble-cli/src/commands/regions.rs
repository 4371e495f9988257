//! `scumble regions`: a picture of regions, or of shapes in their places.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use scumble::regions::shapes::{learn::Learned, user::UserShape};
use scumble::{Error, Method, Result};

use super::painting::PaintingArgs;
use crate::args::Regions;
use crate::report::Finish;

/// The most bytes of a file of shapes, or of what was learned.
const MOST_BYTES: u64 = 16 << 20;

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
    /// A shape of your own, an SVG file of which the first path or polygon counts; may be repeated. Sets --shapes user
    #[arg(long, value_name = "FILE")]
    shape_file: Vec<PathBuf>,
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
        if !self.shape_file.is_empty() {
            let texts = self.shape_file.iter().map(|path| shape(path)).collect::<Result<Vec<_>>>()?;
            builder = builder.set_json("user_shapes", texts.into())?;
            if !self.painting.sets("shapes") {
                builder = builder.set("shapes", "user")?;
            }
        }
        if let Some(labels) = self.labels {
            builder = builder.labels(labels);
        }
        if let Some(path) = self.painting.learned() {
            let picked = builder.clone().build()?.regions().is_some_and(|params| !params.picks.is_empty());
            if !picked || path.exists() {
                builder = builder.set_json("learned", learned(path)?.into())?;
            }
        }
        let environment = self.painting.watch.environment();
        self.painting.make(&builder.build()?, environment)
    }
}

/// The text of a file with a shape; what is wrong with it is told with the file's name.
fn shape(path: &Path) -> Result<String> {
    let text = read(path)?;
    UserShape::from_svg(&path.display().to_string(), &text)?;
    Ok(text)
}

/// The text of a file with what was learned, checked like [`shape`].
fn learned(path: &Path) -> Result<String> {
    let text = read(path)?;
    Learned::from_json(&text).map_err(|e| e.context(path.display()))?;
    Ok(text)
}

/// The text of a file, read no further than it may be: a device file may have no end.
fn read(path: &Path) -> Result<String> {
    let failed = |e: std::io::Error| Error::from_io("read", path, &e);
    let mut text = String::new();
    File::open(path).map_err(failed)?.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(Error::limit(format!("{} is larger than {MOST_BYTES} bytes", path.display()))
            .hint("shapes and what was learned are small files of text"));
    }
    Ok(text)
}
