//! Edge tangent flow (Kang, Lee, Chui, Flow-based image abstraction, 2009, section 3.1).

use rayon::prelude::*;

use super::{halved, length};

/// How far neighbours reach, in pixels.
const REACH: usize = 5;

/// The doubled tangents after some rounds: each becomes the mean of its neighbours', weighted by how much stronger their
/// edge is (½ (1 + tanh(g(q) − g(p)))) and by how near to parallel they are. Coherence stays.
pub(super) fn straightened(doubled: &[[f32; 2]], magnitude: &[f32], width: usize, rounds: u32) -> Vec<[f32; 2]> {
    let height = doubled.len() / width;
    let most = magnitude.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let mut tangents: Vec<[f32; 2]> = doubled.iter().map(|vector| halved(*vector)).collect();
    for _ in 0..rounds {
        let next = (0..height).into_par_iter().flat_map_iter(|y| {
            let tangents = &tangents;
            (0..width).map(move |x| {
                let own = tangents[y * width + x];
                let mut sum = [0.0f32; 2];
                for v in y.saturating_sub(REACH)..(y + REACH + 1).min(height) {
                    for u in x.saturating_sub(REACH)..(x + REACH + 1).min(width) {
                        let other = tangents[v * width + u];
                        let rise = (magnitude[v * width + u] - magnitude[y * width + x]) / most;
                        // The sign of the product turns the neighbour to this side, its size is the weight.
                        let weight = (own[0] * other[0] + own[1] * other[1]) * 0.5 * (1.0 + rise.tanh());
                        sum[0] += weight * other[0];
                        sum[1] += weight * other[1];
                    }
                }
                let length = length(sum);
                if length > 0.0 { sum.map(|v| v / length) } else { own }
            })
        });
        tangents = next.collect();
    }
    let turned = tangents.iter().zip(doubled);
    turned
        .map(|([x, y], old)| {
            let coherence = length(*old);
            [coherence * (x * x - y * y), coherence * 2.0 * x * y]
        })
        .collect()
}
