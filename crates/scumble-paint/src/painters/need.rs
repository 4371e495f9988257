//! Where a layer has something to do.

use scumble_image::Canvas;

use crate::fields::blur;

/// For each pixel from 0 (the painting is near enough to the reference) to 1: how far their means around it differ, by a
/// Gaussian of deviation `sigma` pixels, in levels from 0 to 255 a channel; 0 up to `threshold`, 1 from twice that on.
/// Noise finer than that is no reason to paint.
pub(super) fn need(reference: &Canvas, painted: &Canvas, sigma: f32, threshold: f32) -> Vec<f32> {
    let width = reference.width();
    let pairs = reference.pixels().iter().zip(painted.pixels());
    let mut need = vec![0.0; width * reference.height()];
    for c in 0..3 {
        let signed: Vec<f32> = pairs.clone().map(|(a, b)| (a[c] - b[c]) * (255.0 / 3.0)).collect();
        need.iter_mut().zip(blur(&signed, width, sigma)).for_each(|(need, mean)| *need += mean.abs());
    }
    let threshold = threshold.max(f32::MIN_POSITIVE);
    need.iter_mut().for_each(|v| *v = (*v / threshold - 1.0).clamp(0.0, 1.0));
    need
}
