//! A picture as a periodic part and a smooth one (Moisan, "Periodic plus smooth image decomposition", 2011).
//!
//! The spectrum of a picture as it is shows a cross, since its left border does not go on in its right one. The
//! periodic part is the picture whose differences inside are the nearest to the picture's, and whose borders go on in
//! each other; the smooth part is what is left, and varies slowly away from the borders.

use crate::fft::{Fft2, frequency};
use crate::parallel;
use crate::planes::Planes;

/// The two parts of a plane; their sum is the plane.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// The part that goes on across borders. Its mean is the plane's.
    pub periodic: Vec<f64>,
    /// The rest, of mean zero.
    pub smooth: Vec<f64>,
}

/// Splits a plane of the transform's size: the smooth part's periodic Laplacian is what the plane's is wrong by, the
/// steps across its borders.
///
/// # Panics
/// If there is not one value a pixel.
pub fn split(fft: &Fft2, plane: &[f64]) -> Split {
    let (width, height) = (fft.width(), fft.height());
    let mut spectrum = fft.spectrum(&steps(plane, width, height));
    let cosines = |length: usize| -> Vec<f64> { (0..length).map(|k| 2.0 * frequency(k, length).cos()).collect() };
    let (along, down) = (cosines(width), cosines(height));
    parallel::each(&mut spectrum, |i, value| {
        let laplacian = along[i % width] + down[i / width] - 4.0;
        *value = if i == 0 { Default::default() } else { *value / laplacian };
    });
    let smooth = fft.plane(spectrum);
    let periodic = plane.iter().zip(&smooth).map(|(u, s)| u - s).collect();
    Split { periodic, smooth }
}

/// The steps from each border to the opposite one, zero inside.
fn steps(plane: &[f64], width: usize, height: usize) -> Vec<f64> {
    let mut steps = vec![0.0; plane.len()];
    let mut add = |a: usize, b: usize| {
        let step = plane[b] - plane[a];
        steps[a] += step;
        steps[b] -= step;
    };
    (0..height).for_each(|y| add(y * width, y * width + width - 1));
    (0..width).for_each(|x| add(x, (height - 1) * width + x));
    steps
}

/// The periodic part of each channel.
pub fn periodic(picture: &Planes) -> Planes {
    let fft = Fft2::new(picture.width(), picture.height());
    Planes::new(picture.size(), picture.channels().each_ref().map(|channel| split(&fft, channel).periodic))
}
