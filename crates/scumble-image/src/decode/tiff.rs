//! TIFF and BigTIFF: the first picture of the file.

use std::io::Cursor;

use ::tiff::decoder::{BufferLayoutPreference, ChunkType, Decoder, DecodingResult, Limits};
use ::tiff::tags::{ExtraSamples, Tag, Type, ValueBuffer};
use ::tiff::{ColorType, TiffError};
use scumble_core::{Error, Result};

use super::Source;
use super::orientation::Orientation;
use super::raw::{Raw, Samples};
use crate::recipe;

/// Most bytes of a tag: profiles and recipes.
const LARGEST_TAG: usize = 64 << 20;
/// Most bytes of a tag's values in memory, where each takes 32: a damaged count must not take it all.
const LARGEST_LIST: usize = 256 << 20;

type TiffDecoder<'a> = Decoder<Cursor<&'a [u8]>>;

pub(super) fn decode(source: &Source<'_>) -> Result<Raw> {
    let failed = |e: TiffError| failure(source, e);
    let mut decoder = open(source.bytes).map_err(failed)?;
    let (width, height) = decoder.dimensions().map_err(failed)?;
    source.check(width, height, 0, 1)?;
    check_chunks(source, &mut decoder)?;
    let colour = decoder.colortype().map_err(failed)?;
    let (kind, alpha) = kind_of(source, &mut decoder, colour)?;

    let (width, height) = (width as usize, height as usize);
    let mut values = DecodingResult::U8(Vec::new());
    // The pixels' number is checked; what they take is not a tag's.
    let mut pixels = open(source.bytes).map_err(failed)?.with_limits(limits(usize::MAX));
    let layout = pixels.read_image_to_buffer(&mut values).map_err(failed)?;
    let samples = match values {
        DecodingResult::U8(v) => {
            let v = interleaved(v, &layout);
            match colour.bit_depth() {
                bits @ 1..8 => Samples::Eight(unpacked(&v, width, height, bits)),
                _ => Samples::Eight(v),
            }
        }
        DecodingResult::U16(v) => Samples::Sixteen(interleaved(v, &layout)),
        DecodingResult::F32(v) => Samples::Float(interleaved(v, &layout)),
        _ => return Err(source.unsupported(format!("TIFF with {colour:?} values"))),
    };
    let mut raw = Raw {
        width,
        height,
        channels: kind.channels(),
        samples,
        icc: tag_bytes(&mut decoder, Tag::IccProfile),
        orientation: Orientation::from_value(decoder.find_tag_unsigned(Tag::Orientation).ok().flatten().unwrap_or(1)),
        recipe: recipe::in_tiff(tag_bytes(&mut decoder, Tag::ImageDescription)),
    };
    if kind == Kind::Cmyk {
        raw.samples = match raw.samples {
            Samples::Eight(v) => Samples::Eight(from_cmyk(&v, 255, |v| v.into())),
            Samples::Sixteen(v) => Samples::Sixteen(from_cmyk(&v, 65_535, |v| v.into())),
            Samples::Float(_) => return Err(source.unsupported("CMYK in floating point")),
        };
        raw.channels = 3;
        raw.icc = None;
    }
    if alpha == Some(ExtraSamples::AssociatedAlpha) {
        raw.samples = Samples::Float(unmultiplied(raw.samples, raw.channels));
    }
    Ok(raw)
}

/// The recipe in a TIFF file, without decoding its pixels.
pub(crate) fn recipe_of(bytes: &[u8]) -> Option<String> {
    let mut decoder = open(bytes).ok()?;
    recipe::in_tiff(tag_bytes(&mut decoder, Tag::ImageDescription))
}

fn open(bytes: &[u8]) -> ::tiff::TiffResult<TiffDecoder<'_>> {
    Ok(Decoder::new(Cursor::new(bytes))?.with_limits(limits(LARGEST_LIST)))
}

fn limits(decoded: usize) -> Limits {
    let mut limits = Limits::unlimited();
    limits.ifd_value_size = LARGEST_TAG;
    limits.decoding_buffer_size = decoded;
    limits
}

fn failure(source: &Source<'_>, error: TiffError) -> Error {
    match error {
        TiffError::UnsupportedError(what) => source.unsupported(format!("TIFF: {what}")),
        other => source.damaged(other),
    }
}

fn tag_bytes(decoder: &mut TiffDecoder<'_>, tag: Tag) -> Option<Vec<u8>> {
    let mut buffer = ValueBuffer::empty(Type::BYTE);
    decoder.image_ifd().find_tag_buf(tag, &mut buffer).ok().flatten()?;
    Some(buffer.as_bytes().to_vec())
}

