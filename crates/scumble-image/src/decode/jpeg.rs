//! JPEG.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::{ColorType, ImageDecoder, ImageError};
use scumble_core::Result;

use super::Source;
use super::orientation::Orientation;
use super::raw::{Raw, Samples};
use crate::jpeg_segments::Segments;
use crate::recipe;

/// Most pixels that one byte can stand for: a block of 8 × 8 takes at least a bit.
const EXPANSION: u64 = 512;

pub(super) fn decode(source: &Source<'_>) -> Result<Raw> {
    let failed = |e: ImageError| match e {
        ImageError::Unsupported(e) => source.unsupported(e),
        e => source.damaged(e),
    };
    let mut decoder = JpegDecoder::new(Cursor::new(source.bytes)).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    source.check(width, height, u64::from(width) * u64::from(height), EXPANSION)?;
    // The decoder fills what is missing with grey, so that a picture cut short looks whole to it.
    let segments = Segments::of(source.bytes);
    if !segments.complete {
        return Err(source.damaged("the end of the picture is missing"));
    }
    let channels = match decoder.color_type() {
        ColorType::L8 => 1,
        _ => 3,
    };
    let icc = decoder.icc_profile().map_err(failed)?;
    let exif = decoder.exif_metadata().map_err(failed)?;
    let mut bytes = vec![0; width as usize * height as usize * channels];
    decoder.read_image(&mut bytes).map_err(failed)?;
    Ok(Raw {
        width: width as usize,
        height: height as usize,
        channels,
        samples: Samples::Eight(bytes),
        icc,
        orientation: Orientation::from_exif(exif.as_deref()),
        recipe: recipe::in_jpeg(&segments),
    })
}
