//! Writing pictures.

mod jpeg;
mod png;
pub(crate) mod quantise;
mod tiff;
mod webp;

use std::fmt::Display;

use scumble_core::{Error, Result};

use crate::{Canvas, Depth, Format};

pub use png::encode_grey;

/// How a picture is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodeOptions<'a> {
    /// Bits a value, where the format has the choice: PNG and TIFF.
    pub depth: Depth,
    /// JPEG quality, 1 (small) to 100 (good).
    pub jpeg_quality: u8,
    /// The recipe to embed.
    pub recipe: Option<&'a str>,
}

impl Default for EncodeOptions<'_> {
    /// 8 bits, JPEG quality 95, no recipe.
    fn default() -> Self {
        Self { depth: Depth::Eight, jpeg_quality: 95, recipe: None }
    }
}

/// A picture file's bytes, tagged as sRGB, with the recipe inside.
///
/// Values are rounded to the nearest level. JPEG keeps the colours of transparent pixels and drops their
/// transparency; its colours are not subsampled (4:4:4). JPEG and WebP always have 8 bits.
///
/// # Errors
/// `Fault::Limit` if a side or the picture is too large for the format, `Fault::Parameter` if the JPEG
/// quality is not 1 to 100 or the recipe holds a NUL character.
pub fn encode(canvas: &Canvas, format: Format, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    check(canvas, format, options)?;
    match format {
        Format::Png => png::encode(canvas, options),
        Format::Jpeg => jpeg::encode(canvas, options),
        Format::WebP => webp::encode(canvas, options),
        Format::Tiff => tiff::encode(canvas, options),
    }
}

fn check(canvas: &Canvas, format: Format, options: &EncodeOptions<'_>) -> Result<()> {
    check_size(canvas.width(), canvas.height(), format)?;
    if !(1..=100).contains(&options.jpeg_quality) {
        return Err(Error::parameter(format!("JPEG quality is {}, allowed is 1 to 100", options.jpeg_quality)));
    }
    if options.recipe.is_some_and(|recipe| recipe.contains('\0')) {
        return Err(Error::parameter("the recipe holds a NUL character"));
    }
    Ok(())
}

fn check_size(width: usize, height: usize, format: Format) -> Result<()> {
    let most = match format {
        Format::Png => i32::MAX as usize,
        Format::Jpeg => 65_535,
        Format::WebP => 16_383,
        Format::Tiff => u32::MAX as usize,
    };
    if width.max(height) > most {
        return Err(Error::limit(format!(
            "a picture of {width}x{height} pixels is too large for {}, allowed are {most} a side",
            format.name()
        ))
        .hint("write it as PNG or TIFF"));
    }
    Ok(())
}

/// A failure of an encoder. They write to memory, so that what is left is the picture itself.
fn failure(format: Format, why: impl Display) -> Error {
    Error::limit(format!("the picture cannot be written as {} ({why})", format.name())).hint("try another format")
}
