//! Regions that are too small go to their neighbours.

use rayon::prelude::*;

use super::{BLOCK, Pixels};
use crate::forest::Forest;
use crate::labels;

/// Rows in which borders are looked for at once.
const ROWS: usize = 64;

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
    let borders = borders(&parts, pixels.width, &kinds(&known, &parts, pixels, least));
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
            let [light, a, b] = [0, 1, 2].map(|c| &pixels.lab[c][at..at + run.len()]);
            // Side by side, so that additions need not wait for each other.
            let mut sums = [0.0; 3];
            for ((light, a), b) in light.iter().zip(a).zip(b) {
                sums[0] += f64::from(*light);
                sums[1] += f64::from(*a);
                sums[2] += f64::from(*b);
            }
            runs.push((run[0], Part { size: run.len() as f64, sums }));
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

/// What a part is where it borders on others.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Small,
    Large,
    Hidden,
}

/// The kind of each part.
fn kinds(known: &[Part], parts: &[u32], pixels: &Pixels, least: usize) -> Vec<Kind> {
    let kind = |part: &Part| if part.size < least as f64 { Kind::Small } else { Kind::Large };
    let mut kinds: Vec<Kind> = known.iter().map(kind).collect();
    let hidden = parts.iter().zip(pixels.hidden().unwrap_or_default()).filter(|(_, hidden)| **hidden);
    hidden.for_each(|(part, _)| kinds[*part as usize] = Kind::Hidden);
    kinds
}

/// Each small part with each of its neighbours, in order.
fn borders(parts: &[u32], width: usize, kinds: &[Kind]) -> Vec<(u32, u32)> {
    let beside = |out: &mut Vec<(u32, u32)>, p: u32, q: u32| {
        if p == q {
            return;
        }
        let kinds = [p, q].map(|part| kinds[part as usize]);
        if kinds.contains(&Kind::Small) && !kinds.contains(&Kind::Hidden) {
            // Mostly the same as at the pixel before.
            for (pair, kind) in [(p, q), (q, p)].into_iter().zip(kinds) {
                if kind == Kind::Small && out.last() != Some(&pair) {
                    out.push(pair);
                }
            }
        }
    };
    let rows = parts.len() / width;
    let block = |first: usize| {
        let mut out = Vec::new();
        for row in first..(first + ROWS).min(rows) {
            let (own, rest) = parts[row * width..].split_at(width);
            own.iter().zip(&own[1..]).for_each(|(p, q)| beside(&mut out, *p, *q));
            own.iter().zip(rest).for_each(|(p, q)| beside(&mut out, *p, *q));
        }
        out.sort_unstable();
        out.dedup();
        out
    };
    let blocks: Vec<Vec<(u32, u32)>> = (0..rows).into_par_iter().step_by(ROWS).map(block).collect();
    let mut borders = blocks.concat();
    borders.sort_unstable();
    borders.dedup();
    borders
}
