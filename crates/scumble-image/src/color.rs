//! Colour: the sRGB curve, luma and chroma, transfer of colours between pictures.

mod histogram;
mod matching;
mod matrix;
mod moments;

use scumble_core::Result;

use crate::{Canvas, Filter, Light, parallel, resize};

pub use matching::{MatchMethod, match_color, match_color_unclipped};

/// The amount of light (0 to 1) of an sRGB-encoded value (IEC 61966-2-1).
pub fn srgb_to_linear(encoded: f32) -> f32 {
    if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

/// The sRGB-encoded value of an amount of light (IEC 61966-2-1).
pub fn linear_to_srgb(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// Brightness of an encoded colour, Y of ITU-R BT.601.
pub fn luma([r, g, b]: [f32; 3]) -> f32 {
    0.299 * r + 0.587 * g + 0.114 * b
}

/// Luma and the two chroma differences of an encoded colour, with the rounded coefficients of Gatys et al.,
/// "Preserving Color in Neural Artistic Style Transfer" (2016).
pub fn rgb_to_yuv([r, g, b]: [f32; 3]) -> [f32; 3] {
    [luma([r, g, b]), -0.147 * r - 0.288 * g + 0.436 * b, 0.615 * r - 0.515 * g - 0.1 * b]
}

/// The colour of luma and chroma; inverse of [`rgb_to_yuv`] up to the rounding of its coefficients, which
/// costs up to 0.004.
pub fn yuv_to_rgb([y, u, v]: [f32; 3]) -> [f32; 3] {
    [y + 1.139 * v, y - 0.395 * u - 0.58 * v, y + 2.03 * u]
}

/// Content and style without colour, for stylising brightness alone (Gatys et al. 2016, section 5.1):
/// every channel is the luma; the style's is shifted to the content's mean. 0 to 1.
pub fn luminance_only(content: &Canvas, style: &Canvas) -> (Canvas, Canvas) {
    let shift = mean_luma(content) - mean_luma(style);
    (shifted_grey(content, 0.0), shifted_grey(style, shift as f32))
}

fn shifted_grey(canvas: &Canvas, shift: f32) -> Canvas {
    let mut grey = canvas.clone();
    parallel::map_pixels(grey.rgb_mut(), |pixel| [(luma(pixel) + shift).clamp(0.0, 1.0); 3]);
    grey
}

fn mean_luma(canvas: &Canvas) -> f64 {
    let pixels = canvas.pixels();
    let [sum] = parallel::sums(pixels.len(), |block| [pixels[block].iter().map(|p| f64::from(luma(*p))).sum()]);
    sum / pixels.len() as f64
}

/// The luma of one picture with the chroma of another (Gatys et al. 2016, section 5.1; `original_colors`
/// of neural-style), 0 to 1. Sides and transparency are the first picture's; the other is resized to it.
///
/// # Errors
/// As [`resize`].
pub fn with_chroma_of(luma_source: &Canvas, chroma_source: &Canvas) -> Result<Canvas> {
    let (width, height) = (luma_source.width(), luma_source.height());
    let chroma = resize(chroma_source, width, height, Filter::Bicubic, Light::Linear)?;
    let pairs = luma_source.pixels().iter().zip(chroma.pixels());
    let rgb = pairs.flat_map(|(light, colour)| {
        let [_, u, v] = rgb_to_yuv(*colour);
        yuv_to_rgb([luma(*light), u, v])
    });
    let canvas = Canvas::new(width, height, rgb.collect())?;
    let alpha = luma_source.alpha().map(<[f32]>::to_vec);
    canvas.with_alpha(alpha).map(Canvas::clamped)
}
