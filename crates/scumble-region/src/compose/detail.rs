//! Where a picture has detail: there, more regions are kept.

use scumble_image::Canvas;
use scumble_paint::fields::blur;
use scumble_paint::oklab;

/// Deviations of the Gaussians between which detail lies, in pixels at 512: eyes and letters, not grain and not whole faces.
const BETWEEN: [f32; 2] = [3.0, 12.0];
/// Deviation of the Gaussian within which its energy is taken together.
const AROUND: f32 = 10.0;
/// By how much hue and chroma count more than lightness.
const CHROMA: f32 = 2.5;
/// The weight where there is no detail at all, before the root.
const LEAST: f32 = 0.05;

/// A weight for each pixel: the root of its detail by that of the mean pixel, 0.2 to about 2.
pub(super) fn weights(picture: &Canvas) -> Vec<f32> {
    let (width, unit) = (picture.width(), picture.size_unit());
    let labs: Vec<oklab::Lab> = picture.pixels().iter().map(|pixel| oklab::from_srgb(*pixel)).collect();
    let mut energy = vec![0.0f32; labs.len()];
    for (c, factor) in [1.0, CHROMA, CHROMA].into_iter().enumerate() {
        let plane: Vec<f32> = labs.iter().map(|lab| factor * lab[c]).collect();
        let [fine, coarse] = BETWEEN.map(|sigma| blur(&plane, width, sigma * unit));
        for (energy, (fine, coarse)) in energy.iter_mut().zip(fine.iter().zip(&coarse)) {
            *energy += (fine - coarse).powi(2);
        }
    }
    let mut detail = blur(&energy, width, AROUND * unit);
    detail.iter_mut().for_each(|v| *v = v.max(0.0).sqrt());
    let mean = (detail.iter().map(|v| f64::from(*v)).sum::<f64>() / detail.len() as f64) as f32;
    detail.into_iter().map(|v| (LEAST + if mean > 0.0 { v / mean } else { 1.0 }).sqrt()).collect()
}
