//! Directions for flat areas, from their surroundings: pull-push (Gortler et al. 1996) on tensors.

use super::tensor::Tensors;

/// Tensors at one size of the pyramid, as means over squares.
struct Level {
    width: usize,
    height: usize,
    /// Trace, vector of the doubled angle, and the mean length of the pixels' vectors.
    cells: Vec<[f32; 4]>,
}

/// The share of every pixel's direction that is its own.
pub(super) fn own(tensors: &Tensors, threshold: f32) -> Vec<f32> {
    tensors.cos.iter().zip(&tensors.sin).map(|(cos, sin)| share(cos.hypot(*sin), threshold)).collect()
}

fn share(strength: f32, threshold: f32) -> f32 {
    if threshold > 0.0 { (strength / threshold).min(1.0) } else { 0.0 }
}

/// The doubled tangent of every pixel, its length the coherence. Where the difference of the eigenvalues is below
/// `threshold`, it is mixed with the next coarser level's, by how much is missing.
///
/// A cell weighs as much as its gradients do, so that strong edges count. The difference of the eigenvalues
/// says more than the larger alone: noise has a large eigenvalue, but no direction.
pub(super) fn filled(tensors: &Tensors, threshold: f32) -> Vec<[f32; 2]> {
    let (width, height) = (tensors.width, tensors.trace.len() / tensors.width);
    let cells = tensors.trace.iter().zip(&tensors.cos).zip(&tensors.sin);
    let cells = cells.map(|((trace, cos), sin)| [*trace, *cos, *sin, cos.hypot(*sin)]).collect();
    let mut levels = vec![Level { width, height, cells }];
    while let Some(next) = levels.last().and_then(Level::halved) {
        levels.push(next);
    }
    let mut below: Option<(usize, usize, Vec<[f32; 2]>)> = None;
    while let Some(level) = levels.pop() {
        let field = (0..level.cells.len())
            .map(|i| {
                let [trace, cos, sin, strength] = level.cells[i];
                let own = if trace > 0.0 { [-cos / trace, -sin / trace] } else { [0.0; 2] };
                let Some((width, height, coarse)) = &below else { return own };
                let share = share(strength, threshold);
                if share == 1.0 {
                    return own;
                }
                let from = between(coarse, *width, *height, i % level.width, i / level.width);
                [0, 1].map(|k| share * own[k] + (1.0 - share) * from[k])
            })
            .collect();
        below = Some((level.width, level.height, field));
    }
    below.map_or_else(Vec::new, |(_, _, field)| field)
}

impl Level {
    /// Half the size; none if this is one cell. The cells at an odd border are means of fewer.
    fn halved(&self) -> Option<Self> {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        if (width, height) == (self.width, self.height) {
            return None;
        }
        let mean = |i: usize| {
            let (x, y) = (2 * (i % width), 2 * (i / width));
            let mut sum = [0.0; 4];
            let mut count = 0.0f32;
            for y in y..(y + 2).min(self.height) {
                for x in x..(x + 2).min(self.width) {
                    sum.iter_mut().zip(self.cells[y * self.width + x]).for_each(|(sum, value)| *sum += value);
                    count += 1.0;
                }
            }
            sum.map(|sum| sum / count)
        };
        Some(Self { width, height, cells: (0..width * height).map(mean).collect() })
    }
}

/// The value of a field of half the size at the middle of pixel (x, y), bilinear.
fn between(field: &[[f32; 2]], width: usize, height: usize, x: usize, y: usize) -> [f32; 2] {
    // A pixel's middle lies a quarter of a cell from the middle of its own.
    let pair = |at: usize, side: usize| {
        let own = at / 2;
        let next = if at.is_multiple_of(2) { own.saturating_sub(1) } else { (own + 1).min(side - 1) };
        [(own, 0.75), (next, 0.25)]
    };
    let mut out = [0.0; 2];
    for (y, v) in pair(y, height) {
        for (x, u) in pair(x, width) {
            let value = field[y * width + x];
            out[0] += u * v * value[0];
            out[1] += u * v * value[1];
        }
    }
    out
}
