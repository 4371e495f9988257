//! Where a layer has something to do.

use scumble_image::Canvas;

use crate::fields::blur;

/// For each pixel from 0 (the painting is near enough to the reference) to 1: the mean difference around it, by a Gaussian
/// of deviation `sigma` pixels, in levels from 0 to 255 a channel; 0 up to `threshold`, 1 from twice that on.
pub(super) fn need(reference: &Canvas, painted: &Canvas, sigma: f32, threshold: f32) -> Vec<f32> {
    let pairs = reference.pixels().iter().zip(painted.pixels());
    let levels = pairs.map(|(a, b)| (0..3).map(|c| (a[c] - b[c]).abs()).sum::<f32>() * (255.0 / 3.0));
    let mut need = blur(&levels.collect::<Vec<f32>>(), reference.width(), sigma);
    let threshold = threshold.max(f32::MIN_POSITIVE);
    need.iter_mut().for_each(|v| *v = (*v / threshold - 1.0).clamp(0.0, 1.0));
    need
}
