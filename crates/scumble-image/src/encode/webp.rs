//! WebP, lossless.

use image_webp::{ColorType, WebPEncoder};
use scumble_core::Result;

use super::{EncodeOptions, failure, quantise};
use crate::{Canvas, Format, recipe, srgb};

pub(super) fn encode(canvas: &Canvas, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = WebPEncoder::new(&mut file);
    encoder.set_icc_profile(srgb::encoded()?);
    if let Some(recipe) = options.recipe {
        encoder.set_xmp_metadata(recipe::xmp(recipe));
    }
    let color = match canvas.alpha() {
        Some(_) => ColorType::Rgba8,
        None => ColorType::Rgb8,
    };
    let (width, height) = (canvas.width() as u32, canvas.height() as u32);
    encoder.encode(&quantise::rgb_or_rgba::<u8>(canvas), width, height, color).map_err(|e| failure(Format::WebP, e))?;
    Ok(file)
}
