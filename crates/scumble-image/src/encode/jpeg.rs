//! JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use scumble_core::Result;

use super::{EncodeOptions, failure, quantise};
use crate::jpeg_segments::COM;
use crate::{Canvas, Format, recipe, srgb};

/// Bytes of the start marker and the JFIF segment, which must come first (JFIF 1.02).
const JFIF_END: usize = 20;

pub(super) fn encode(canvas: &Canvas, options: &EncodeOptions<'_>) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, options.jpeg_quality);
    encoder.set_icc_profile(srgb::encoded()?).map_err(|e| failure(Format::Jpeg, e))?;
    let (width, height) = (canvas.width() as u32, canvas.height() as u32);
    encoder
        .write_image(&quantise::rgb::<u8>(canvas), width, height, ExtendedColorType::Rgb8)
        .map_err(|e| failure(Format::Jpeg, e))?;
    if let Some(recipe) = options.recipe {
        let segment = |comment: Vec<u8>| {
            // A comment is never longer than its part and heading: 65 535 with these two bytes.
            let length = (comment.len() as u16 + 2).to_be_bytes();
            [&[0xff, COM], &length[..], &comment].concat()
        };
        let comments = recipe::jpeg_comments(recipe).into_iter().flat_map(segment);
        file.splice(JFIF_END..JFIF_END, comments);
    }
    Ok(file)
}
