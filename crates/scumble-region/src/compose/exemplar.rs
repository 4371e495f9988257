//! What a region's texture is taken from.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::fields::blur;
use scumble_paint::oklab::{self, Lab};

/// How far colours may be from the median colour, in medians of that distance: 2.5 hold all but one in a thousand of a normal
/// distribution, and none of a badge on a suit.
const FAR: f32 = 2.5;
/// Deviation of the Gaussian beyond which changes are light and shade, and no texture, in pixels at 512.
const SHADING: f32 = 12.0;

/// A part of a picture as an exemplar: from `mask`, one value for each pixel, those pixels are taken whose colour is far from the
/// others', and from the colours light and shade. `unit` is that of the whole picture.
pub(super) fn exemplar(part: &Canvas, mask: &mut [bool], unit: f32) -> Result<Canvas> {
    keep_typical(part, mask);
    let (width, height) = (part.width(), part.height());
    let weights: Vec<f32> = mask.iter().map(|inside| f32::from(*inside)).collect();
    let count = weights.iter().sum::<f32>().max(1.0);
    let around = blur(&weights, width, SHADING * unit);
    let mut planes = Vec::with_capacity(3 * mask.len());
    for c in 0..3 {
        let plane: Vec<f32> = part.pixels().iter().zip(&weights).map(|(pixel, weight)| weight * pixel[c]).collect();
        let mean = plane.iter().sum::<f32>() / count;
        let shade = blur(&plane, width, SHADING * unit);
        let even = part.pixels().iter().zip(shade.iter().zip(&around));
        planes.extend(even.map(|(pixel, (shade, around))| pixel[c] - shade / around.max(f32::MIN_POSITIVE) + mean));
    }
    Canvas::from_planar(width, height, &planes)
}

/// Takes from a mask those pixels whose colour is far from the others', unless they are half of all.
fn keep_typical(picture: &Canvas, mask: &mut [bool]) {
    let inside = picture.pixels().iter().zip(&*mask).filter(|(_, inside)| **inside);
    let colours: Vec<Lab> = inside.map(|(pixel, _)| oklab::from_srgb(*pixel)).collect();
    if colours.is_empty() {
        return;
    }
    let middle = [0, 1, 2].map(|c| median(colours.iter().map(|colour| colour[c]).collect()));
    let distances: Vec<f32> = colours.iter().map(|colour| oklab::distance(*colour, middle)).collect();
    let far = FAR * median(distances.clone());
    if distances.iter().filter(|distance| **distance > far).count() * 2 > distances.len() {
        return;
    }
    mask.iter_mut().filter(|inside| **inside).zip(distances).for_each(|(inside, distance)| *inside = distance <= far);
}

/// The median of some numbers, at least one.
fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}
