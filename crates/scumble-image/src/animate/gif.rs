//! GIF.

use color_quant::NeuQuant;
use gif::{Encoder, EncodingError, Frame};
use rayon::prelude::*;
use scumble_core::{Error, Result};

use super::Pace;
use crate::Canvas;
use crate::encode::quantise;

/// Most pixels a side.
const MOST: usize = 65_535;
/// Every so many pixels the palette's search looks at: 1 is best, 30 fastest.
const SAMPLE: i32 = 10;
/// Strength of the dither in levels: about the distance of neighbouring colours of a palette of a photograph.
const DITHER: f32 = 12.0;

/// Thresholds of an 8×8 ordered dither (Bayer 1973), in 64ths.
const BAYER: [[u8; 8]; 8] = [
    [0, 32, 8, 40, 2, 34, 10, 42],
    [48, 16, 56, 24, 50, 18, 58, 26],
    [12, 44, 4, 36, 14, 46, 6, 38],
    [60, 28, 52, 20, 62, 30, 54, 22],
    [3, 35, 11, 43, 1, 33, 9, 41],
    [51, 19, 59, 27, 49, 17, 57, 25],
    [15, 47, 7, 39, 13, 45, 5, 37],
    [63, 31, 55, 23, 61, 29, 53, 21],
];

pub(super) fn encode(
    pace: Pace,
    count: usize,
    last: &Canvas,
    frames: &mut dyn Iterator<Item = Result<Canvas>>,
) -> Result<Vec<u8>> {
    let failed = |e: EncodingError| Error::limit(format!("the moving picture cannot be written as GIF ({e})"));
    let (width, height) = (last.width(), last.height());
    if width.max(height) > MOST {
        return Err(Error::limit(format!("a GIF of {width}×{height} pixels is too large, allowed are {MOST} a side")));
    }
    let opaque: Vec<u8> =
        quantise::rgb::<u8>(last).as_chunks::<3>().0.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
    let colours = NeuQuant::new(SAMPLE, 256, &opaque);
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width as u16, height as u16, &colours.color_map_rgb()).map_err(failed)?;
    for (i, frame) in frames.enumerate() {
        let stays = if i + 1 == count { pace.last } else { pace.frame };
        let mut shown = Frame::from_indexed_pixels(width as u16, height as u16, indices(&frame?, &colours), None);
        shown.delay = stays / 10;
        encoder.write_frame(&shown).map_err(failed)?;
    }
    encoder.into_inner().map_err(failed)?;
    Ok(file)
}

/// The palette's nearest colour to each pixel, dithered.
fn indices(frame: &Canvas, colours: &NeuQuant) -> Vec<u8> {
    let width = frame.width();
    let mut indices = vec![0; width * frame.height()];
    indices.par_chunks_mut(width).zip(frame.rgb().par_chunks(width * 3)).enumerate().for_each(|(y, (out, row))| {
        for (x, (index, pixel)) in out.iter_mut().zip(row.as_chunks::<3>().0).enumerate() {
            let shift = (f32::from(BAYER[y % 8][x % 8]) / 63.0 - 0.5) * DITHER;
            let [r, g, b] = pixel.map(|v| (v * 255.0 + shift).round().clamp(0.0, 255.0) as u8);
            *index = colours.index_of(&[r, g, b, 255]) as u8;
        }
    });
    indices
}
