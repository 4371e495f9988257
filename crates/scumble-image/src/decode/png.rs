//! PNG.

use std::io::Cursor;

use ::png::{ColorType, Decoder, DecodingError, Limits, Transformations};
use scumble_core::{Error, Result};

use super::Source;
use super::orientation::Orientation;
use super::raw::{Raw, Samples};
use crate::recipe;

/// Most bytes `png` may take for itself: rows, profiles, texts.
const WORKING_MEMORY: usize = 256 << 20;
/// Most bytes that one byte of deflate can stand for.
const DEFLATE_EXPANSION: u64 = 1032;

pub(super) fn decode(source: &Source<'_>) -> Result<Raw> {
    let failed = |e: DecodingError| failure(source, &e);
    let limits = Limits { bytes: WORKING_MEMORY };
    let mut decoder = Decoder::new_with_limits(Cursor::new(source.bytes), limits);
    // Palettes, transparent colours and fewer than 8 bits become RGB, alpha and 8 bits.
    decoder.set_transformations(Transformations::EXPAND);
    let header = decoder.read_header_info().map_err(failed)?;
    let (width, height) = header.size();
    let stored = header.raw_row_length() as u64 * u64::from(height);
    source.check(width, height, stored, DEFLATE_EXPANSION)?;

    let mut reader = decoder.read_info().map_err(failed)?;
    let size = reader.output_buffer_size();
    let mut bytes = vec![0; size.ok_or_else(|| source.damaged("it is too large for memory"))?];
    let frame = reader.next_frame(&mut bytes).map_err(failed)?;
    bytes.truncate(frame.buffer_size());
    // Texts may stand behind the pixels; a file cut there has lost nothing that is needed.
    let _ = reader.finish();

    let info = reader.info();
    let channels = match frame.color_type {
        ColorType::Grayscale => 1,
        ColorType::GrayscaleAlpha => 2,
        ColorType::Rgb | ColorType::Indexed => 3,
        ColorType::Rgba => 4,
    };
    let samples = if frame.bit_depth == ::png::BitDepth::Sixteen {
        let pairs = bytes.as_chunks::<2>().0;
        Samples::Sixteen(pairs.iter().map(|p| u16::from_be_bytes(*p)).collect())
    } else {
        Samples::Eight(bytes)
    };
    // An sRGB chunk outranks a profile (PNG 3rd edition, 4.3).
    let icc = info.icc_profile.as_deref().filter(|_| info.srgb.is_none());
    Ok(Raw {
        width: frame.width as usize,
        height: frame.height as usize,
        channels,
        samples,
        icc: icc.map(<[u8]>::to_vec),
        orientation: Orientation::from_exif(info.exif_metadata.as_deref()),
        recipe: recipe::in_png(info),
    })
}

fn failure(source: &Source<'_>, error: &DecodingError) -> Error {
    match error {
        DecodingError::LimitsExceeded => {
            Error::limit(format!("{} needs more than {WORKING_MEMORY} bytes beside its pixels", source.name))
        }
        other => source.damaged(other),
    }
}
