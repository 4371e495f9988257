//! Animated PNG: frames of what changed alone, transparent where nothing did.

use png::{BitDepth, BlendOp, ColorType, Encoder, EncodingError, SrgbRenderingIntent};
use scumble_core::{Error, Result};

use super::Pace;
use super::part::Part;
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
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    encoder.set_animated(count as u32, 1).map_err(failed)?;
    encoder.set_blend_op(BlendOp::Over).map_err(failed)?;
    let mut writer = encoder.write_header().map_err(failed)?;
    let mut before: Vec<u8> = Vec::new();
    for (i, frame) in frames.enumerate() {
        let stays = if i + 1 == count { pace.last } else { pace.frame };
        writer.set_frame_delay(stays, 1000).map_err(failed)?;
        let levels = quantise::rgb::<u8>(&frame?);
        let part = Part::changed(&before, &levels, last.width());
        let [x, y, width, height] = [part.at[0], part.at[1], part.size[0], part.size[1]].map(|v| v as u32);
        if i > 0 {
            // Within the picture, whatever the frame before had.
            writer.reset_frame_position().map_err(failed)?;
            writer.set_frame_dimension(width, height).map_err(failed)?;
            writer.set_frame_position(x, y).map_err(failed)?;
        }
        writer.write_image_data(&part.rgba).map_err(failed)?;
        before = levels;
    }
    writer.finish().map_err(failed)?;
    Ok(file)
}
