//! Gaussian blur.

use rayon::prelude::*;
use scumble_image::Canvas;

/// The largest deviation, in pixels.
pub(super) const MOST: f32 = 1000.0;

/// Blurs a plane of rows of `width` values by a Gaussian of deviation `sigma` pixels (0 to 1000), cut at three
/// deviations. Beyond the border, the nearest value counts. What is left over of a last row is dropped.
pub fn blur(plane: &[f32], width: usize, sigma: f32) -> Vec<f32> {
    let kernel = kernel(sigma);
    let height = plane.len() / width.max(1);
    if kernel.len() == 1 || height == 0 {
        return plane[..height * width].to_vec();
    }
    along_columns(&along_rows(&plane[..height * width], width, &kernel), width, &kernel)
}

/// Correlation of whole rows of `width` values with an odd number of weights, along x; beyond the border, the nearest value counts.
pub fn along_rows(plane: &[f32], width: usize, weights: &[f32]) -> Vec<f32> {
    let reach = weights.len() / 2;
    let mut out = vec![0.0; plane.len()];
    let rows = out.par_chunks_mut(width).zip(plane.par_chunks(width));
    rows.for_each_init(Vec::new, |padded, (out, row)| {
        padded.clear();
        padded.resize(reach, row[0]);
        padded.extend_from_slice(row);
        padded.resize(width + 2 * reach, row[width - 1]);
        for (i, weight) in weights.iter().enumerate() {
            add(out, &padded[i..i + width], *weight);
        }
    });
    out
}

/// The same along y.
pub fn along_columns(plane: &[f32], width: usize, weights: &[f32]) -> Vec<f32> {
    let (reach, height) = (weights.len() / 2, plane.len() / width);
    let mut out = vec![0.0; plane.len()];
    out.par_chunks_mut(width).enumerate().for_each(|(y, out)| {
        for (i, weight) in weights.iter().enumerate() {
            let from = (y + i).saturating_sub(reach).min(height - 1);
            add(out, &plane[from * width..(from + 1) * width], *weight);
        }
    });
    out
}

fn add(out: &mut [f32], row: &[f32], weight: f32) {
    out.iter_mut().zip(row).for_each(|(out, value)| *out += weight * value);
}

/// The weights from three deviations to the left to three to the right; their sum is 1.
fn kernel(sigma: f32) -> Vec<f32> {
    if sigma.is_nan() || sigma < 0.05 {
        return vec![1.0];
    }
    let sigma = sigma.min(MOST);
    let reach = (3.0 * sigma).ceil() as i32;
    let weights: Vec<f32> = (-reach..=reach).map(|i| (-0.5 * (i as f32 / sigma).powi(2)).exp()).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}

/// Blurs the channels of a picture as [`blur`] does; transparency is dropped.
pub fn blur_canvas(picture: &Canvas, sigma: f32) -> Canvas {
    let (width, height) = (picture.width(), picture.height());
    let planes = picture.to_planar();
    let blurred: Vec<Vec<f32>> = planes.chunks_exact(width * height).map(|plane| blur(plane, width, sigma)).collect();
    let mut out = Canvas::filled(width, height, [0.0; 3]);
    for (i, pixel) in out.rgb_mut().as_chunks_mut::<3>().0.iter_mut().enumerate() {
        *pixel = [0, 1, 2].map(|c| blurred[c][i]);
    }
    out
}

/// Detail finer than `sigma` pixels: the distance of each pixel's colour (values 0 to 1) to that of the blurred picture,
/// a difference of Gaussians.
pub fn detail(picture: &Canvas, sigma: f32) -> Vec<f32> {
    let blurred = blur_canvas(picture, sigma);
    let pairs = picture.pixels().iter().zip(blurred.pixels());
    pairs.map(|(a, b)| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt()).collect()
}
