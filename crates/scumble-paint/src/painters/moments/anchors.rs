//! Where strokes go: the smaller the area that looks alike, the more of them.

use rayon::prelude::*;
use scumble_image::Canvas;

use super::rectangle::likeness;
use crate::dice::Dice;

/// Windows are looked at by samples this far apart, in shares of their side: the map is smooth.
const SAMPLES: usize = 12;

/// The area in pixels that looks like each pixel in a window around it, at least 1.
pub(super) fn alike(picture: &Canvas, window: usize, tolerance: f32) -> Vec<f32> {
    let (width, height) = (picture.width(), picture.height());
    let stride = (window / SAMPLES).max(1);
    let [columns, rows] = [width, height].map(|side| side.div_ceil(stride));
    let pixel = |x: usize, y: usize| picture.pixels()[y * width + x];
    let near = |at: usize, side: usize| {
        let reach = window / 2 / stride * stride;
        (at.saturating_sub(reach)..(at + reach + 1).min(side)).step_by(stride)
    };
    let coarse: Vec<f32> = (0..columns * rows)
        .into_par_iter()
        .map(|i| {
            let (x, y) = (i % columns * stride, i / columns * stride);
            let centre = pixel(x, y);
            let (mut sum, mut seen) = (0.0f32, 0.0f32);
            for v in near(y, height) {
                for u in near(x, width) {
                    sum += likeness(pixel(u, v), centre, tolerance);
                    seen += 1.0;
                }
            }
            (sum / seen * (window * window) as f32).max(1.0)
        })
        .collect();
    (0..width * height).map(|i| coarse[i / width / stride * columns + i % width / stride]).collect()
}

/// The pixels that a density of pixels turns into by error diffusion (Floyd and Steinberg 1976), the rows to and fro. What
/// would leave the picture at its sides stays. Random errors come before the first row, which would stay empty otherwise.
pub(super) fn dithered(density: &[f32], width: usize, dice: &mut Dice) -> Vec<[usize; 2]> {
    let mut anchors = Vec::new();
    let mut owed: Vec<f32> = (0..width + 2).map(|_| dice.between(0.0, 0.5)).collect();
    let mut ahead = 0.0;
    for (y, row) in density.chunks_exact(width).enumerate() {
        let mut next = vec![0.0f32; width + 2];
        let forth = y % 2 == 0;
        for i in 0..width {
            let x = if forth { i } else { width - 1 - i };
            let wanted = row[x] + owed[x + 1] + ahead;
            let set = wanted > 0.5;
            if set {
                anchors.push([x, y]);
            }
            let error = wanted - if set { 1.0 } else { 0.0 };
            let (front, back) = if forth { (x + 2, x) } else { (x, x + 2) };
            let [front, back] = [front, back].map(|at| at.clamp(1, width));
            ahead = error * (7.0 / 16.0);
            next[back] += error * (3.0 / 16.0);
            next[x + 1] += error * (5.0 / 16.0);
            next[front] += error * (1.0 / 16.0);
        }
        owed = next;
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::dithered;
    use crate::dice::Dice;

    #[test]
    fn as_many_anchors_as_the_density_says_evenly() {
        let density: Vec<f32> = (0..60 * 80).map(|i| if i % 60 < 30 { 0.02 } else { 0.1 }).collect();
        let anchors = dithered(&density, 60, &mut Dice::new(1, 0, 0));
        let count =
            |columns: std::ops::Range<usize>| anchors.iter().filter(|[x, _]| columns.contains(x)).count() as f32;
        assert!((count(0..30) - 48.0).abs() < 8.0, "{}", count(0..30));
        assert!((count(30..60) - 240.0).abs() < 12.0, "{}", count(30..60));
        let near = |p: &[usize; 2], q: &[usize; 2]| p[0].abs_diff(q[0]).max(p[1].abs_diff(q[1])) < 2;
        let pairs = anchors.iter().enumerate().flat_map(|(i, p)| anchors[..i].iter().map(move |q| (p, q)));
        assert!(pairs.filter(|(p, q)| near(p, q)).count() < anchors.len() / 20);
    }
}
