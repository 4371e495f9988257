//! Matching of cumulative histograms, channel by channel.

use rayon::prelude::*;
use scumble_core::Result;

use crate::Canvas;

/// `picture` with the distribution of `to` in each channel: a value goes to the one with the same rank,
/// interpolated linearly between ranks (as scikit-image's `match_histograms`).
pub(super) fn matched(picture: &Canvas, to: &Canvas) -> Result<Canvas> {
    let (width, height) = (picture.width(), picture.height());
    let (source, target) = (picture.to_planar(), to.to_planar());
    let planes = source
        .par_chunks(width * height)
        .zip(target.par_chunks(to.width() * to.height()))
        .map(|(source, target)| matched_plane(source, target));
    let planes: Vec<Vec<f32>> = planes.collect();
    let alpha = picture.alpha().map(<[f32]>::to_vec);
    Canvas::from_planar(width, height, &planes.concat())?.with_alpha(alpha)
}

fn matched_plane(source: &[f32], target: &[f32]) -> Vec<f32> {
    let (source_ranks, target_ranks) = (ranks(source), ranks(target));
    // Each distinct value is looked up once; both lists rise, so one pass serves all.
    let mut next = 0;
    let replacements: Vec<f32> = source_ranks
        .iter()
        .map(|(_, rank)| {
            while next + 1 < target_ranks.len() && target_ranks[next].1 < *rank {
                next += 1;
            }
            interpolated(&target_ranks, next, *rank)
        })
        .collect();
    let replace = |v: &f32| {
        let at = source_ranks.partition_point(|(known, _)| known.total_cmp(v).is_lt());
        replacements[at]
    };
    source.iter().map(replace).collect()
}

/// The distinct values, rising, each with the fraction of values not above it.
fn ranks(values: &[f32]) -> Vec<(f32, f64)> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f32::total_cmp);
    let count = sorted.len() as f64;
    let mut below = 0;
    let runs = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq());
    runs.map(|run| {
        below += run.len();
        (run[0], below as f64 / count)
    })
    .collect()
}

/// The value of `rank` between entry `at`, the first that is not below it, and the one before.
fn interpolated(ranks: &[(f32, f64)], at: usize, rank: f64) -> f32 {
    let (value, high) = ranks[at];
    let Some((before, low)) = at.checked_sub(1).map(|at| ranks[at]) else {
        return value;
    };
    let fraction = ((rank - low) / (high - low)).min(1.0);
    (f64::from(before) + fraction * (f64::from(value) - f64::from(before))) as f32
}
