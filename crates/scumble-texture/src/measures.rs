//! How near a texture is to its exemplar, and how much it repeats itself.

use scumble_core::Result;
use scumble_image::{Canvas, color};

use crate::autocorrelation::{Autocorrelation, Tone};
use crate::fft::Fft2;
use crate::histogram::Sorted;
use crate::marginals::octaves;
use crate::periodic::split;
use crate::pyramid::Pyramid;

/// Octaves and orientations of the bands that are compared, as Heeger & Bergen have.
const SCALES: u32 = 4;
const ORIENTATIONS: usize = 4;
/// The shortest displacement in pixels that counts as a repeat.
const SHORTEST: f64 = 4.0;

/// Distance of the distributions in the bands of a steerable pyramid of luma: for each band the Wasserstein distance, of
/// the exemplar's standard deviation there; the mean over all bands in which the exemplar has any. 0 for the same picture.
///
/// # Errors
/// Those of the pyramid: none for pictures.
pub fn band_distance(exemplar: &Canvas, texture: &Canvas) -> Result<f64> {
    let size = |canvas: &Canvas| [canvas.width(), canvas.height()];
    let scales = octaves(SCALES, [size(exemplar), size(texture)]);
    let [of_exemplar, of_texture] = [bands(exemplar, scales)?, bands(texture, scales)?];
    let compared = of_exemplar.iter().zip(&of_texture).map(|(a, b)| (a.distance(b), a.deviation()));
    // Of deviations of rounding, quotients say nothing.
    let quotients: Vec<f64> = compared.filter(|(_, own)| *own > 1e-6).map(|(distance, own)| distance / own).collect();
    Ok(quotients.iter().sum::<f64>() / quotients.len().max(1) as f64)
}

/// Distributions of the bands of a picture's luma, its steps across the borders taken out.
fn bands(picture: &Canvas, scales: usize) -> Result<Vec<Sorted>> {
    let (width, height) = (picture.width(), picture.height());
    let luma: Vec<f64> = picture.pixels().iter().map(|p| f64::from(color::luma(*p))).collect();
    let part = split(&Fft2::new(width, height), &luma).periodic;
    let bands = Pyramid::new(width, height, scales, ORIENTATIONS)?.analyse(&part)?;
    Ok(bands.iter().map(|band| Sorted::of(&band.values)).collect())
}

/// Difference of the autocorrelations of luma, root of the mean square over displacements of up to a quarter of the smaller
/// sides. 0 for the same picture; autocorrelations are at most 1. Transparent parts do not count; pictures of more than 512
/// pixels a side are measured in cells.
pub fn autocorrelation_error(exemplar: &Canvas, texture: &Canvas) -> f64 {
    let cell = Tone::cell_of(exemplar).max(Tone::cell_of(texture));
    let [a, b] = [exemplar, texture].map(|picture| Autocorrelation::of(&Tone::in_cells(picture, cell)));
    let reach = [0, 1].map(|i| (a.reach[i].min(b.reach[i]) / 2) as i64);
    let lags = (0..=reach[1]).flat_map(|y| (-reach[0]..=reach[0]).map(move |x| (x, y)));
    let squares: Vec<f64> = lags.map(|(x, y)| (a.at(x, y) - b.at(x, y)).powi(2)).collect();
    (squares.iter().sum::<f64>() / squares.len().max(1) as f64).sqrt()
}

/// How alike a picture is to itself moved, at most 1: the highest peak of luma's autocorrelation away from the middle, 0
/// if there is none. Of a quilt more than of its exemplar if pieces come up again and again.
pub fn repeat_score(picture: &Canvas) -> f64 {
    let peaks = Autocorrelation::of(&Tone::of(picture)).peaks(SHORTEST, f64::MIN_POSITIVE);
    peaks.first().map_or(0.0, |(_, value)| *value)
}
