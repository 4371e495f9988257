//! PNG.

use ::png::{BitDepth, ColorType, Encoder, EncodingError, SrgbRenderingIntent};
use scumble_core::{Error, Result};

use super::{EncodeOptions, failure, quantise};
use crate::{Canvas, Depth, Format, recipe};

pub(super) fn encode(canvas: &Canvas, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    let failed = |e: EncodingError| failure(Format::Png, e);
    let mut file = Vec::new();
    let (width, height) = (canvas.width() as u32, canvas.height() as u32);
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(match canvas.alpha() {
        Some(_) => ColorType::Rgba,
        None => ColorType::Rgb,
    });
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    if let Some(recipe) = options.recipe {
        encoder.add_itxt_chunk(recipe::KEYWORD.into(), recipe.into()).map_err(failed)?;
    }
    let (depth, bytes) = match options.depth {
        Depth::Eight => (BitDepth::Eight, quantise::rgb_or_rgba::<u8>(canvas)),
        Depth::Sixteen => {
            let levels = quantise::rgb_or_rgba::<u16>(canvas);
            (BitDepth::Sixteen, levels.iter().flat_map(|v| v.to_be_bytes()).collect())
        }
    };
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&bytes).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// An 8-bit grey PNG of values from 0 to 1, row by row; those outside count as 0 or 1. For masks: it holds no recipe.
///
/// # Errors
/// `Fault::Parameter` if there is no pixel or another number of values than pixels, `Fault::Limit` if a side is too large for PNG.
pub fn encode_grey(values: &[f32], [width, height]: [usize; 2]) -> Result<Vec<u8>> {
    let pixels = width.saturating_mul(height);
    if pixels == 0 || pixels != values.len() {
        return Err(Error::parameter(format!("{} values are given for {width}x{height} pixels", values.len())));
    }
    super::check_size(width, height, Format::Png)?;
    let failed = |e: EncodingError| failure(Format::Png, e);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width as u32, height as u32);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&quantise::grey::<u8>(values)).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}