/// Refuses a file that lacks some of its strips or tiles, before memory is taken for the pixels.
fn check_chunks(source: &Source<'_>, decoder: &mut TiffDecoder<'_>) -> Result<()> {
    let (offsets, counts) = match decoder.get_chunk_type() {
        ChunkType::Strip => (Tag::StripOffsets, Tag::StripByteCounts),
        ChunkType::Tile => (Tag::TileOffsets, Tag::TileByteCounts),
    };
    let mut read = |tag| decoder.get_tag_u64_vec(tag).map_err(|e| failure(source, e));
    let (offsets, counts) = (read(offsets)?, read(counts)?);
    let end = offsets.iter().zip(&counts).map(|(o, c)| o.saturating_add(*c)).max();
    if end.unwrap_or(0) > source.bytes.len() as u64 {
        return Err(source.damaged("pixels are missing at its end"));
    }
    Ok(())
}

/// What the values of a pixel are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Grey,
    GreyAlpha,
    Rgb,
    RgbAlpha,
    Cmyk,
}

impl Kind {
    fn channels(self) -> usize {
        match self {
            Kind::Grey => 1,
            Kind::GreyAlpha => 2,
            Kind::Rgb => 3,
            Kind::RgbAlpha | Kind::Cmyk => 4,
        }
    }
}

fn kind_of(
    source: &Source<'_>,
    decoder: &mut TiffDecoder<'_>,
    colour: ColorType,
) -> Result<(Kind, Option<ExtraSamples>)> {
    let extra = decoder.find_tag_unsigned_vec::<u16>(Tag::ExtraSamples).ok().flatten();
    let extra = extra.and_then(|e| ExtraSamples::from_u16(*e.first()?));
    let kind = match colour {
        ColorType::Gray(_) => Kind::Grey,
        ColorType::GrayA(_) | ColorType::Multiband { num_samples: 2, .. } => Kind::GreyAlpha,
        ColorType::RGB(_) => Kind::Rgb,
        ColorType::RGBA(_) => Kind::RgbAlpha,
        ColorType::CMYK(_) => Kind::Cmyk,
        other => return Err(source.unsupported(format!("TIFF of kind {other:?}"))),
    };
    let has_alpha = matches!(kind, Kind::GreyAlpha | Kind::RgbAlpha);
    Ok((kind, extra.filter(|_| has_alpha)))
}

/// Planes, where the file holds them one after the other, as interleaved values.
fn interleaved<T: Copy>(values: Vec<T>, layout: &BufferLayoutPreference) -> Vec<T> {
    if layout.planes <= 1 {
        return values;
    }
    let area = values.len() / layout.planes;
    (0..area).flat_map(|i| values[i..].iter().step_by(area).copied()).collect()
}

/// Values of less than 8 bits, packed in rows of whole bytes, spread over 0 to 255.
fn unpacked(packed: &[u8], width: usize, height: usize, bits: u8) -> Vec<u8> {
    let per_byte = usize::from(8 / bits);
    let most = (1u16 << bits) - 1;
    let value = |row: &[u8], x: usize| {
        let shift = 8 - usize::from(bits) * (x % per_byte + 1);
        let level = u16::from(row[x / per_byte] >> shift) & most;
        (level * 255 / most) as u8
    };
    let rows = packed.chunks_exact(width.div_ceil(per_byte)).take(height);
    rows.flat_map(|row| (0..width).map(move |x| value(row, x))).collect()
}

/// RGB of inks by the rule of thumb (1 − ink)(1 − black): what can be had without a profile.
fn from_cmyk<T: Copy + TryFrom<u32> + Default>(values: &[T], full: u32, number: impl Fn(T) -> u32) -> Vec<T> {
    let pixels = values.as_chunks::<4>().0.iter();
    pixels
        .flat_map(|[c, m, y, k]| {
            let light = |ink: T, black: T| {
                let product = u64::from(full - number(ink)) * u64::from(full - number(black));
                let level = (product + u64::from(full) / 2) / u64::from(full);
                T::try_from(level as u32).unwrap_or_default()
            };
            [light(*c, *k), light(*m, *k), light(*y, *k)]
        })
        .collect()
}

/// Colours stored multiplied by alpha, divided by it again.
fn unmultiplied(samples: Samples, channels: usize) -> Vec<f32> {
    let mut values: Vec<f32> = match samples {
        Samples::Eight(v) => v.iter().map(|v| f32::from(*v) / 255.0).collect(),
        Samples::Sixteen(v) => v.iter().map(|v| f32::from(*v) / 65_535.0).collect(),
        Samples::Float(v) => v,
    };
    for pixel in values.chunks_exact_mut(channels) {
        if let Some((alpha, colour)) = pixel.split_last_mut()
            && *alpha > 0.0
        {
            colour.iter_mut().for_each(|v| *v /= *alpha);
        }
    }
    values
}
