//! Where searches begin.

use scumble_core::Stream;

use super::lloyd::Means;
use super::space::Space;

/// At most `most` of `count` points, one at random of each of as many stretches of equal length.
pub(super) fn sample(count: usize, most: usize, seed: u64, stage: u64) -> Vec<u32> {
    if count <= most {
        return (0..count as u32).collect();
    }
    let mut stream = Stream::new(seed, stage);
    let stretch = count as f64 / most as f64;
    let draw = |i: usize| ((i as f64 + stream.uniform(i as u64)) * stretch) as u32;
    (0..most).map(draw).map(|i| i.min(count as u32 - 1)).collect()
}

/// k-means++ (Arthur, Vassilvitskii 2007): the first mean is any point, the next ones are drawn with probabilities in
/// proportion to the squared distance to the nearest mean so far; of 2 + ln k draws the one that leaves the least sum is
/// taken. Fewer means if there are fewer different points.
pub(super) fn spread(space: &Space, clusters: usize, stream: &mut Stream) -> Means {
    let count = space.len();
    let draws = 2 + (clusters as f64).ln() as usize;
    let first = ((stream.uniform(0) * count as f64) as usize).min(count.saturating_sub(1));
    let mut means = vec![space.at(first)];
    let mut left = distances(space, first);
    let mut index = 0;
    while means.len() < clusters {
        let total: f64 = left.iter().map(|d| f64::from(*d)).sum();
        if total <= 0.0 {
            break;
        }
        let mut best: Option<(f64, usize, Vec<f32>)> = None;
        for _ in 0..draws {
            index += 1;
            let point = pick(&left, stream.uniform(index) * total);
            let mut new = distances(space, point);
            new.iter_mut().zip(&left).for_each(|(new, left)| *new = new.min(*left));
            let sum = new.iter().map(|d| f64::from(*d)).sum();
            if best.as_ref().is_none_or(|best| sum < best.0) {
                best = Some((sum, point, new));
            }
        }
        let Some((_, point, new)) = best else { break };
        means.push(space.at(point));
        left = new;
    }
    Means(means)
}

/// The point at which the sum reaches `sum`, of those that add to it.
fn pick(left: &[f32], mut sum: f64) -> usize {
    let mut last = 0;
    for (i, d) in left.iter().enumerate().filter(|(_, d)| **d > 0.0) {
        last = i;
        sum -= f64::from(*d);
        if sum < 0.0 {
            break;
        }
    }
    last
}

/// Squared distances of all points to one.
fn distances(space: &Space, point: usize) -> Vec<f32> {
    let mut out = vec![0.0; space.len()];
    for plane in &space.planes {
        let middle = plane[point];
        out.iter_mut().zip(plane).for_each(|(out, v)| *out += (v - middle) * (v - middle));
    }
    out
}
