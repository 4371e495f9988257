//! Lloyd's algorithm (1957, published 1982).

use rayon::prelude::*;

use super::space::{MOST, Space};
use crate::segment::BLOCK;
use crate::segment::lanes::{LANES, add_squares, lanes, take_nearer};

/// The clusters' means.
pub(super) struct Means(pub Vec<Vec<f32>>);

impl Means {
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// A search.
pub(super) struct Run {
    pub means: Means,
    /// J a point of each round's means.
    pub trace: Vec<f64>,
}

impl Run {
    /// J a point of the means.
    pub fn objective(&self) -> f64 {
        self.trace.last().copied().unwrap_or(0.0)
    }
}

/// Rounds from the given means on, until a round lowers J by less than `settled` of it.
pub(super) fn lloyd(space: &Space, mut means: Means, rounds: usize, settled: f64) -> Run {
    let mut trace: Vec<f64> = Vec::new();
    loop {
        let step = Step::new(space, &means);
        let objective = step.objective / space.len().max(1) as f64;
        let before = trace.last().copied();
        trace.push(objective);
        let is_settled = before.is_some_and(|before| before - objective <= settled * before);
        if trace.len() >= rounds || is_settled || objective <= 0.0 {
            return Run { means, trace };
        }
        means = step.means(space, means);
    }
}

/// The nearest mean of each point, and J.
pub(super) fn nearest(space: &Space, means: &Means) -> (Vec<u32>, f64) {
    let mut ids = vec![0; space.len()];
    let sums: Vec<f64> = ids
        .par_chunks_mut(BLOCK)
        .enumerate()
        .map(|(block, ids)| {
            let mut sum = 0.0;
            compare(space, means, block, |at, nearest, distances, _| {
                let len = LANES.min(ids.len() - at);
                ids[at..at + len].copy_from_slice(&nearest[..len]);
                sum += distances[..len].iter().map(|d| f64::from(*d)).sum::<f64>();
            });
            sum
        })
        .collect();
    (ids, sums.iter().sum())
}

/// Sums over clusters.
struct Step {
    /// Of each cluster the sums of coordinates, and the number of points.
    sums: Vec<[f64; MOST + 1]>,
    objective: f64,
}

impl Step {
    fn new(space: &Space, means: &Means) -> Self {
        let blocks: Vec<Self> = (0..space.len().div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| {
                let end = space.len().min((block + 1) * BLOCK) - block * BLOCK;
                let mut step = Self { sums: vec![[0.0; MOST + 1]; means.len()], objective: 0.0 };
                compare(space, means, block, |at, nearest, distances, points| {
                    for lane in 0..LANES.min(end - at) {
                        let sums = &mut step.sums[nearest[lane] as usize];
                        sums[MOST] += 1.0;
                        sums.iter_mut().zip(points).for_each(|(sum, point)| *sum += f64::from(point[lane]));
                        step.objective += f64::from(distances[lane]);
                    }
                });
                step
            })
            .collect();
        let empty = Self { sums: vec![[0.0; MOST + 1]; means.len()], objective: 0.0 };
        blocks.into_iter().fold(empty, |mut total, block| {
            total.objective += block.objective;
            for (total, sums) in total.sums.iter_mut().zip(block.sums) {
                total.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
            }
            total
        })
    }

    /// The means of the clusters; empty ones begin at the points that are farthest from `old`, those they were compared with.
    fn means(&self, space: &Space, old: Means) -> Means {
        let mut empty = Vec::new();
        let mut means: Vec<Vec<f32>> = Vec::with_capacity(old.len());
        for (cluster, sums) in self.sums.iter().enumerate() {
            let count = sums[MOST];
            if count <= 0.0 {
                empty.push(cluster);
            }
            means.push(sums.iter().take(space.planes.len()).map(|sum| (sum / count.max(1.0)) as f32).collect());
        }
        if !empty.is_empty() {
            for (cluster, point) in empty.into_iter().zip(farthest(space, &old)) {
                means[cluster] = space.at(point);
            }
        }
        Means(means)
    }
}

/// Points by their distance to the nearest mean, the farthest first.
fn farthest(space: &Space, means: &Means) -> Vec<usize> {
    let mut distances = vec![0.0f32; space.len()];
    for (block, out) in distances.chunks_mut(BLOCK).enumerate() {
        compare(space, means, block, |at, _, distances, _| {
            let len = LANES.min(out.len() - at);
            out[at..at + len].copy_from_slice(&distances[..len]);
        });
    }
    let mut order: Vec<usize> = (0..space.len()).collect();
    order.sort_by(|p, q| distances[*q].total_cmp(&distances[*p]));
    order
}

/// Hands out the points of a block, [`LANES`] at a time: where in the block they begin, the nearest mean of each, the squared
/// distance to it, and the points by coordinate. Lanes beyond the end mean nothing.
fn compare(
    space: &Space,
    means: &Means,
    block: usize,
    mut each: impl FnMut(usize, &[u32; LANES], &[f32; LANES], &[[f32; LANES]]),
) {
    let range = block * BLOCK..space.len().min((block + 1) * BLOCK);
    let planes: Vec<&[f32]> = space.planes.iter().map(|plane| &plane[range.clone()]).collect();
    let mut points = [[0.0; LANES]; MOST];
    let points = &mut points[..planes.len().min(MOST)];
    for at in (0..range.len()).step_by(LANES) {
        for (point, plane) in points.iter_mut().zip(&planes) {
            *point = lanes(&plane[at..]);
        }
        let (mut ids, mut distances) = ([0; LANES], [f32::INFINITY; LANES]);
        for (cluster, mean) in means.0.iter().enumerate() {
            let mut sums = [0.0; LANES];
            for (point, mean) in points.iter().zip(mean) {
                add_squares(&mut sums, point, *mean);
            }
            take_nearer(&mut ids, &mut distances, cluster as u32, &sums);
        }
        each(at, &ids, &distances, points);
    }
}
