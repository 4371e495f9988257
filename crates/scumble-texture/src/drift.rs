//! Whether a picture changes steadily from one side to the other: a pavement in perspective, light that falls off, sky above
//! land. Of a texture proper every part looks like every other.

use scumble_image::Canvas;

use crate::autocorrelation::Tone;

/// What is measured of a part.
const NUMBERS: usize = 4;
/// Parts along a side.
const PARTS: usize = 4;
/// Cells of the measured copy that a part must have, for its numbers to say something.
const CELLS: usize = 64;
/// From which share on a picture changes steadily. Of parts that differ at random a plane explains as much of one number in
/// one of 400 pictures.
const STEADY: f64 = 0.6;
/// Variance of the noise that slopes are measured under: a level of 256.
const NOISE: f64 = 1.0 / (255.0 * 255.0);
/// By how much parts must differ from one end to the other for it to count, in each number: 13 levels of brightness, contrasts
/// by a fifth, directions by a tenth of what they can.
const LEAST: [f64; NUMBERS] = [0.05, 0.2, 0.2, 0.2];

/// Whether it does.
pub fn drifts(picture: &Canvas) -> bool {
    drift(picture) >= STEADY
}

/// How steadily it does, 0 to 1. Sixteen parts are compared by brightness, by contrast and by the directions of their edges: the
/// largest share of their differences in one of these that a plane explains, if the plane rises by enough. 0 of pictures
/// that are small or transparent in a part.
pub fn drift(picture: &Canvas) -> f64 {
    let tone = Tone::of(picture);
    let parts: Option<Vec<[f64; NUMBERS]>> = (0..PARTS * PARTS).map(|i| part(&tone, i % PARTS, i / PARTS)).collect();
    let Some(parts) = parts else { return 0.0 };
    let numbers = |k: usize| parts.iter().map(|part| part[k]).collect::<Vec<f64>>();
    LEAST.into_iter().enumerate().map(|(k, least)| steadiness(&numbers(k), least)).fold(0.0, f64::max)
}

/// Brightness of a part, its contrast as a logarithm, and the directions of its edges, as cosine and sine of twice the angle.
fn part(tone: &Tone, column: usize, row: usize) -> Option<[f64; NUMBERS]> {
    let [width, height] = tone.size;
    let bounds = |i: usize, side: usize| (i * side / PARTS).max(1)..((i + 1) * side / PARTS).min(side - 1);
    let (mut count, mut sum, mut products) = (0, 0.0, [0.0; 3]);
    for (y, x) in bounds(row, height).flat_map(|y| bounds(column, width).map(move |x| (y, x))) {
        let at = y * width + x;
        if [at, at - 1, at + 1, at - width, at + width].into_iter().all(|at| tone.known[at]) {
            let slope = [1, width].map(|step| 0.5 * (tone.values[at + step] - tone.values[at - step]));
            count += 1;
            sum += tone.values[at];
            let [across, down] = slope;
            products.iter_mut().zip([across * across, down * down, across * down]).for_each(|(sum, v)| *sum += v);
        }
    }
    if count < CELLS {
        return None;
    }
    let n = count as f64;
    let [across, down, both] = products.map(|sum| sum / n);
    let energy = across + down + NOISE;
    Some([sum / n, 0.5 * energy.ln(), (across - down) / energy, 2.0 * both / energy])
}

/// The share of the variance of numbers, row by row, that the best plane explains; 0 if that differs by less than `least` from
/// end to end.
fn steadiness(values: &[f64], least: f64) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let total: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let middle = (PARTS - 1) as f64 / 2.0;
    // Across and down are at right angles to each other and to what is even.
    let slopes = [0, 1].map(|axis| {
        let at = |i: usize| if axis == 0 { i % PARTS } else { i / PARTS };
        let places = || (0..values.len()).map(|i| at(i) as f64 - middle);
        let squares: f64 = places().map(|place| place * place).sum();
        (places().zip(values).map(|(place, v)| place * v).sum::<f64>() / squares, squares)
    });
    let most = slopes.iter().map(|(slope, _)| slope.abs() * (PARTS - 1) as f64).fold(0.0, f64::max);
    let explained: f64 = slopes.iter().map(|(slope, squares)| slope * slope * squares).sum();
    if most < least { 0.0 } else { explained / total }
}
