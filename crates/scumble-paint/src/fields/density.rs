//! Where strokes belong.

use super::blur;

/// The share of pixels that are as busy as it gets: a few outliers do not make the rest look flat.
const TOP: f32 = 0.01;
/// Deviation of the blur, in pixels; in the place of a box of 5 (Im2Oil).
const SIGMA: f32 = 1.5;

/// Strokes a pixel: from `least` where the picture is flat to `most` where gradients are strong, in proportion to
/// the blurred magnitude (after Im2Oil, Tong et al. 2022). Their sum is the number of strokes. `importance`, one value from 0
/// to 1 a pixel, is multiplied in.
///
/// `magnitudes` are a plane of rows of `width` values, such as [`Fields::magnitudes`](super::Fields::magnitudes).
pub fn density(magnitudes: &[f32], width: usize, [least, most]: [f32; 2], importance: Option<&[f32]>) -> Vec<f32> {
    let mut density = blur(magnitudes, width, SIGMA);
    let mut sorted = density.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let top = sorted.get(((1.0 - TOP) * sorted.len() as f32) as usize).copied().unwrap_or(0.0);
    for value in &mut density {
        let busy = if top > 0.0 { (*value / top).min(1.0) } else { 0.0 };
        *value = least + (most - least) * busy;
    }
    if let Some(importance) = importance {
        density.iter_mut().zip(importance).for_each(|(value, weight)| *value *= weight);
    }
    density
}
