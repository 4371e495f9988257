//! Whether a picture changes steadily from one side to the other: a pavement in perspective, light that falls off, sky above
//! land. Of a texture proper every part looks like every other.

use scumble_image::Canvas;

use crate::autocorrelation::Tone;

/// Parts along a side.
const PARTS: usize = 4;
/// Cells of the measured copy that a part must have, for its numbers to say something.
const CELLS: usize = 64;
/// From which share on a picture changes steadily. Of parts that differ at random a plane explains as much of one number in
/// one of 400 pictures.
const STEADY: f64 = 0.6;
/// The least differences that count, as a variance: a level of 256.
const LEAST: f64 = 1.0 / (255.0 * 255.0);

/// Whether it does.
pub fn drifts(picture: &Canvas) -> bool {
    drift(picture) >= STEADY
}

/// How steadily it does, 0 to 1: of that by which sixteen parts differ in brightness, in contrast and in the directions of
/// their edges, the share that a plane explains, whichever is largest. 0 of pictures that are small or transparent in a part.
pub fn drift(picture: &Canvas) -> f64 {
    let tone = Tone::of(picture);
    let parts: Option<Vec<[f64; 4]>> = (0..PARTS * PARTS).map(|i| part(&tone, i % PARTS, i / PARTS)).collect();
    let Some(parts) = parts else { return 0.0 };
    (0..4).map(|k| steadiness(&parts.iter().map(|part| part[k]).collect::<Vec<f64>>())).fold(0.0, f64::max)
}

/// Brightness and contrast of a part, and the directions of its edges, as twice the angle's cosine and sine.
fn part(tone: &Tone, column: usize, row: usize) -> Option<[f64; 4]> {
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
    let energy = across + down + LEAST;
    Some([sum / n, energy.sqrt(), (across - down) / energy, 2.0 * both / energy])
}

/// The share of the variance of numbers, row by row, that the best plane explains; 0 if they hardly differ.
fn steadiness(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let total: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
    let middle = (PARTS - 1) as f64 / 2.0;
    // Across and down are at right angles to each other and to what is even.
    let along = |at: &dyn Fn(usize) -> usize| {
        let places = || (0..values.len()).map(|i| at(i) as f64 - middle);
        let product: f64 = places().zip(values).map(|(place, v)| place * (v - mean)).sum();
        product * product / places().map(|place| place * place).sum::<f64>()
    };
    if total < count * LEAST { 0.0 } else { (along(&|i| i % PARTS) + along(&|i| i / PARTS)) / total }
}
