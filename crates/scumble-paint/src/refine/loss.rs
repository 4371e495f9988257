//! Squared differences at several scales: blurred ones pull strokes that do not yet overlap what they should cover.

use rayon::prelude::*;

/// Deviations of the blurs in pixels, and their weights (spec: 0, 2, 8; 1, 1/2, 1/4).
const SCALES: [(f64, f64); 3] = [(0.0, 1.0), (2.0, 0.5), (8.0, 0.25)];

/// The derivatives of the loss by the picture's colours, from its differences to the source, weighted if there are
/// weights: `Σ 2 w G G r`; blurs see 0 outside the picture, so that each is its own transpose.
pub(super) fn by_pixels(differences: &[[f64; 3]], weights: Option<&[f64]>, width: usize) -> Vec<[f64; 3]> {
    let mut out = vec![[0.0; 3]; differences.len()];
    let root = |i: usize| weights.map_or(1.0, |weights| weights[i].sqrt());
    let weighted: Vec<[f64; 3]> = differences.iter().enumerate().map(|(i, d)| d.map(|v| v * root(i))).collect();
    for (sigma, weight) in SCALES {
        let seen =
            if sigma > 0.0 { blurred(&blurred(&weighted, width, sigma), width, sigma) } else { weighted.clone() };
        for (i, (out, seen)) in out.iter_mut().zip(&seen).enumerate() {
            (0..3).for_each(|c| out[c] += 2.0 * weight * root(i) * seen[c]);
        }
    }
    out
}

/// A Gaussian blur, cut off at three deviations.
fn blurred(values: &[[f64; 3]], width: usize, sigma: f64) -> Vec<[f64; 3]> {
    let reach = (3.0 * sigma).ceil() as usize;
    let mut kernel: Vec<f64> = (0..=reach).map(|i| (-0.5 * (i as f64 / sigma).powi(2)).exp()).collect();
    let sum = kernel[0] + 2.0 * kernel[1..].iter().sum::<f64>();
    kernel.iter_mut().for_each(|v| *v /= sum);
    let height = values.len() / width;
    let pass = |from: &[[f64; 3]], step: usize, of: fn(usize, usize) -> usize, count: usize| {
        let mut out = vec![[0.0; 3]; from.len()];
        out.par_chunks_mut(width).enumerate().for_each(|(y, row)| {
            for (x, out) in row.iter_mut().enumerate() {
                let (i, at) = (y * width + x, of(x, y));
                for j in at.saturating_sub(reach)..(at + reach + 1).min(count) {
                    let value = &from[i + j * step - at * step];
                    let k = kernel[j.abs_diff(at)];
                    (0..3).for_each(|c| out[c] += k * value[c]);
                }
            }
        });
        out
    };
    pass(&pass(values, 1, |x, _| x, width), width, |_, y| y, height)
}
