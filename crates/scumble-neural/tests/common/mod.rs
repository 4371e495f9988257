//! Losses as functions of features or pixels, as their definitions read, for the tests of values and gradients.

use scumble_neural::losses::{self, Moments, Sloped, StyleTarget};
use scumble_neural::params::ContentLoss;

/// Moments of features of C channels, plane after plane.
pub fn moments(features: &[f64], channels: usize) -> Moments {
    let positions = features.len() / channels;
    let planes = || features.chunks_exact(positions);
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let row = |plane: &[f64]| planes().map(|other| dot(plane, other)).chain([plane.iter().sum()]).collect::<Vec<f64>>();
    Moments::from_sums(&planes().flat_map(row).collect::<Vec<f64>>(), positions)
}

/// Value and gradient of a style loss of features of C channels.
pub fn style(target: &StyleTarget, features: &[f64], channels: usize) -> (f64, Vec<f64>) {
    let positions = features.len() / channels;
    let Sloped { value, slopes } = target.loss(&moments(features, channels));
    let slope = |row: usize, column: usize| f64::from(slopes[row * (channels + 1) + column]);
    let gradient = (0..features.len()).map(|i| {
        let (row, position) = (i / positions, i % positions);
        let pull = |column: usize| (slope(row, column) + slope(column, row)) * features[column * positions + position];
        (0..channels).map(pull).sum::<f64>() + slope(row, channels)
    });
    (value, gradient.collect())
}

/// Value and gradient of the content loss between features.
pub fn content(features: &[f64], target: &[f64], form: ContentLoss) -> (f64, Vec<f64>) {
    let differences: Vec<f64> = features.iter().zip(target).map(|(f, p)| f - p).collect();
    let sums = [differences.iter().map(|d| d * d).sum(), differences.iter().map(|d| d.abs()).sum()];
    let loss = losses::content(&sums, features.len(), form);
    let [squares, absolutes] = [0, 1].map(|i| f64::from(loss.slopes[i]));
    let sign = |d: f64| if d == 0.0 { 0.0 } else { d.signum() };
    (loss.value, differences.iter().map(|d| 2.0 * squares * d + absolutes * sign(*d)).collect())
}
