//! Animated PNG.

use png::{BitDepth, ColorType, Encoder, EncodingError, SrgbRenderingIntent};
use scumble_core::{Error, Result};

use super::Pace;
use crate::Canvas;
use crate::encode::quantise;

pub(super) fn encode(
    pace: Pace,
    count: usize,
    last: &Canvas,
    frames: &mut dyn Iterator<Item = Result<Canvas>>,
) -> Result<Vec<u8>> {
    let failed = |e: EncodingError| Error::limit(format!("the moving picture cannot be written as PNG ({e})"));
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, last.width() as u32, last.height() as u32);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.set_animated(count as u32, 1).map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    for (i, frame) in frames.enumerate() {
        let stays = if i + 1 == count { pace.last } else { pace.frame };
        writer.set_frame_delay(stays, 1000).map_err(failed)?;
        writer.write_image_data(&quantise::rgb::<u8>(&frame?)).map_err(failed)?;
    }
    writer.finish().map_err(failed)?;
    Ok(file)
}
