//! Reading pictures.

mod jpeg;
mod orientation;
mod png;
mod profile;
mod raw;
mod tiff;
mod webp;

pub(crate) use self::tiff::recipe_of as tiff_recipe;

use std::fmt::Display;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use scumble_core::{Error, Result};

use crate::{Canvas, Depth, Format, Limits};

/// A picture file's content: upright, in sRGB.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The pixels, 0 to 1.
    pub canvas: Canvas,
    /// Bits a value had in the file.
    pub depth: Depth,
    /// The recipe scumble embedded when it wrote the file, if any.
    pub recipe: Option<String>,
}

/// Reads a picture file; see [`decode`].
///
/// # Errors
/// `Fault::Input` if the file is missing or a folder, `Fault::Io` if it cannot be read, `Fault::Limit` if
/// it is too large; else as [`decode`].
pub fn open(path: &Path, limits: &Limits) -> Result<Picture> {
    let failed = |e: std::io::Error| Error::from_io("read", path, &e);
    let name = path.display().to_string();
    let file = File::open(path).map_err(failed)?;
    limits.check_file(&name, file.metadata().map_err(failed)?.len())?;
    let mut bytes = Vec::new();
    // Devices and pipes tell no size; they too are read no further than the limit.
    let most = limits.max_file_bytes.saturating_add(1);
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    decode(&bytes, &name, limits)
}

/// Decodes PNG, JPEG, WebP or TIFF, told by content; `name` is what messages call it.
///
/// The EXIF orientation is applied, an embedded ICC profile converted to sRGB (a broken profile is
/// ignored), grey becomes RGB, transparency is kept, of an animation the first frame is taken.
///
/// # Errors
/// `Fault::Input` if the content is of another format, damaged or cut short, or of a kind that is not
/// supported; `Fault::Limit` if its header asks for more pixels than `limits` allow.
pub fn decode(bytes: &[u8], name: &str, limits: &Limits) -> Result<Picture> {
    limits.check_file(name, bytes.len() as u64)?;
    let source = Source { bytes, name, limits };
    let raw = match Format::sniff(bytes, name)? {
        Format::Png => png::decode(&source),
        Format::Jpeg => jpeg::decode(&source),
        Format::WebP => webp::decode(&source),
        Format::Tiff => tiff::decode(&source),
    };
    raw?.into_picture(&source)
}

/// A picture file being decoded.
struct Source<'a> {
    bytes: &'a [u8],
    name: &'a str,
    limits: &'a Limits,
}

impl Source<'_> {
    /// Checks the sides a header claims, before memory is taken for them. `expansion` is how many bytes of
    /// `needed` one byte of the file can stand for at most: a header that claims more is a bomb or a
    /// remnant.
    fn check(&self, width: u32, height: u32, needed: u64, expansion: u64) -> Result<()> {
        if width == 0 || height == 0 {
            return Err(self.damaged(format!("it claims to be {width}x{height} pixels")));
        }
        self.limits.check_sides(self.name, width.into(), height.into())?;
        if (self.bytes.len() as u64).saturating_mul(expansion) < needed {
            return Err(self.damaged(format!("{} bytes cannot hold {width}x{height} pixels", self.bytes.len())));
        }
        Ok(())
    }

    fn damaged(&self, why: impl Display) -> Error {
        Error::input(format!("{} is damaged or cut short ({why})", self.name)).hint("copy or download it again")
    }

    fn unsupported(&self, what: impl Display) -> Error {
        Error::input(format!("{}: {what} is not supported", self.name))
            .hint("save the picture as an RGB or grey PNG with 8 or 16 bits")
    }
}
