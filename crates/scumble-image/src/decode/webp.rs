//! WebP.

use std::io::Cursor;

use image_webp::{DecodingError, WebPDecoder};
use scumble_core::Result;

use super::Source;
use super::orientation::Orientation;
use super::raw::{Raw, Samples};
use crate::recipe;

pub(super) fn decode(source: &Source<'_>) -> Result<Raw> {
    let failed = |e: DecodingError| match e {
        DecodingError::UnsupportedFeature(what) => source.unsupported(what),
        e => source.damaged(e),
    };
    let mut decoder = WebPDecoder::new(Cursor::new(source.bytes)).map_err(failed)?;
    let (width, height) = decoder.dimensions();
    // A picture of one colour takes no bits a pixel, so that a short file proves nothing here.
    source.check(width, height, 0, 1)?;
    // Metadata that cannot be read is worth less than the picture.
    let icc = decoder.icc_profile().ok().flatten();
    let exif = decoder.exif_metadata().ok().flatten();
    let xmp = decoder.xmp_metadata().ok().flatten();
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let mut bytes = vec![0; width as usize * height as usize * channels];
    decoder.read_image(&mut bytes).map_err(failed)?;
    Ok(Raw {
        width: width as usize,
        height: height as usize,
        channels,
        samples: Samples::Eight(bytes),
        icc,
        orientation: Orientation::from_exif(exif.as_deref()),
        recipe: xmp.and_then(|xmp| recipe::in_xmp(&xmp)),
    })
}
