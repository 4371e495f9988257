//! Where superpixels begin.

use super::Pixels;

/// Seeds on a grid.
pub(super) struct Grid {
    /// S = √(N / k), the side of a superpixel, at least 1.
    pub step: f32,
    /// Pixels that are seen, about as many as asked for and one at least.
    pub seeds: Vec<usize>,
}

impl Grid {
    /// About `count` seeds, each moved to the pixel of least gradient of the 3 × 3 around it, so that none lies on an edge
    /// (Achanta et al. 2012).
    pub fn new(pixels: &Pixels, count: u32) -> Self {
        let (width, height) = (pixels.width, pixels.height);
        let step = (pixels.visible() as f32 / count as f32).sqrt().max(1.0);
        let [columns, rows] = [width, height].map(|side| ((side as f32 / step).round() as usize).max(1));
        let middle = |i: usize, side: usize, parts: usize| ((2 * i + 1) * side / (2 * parts)).min(side - 1);
        let mut seeds = Vec::with_capacity(columns * rows);
        for y in (0..rows).map(|row| middle(row, height, rows)) {
            for x in (0..columns).map(|column| middle(column, width, columns)) {
                let at = if step >= 3.0 { calmest(pixels, x, y) } else { y * width + x };
                if !pixels.is_hidden(at) {
                    seeds.push(at);
                }
            }
        }
        if seeds.is_empty() {
            seeds.extend((0..pixels.len()).find(|i| !pixels.is_hidden(*i)));
        }
        Self { step, seeds }
    }
}

/// The pixel of least gradient around one.
fn calmest(pixels: &Pixels, x: usize, y: usize) -> usize {
    let (width, height) = (pixels.width, pixels.height);
    let at = |x: usize, y: usize| y.min(height - 1) * width + x.min(width - 1);
    let change = |p: usize, q: usize| pixels.lab.iter().map(|plane| (plane[p] - plane[q]).powi(2)).sum::<f32>();
    let gradient = |x: usize, y: usize| {
        change(at(x + 1, y), at(x.saturating_sub(1), y)) + change(at(x, y + 1), at(x, y.saturating_sub(1)))
    };
    let mut best = (gradient(x, y), at(x, y));
    for y in y.saturating_sub(1)..(y + 2).min(height) {
        for x in x.saturating_sub(1)..(x + 2).min(width) {
            let gradient = gradient(x, y);
            if gradient < best.0 && !pixels.is_hidden(at(x, y)) {
                best = (gradient, at(x, y));
            }
        }
    }
    best.1
}
