//! Regions that are too small go to their neighbours.

use rayon::prelude::*;

use super::{BLOCK, NONE, Pixels};
use crate::forest::Forest;
use crate::labels;

/// Pixels and colours of a region.
#[derive(Clone, Copy, Default)]
struct Part {
    size: f64,
    sums: [f64; 3],
}

impl Part {
    fn with(self, other: Self) -> Self {
        Self { size: self.size + other.size, sums: [0, 1, 2].map(|c| self.sums[c] + other.sums[c]) }
    }

    /// What joining two raises the sum of squared differences to the mean colours by (Ward 1963).
    fn cost(self, other: Self) -> f64 {
        let distance: f64 = (0..3).map(|c| (self.sums[c] / self.size - other.sums[c] / other.size).powi(2)).sum();
        self.size * other.size / (self.size + other.size) * distance
    }
}

/// A number for each connected part of equal `ids`, of which those below `least` pixels are joined, the smallest first, to the
/// neighbour with the least cost of Ward. Hidden pixels neither join nor are joined. A part without neighbours stays as it is.
pub(crate) fn join_small(pixels: &Pixels, mut ids: Vec<u32>, least: usize) -> Vec<u32> {
    pixels.hide(&mut ids);
    let (mut parts, count) = labels::components(&ids, pixels.width);
    let mut known = known(pixels, &parts, count);
    let is_small = |part: u32| known[part as usize].size < least as f64;
    let borders = borders(pixels, &ids, &parts, is_small);
    let mut small: Vec<u32> = borders.chunk_by(|p, q| p.0 == q.0).map(|border| border[0].0).collect();
    small.sort_by_key(|part| known[*part as usize].size as u64);

    let mut forest = Forest::new(count);
    let mut changed = true;
    // A second pass is needed where the last neighbour of a part was joined to it.
    while changed {
        changed = false;
        for part in &small {
            let name = forest.find(*part);
            let own = known[name as usize];
            if own.size >= least as f64 {
                continue;
            }
            let first = borders.partition_point(|border| border.0 < *part);
            let beside = borders[first..].iter().take_while(|border| border.0 == *part);
            let costs = beside.map(|border| forest.find(border.1)).filter(|other| *other != name);
            let best = costs.map(|other| (own.cost(known[other as usize]), other)).min_by(|p, q| p.0.total_cmp(&q.0));
            if let Some((_, other)) = best {
                known[other as usize] = known[other as usize].with(own);
                forest.join(name, other);
                changed = true;
            }
        }
    }
    let names: Vec<u32> = (0..count as u32).map(|part| forest.find(part)).collect();
    parts.par_iter_mut().for_each(|part| *part = names[*part as usize]);
    parts
}

/// Pixels and colours of each part.
fn known(pixels: &Pixels, parts: &[u32], count: usize) -> Vec<Part> {
    let block = |(block, parts): (usize, &[u32])| {
        let mut at = block * BLOCK;
        let mut runs: Vec<(u32, Part)> = Vec::new();
        for run in parts.chunk_by(|p, q| p == q) {
            let sum = |plane: &[f32]| plane[at..at + run.len()].iter().map(|v| f64::from(*v)).sum::<f64>();
            let [light, a, b] = &pixels.lab;
            runs.push((run[0], Part { size: run.len() as f64, sums: [sum(light), sum(a), sum(b)] }));
            at += run.len();
        }
        runs
    };
    let blocks: Vec<Vec<(u32, Part)>> = parts.par_chunks(BLOCK).enumerate().map(block).collect();
    let mut known = vec![Part::default(); count];
    for (part, run) in blocks.iter().flatten() {
        known[*part as usize] = known[*part as usize].with(*run);
    }
    known
}

/// Each small part with each of its neighbours, in order.
fn borders(pixels: &Pixels, ids: &[u32], parts: &[u32], is_small: impl Fn(u32) -> bool) -> Vec<(u32, u32)> {
    let mut borders = Vec::new();
    let mut beside = |i: usize, j: usize| {
        let (p, q) = (parts[i], parts[j]);
        if p != q && ids[i] != NONE && ids[j] != NONE {
            borders.extend(is_small(p).then_some((p, q)));
            borders.extend(is_small(q).then_some((q, p)));
        }
    };
    let width = pixels.width;
    for first in (0..parts.len()).step_by(width) {
        (first..first + width - 1).for_each(|i| beside(i, i + 1));
        if first + width < parts.len() {
            (first..first + width).for_each(|i| beside(i, i + width));
        }
    }
    borders.sort_unstable();
    borders.dedup();
    borders
}
