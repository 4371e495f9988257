//! The least squares of the distances between two outlines.

use super::V2;
use super::candidate::{Bench, Model};
use super::polish::{moved, parameters};

/// Rounds of Gauss' and Newton's method at most; four or five are usual.
const ROUNDS: usize = 10;
/// The most parameters of a model that is settled: those of a triangle. What has more follows every bend of the outline.
const MOST: usize = 6;
/// The step of parameters over which derivatives are taken, and the one at which they have settled.
const STEP: f64 = 1e-4;
/// The damping (Levenberg 1944), as a share of the equations' mean diagonal: of a triangle's six numbers one does nothing, as its area
/// is given.
const DAMPING: f64 = 1e-3;
/// Distances beyond this many times their median count less (Huber 1964), those of bays and bumps; twice the standard
/// deviation of normal noise.
const FAR: f64 = 3.0;
/// By how much the share in common may fall.
const LOSS: f64 = 0.01;

/// A model with its share in common, brought from where that is largest to where its outline lies in the middle of the region's: of
/// wavy outlines, all points tell where that is. Models of many parameters and of several rings stay, as do those of regions at the
/// picture's edge, where a part of the outline tells nothing.
pub(super) fn settled<'a>(bench: &mut Bench<'a, '_>, model: Model<'a>, iou: f64) -> (Model<'a>, f64) {
    let count = parameters(&model, bench.outline);
    model.rings(&mut bench.rings);
    if count == 0 || count > MOST || bench.rings.len() != 1 || bench.outline.edge.is_some() {
        return (model, iou);
    }
    let mut better = model.clone();
    for _ in 0..ROUNDS {
        let Some(steps) = steps(bench, &better, count) else { return (model, iou) };
        let next = (0..count).try_fold(better, |model, at| moved(&model, at, steps[at], bench.outline));
        let Some(next) = next else { return (model, iou) };
        better = next;
        if steps.iter().all(|step| step.abs() < STEP) {
            break;
        }
    }
    let settled = bench.iou(&better);
    if settled > iou - LOSS { (better, settled) } else { (model, iou) }
}

/// What one round changes a model's parameters by; none if that cannot be told.
fn steps(bench: &mut Bench, model: &Model, count: usize) -> Option<[f64; MOST]> {
    let ring = ring(bench, model)?;
    // How each corner moves with each parameter.
    let mut ways = Vec::with_capacity(count);
    for at in 0..count {
        let other = self::ring(bench, &moved(model, at, STEP, bench.outline)?)?;
        ways.push(ring.iter().zip(&other).map(|(p, q)| [0, 1].map(|k| (q[k] - p[k]) / STEP)).collect::<Vec<V2>>());
    }
    let trail = &bench.outline.trail;
    let feet: Vec<Foot> = trail.iter().map(|point| foot(&ring, *point)).collect();
    let mut far: Vec<f64> = feet.iter().map(|foot| foot.distance.abs()).collect();
    let middle = far.len() / 2;
    let far = FAR * *far.select_nth_unstable_by(middle, f64::total_cmp).1;
    let (mut squares, mut products) = ([[0.0; MOST]; MOST], [0.0; MOST]);
    for (at, foot) in feet.iter().enumerate() {
        // By the length of the model's outline for which the point stands, so that steep waves do not count more.
        let (before, after) = (trail[(at + trail.len() - 1) % trail.len()], trail[(at + 1) % trail.len()]);
        let along = (after[1] - before[1]) * foot.normal[0] - (after[0] - before[0]) * foot.normal[1];
        let weight = along.max(0.0) * if foot.distance.abs() > far { far / foot.distance.abs() } else { 1.0 };
        let next = (foot.edge + 1) % ring.len();
        let slope = |way: &Vec<V2>| -> f64 {
            let way = [0, 1].map(|k| way[foot.edge][k] + foot.share * (way[next][k] - way[foot.edge][k]));
            way[0] * foot.normal[0] + way[1] * foot.normal[1]
        };
        let mut slopes = [0.0; MOST];
        slopes.iter_mut().zip(&ways).for_each(|(out, way)| *out = slope(way));
        for i in 0..count {
            products[i] += weight * slopes[i] * foot.distance;
            (0..count).for_each(|j| squares[i][j] += weight * slopes[i] * slopes[j]);
        }
    }
    let damping = DAMPING * (0..count).map(|i| squares[i][i]).sum::<f64>() / count as f64;
    (0..count).for_each(|i| squares[i][i] += damping);
    solved(squares, products, count)
}

/// A model's ring, in the direction of positive area.
fn ring(bench: &mut Bench, model: &Model) -> Option<Vec<V2>> {
    model.rings(&mut bench.rings);
    let mut ring = bench.rings.first()?.clone();
    if super::hull::area(&ring) < 0.0 {
        ring.reverse();
    }
    Some(ring)
}

/// The point of a ring that is nearest to another point.
struct Foot {
    /// The corner before it, and where it lies between that and the next, 0 to 1.
    edge: usize,
    share: f64,
    /// How far the other point is outside, and in which direction outside is.
    distance: f64,
    normal: V2,
}

fn foot(ring: &[V2], point: V2) -> Foot {
    let mut best = (f64::INFINITY, 0, 0.0);
    for (edge, from) in ring.iter().enumerate() {
        let to = ring[(edge + 1) % ring.len()];
        let (side, way) = ([to[0] - from[0], to[1] - from[1]], [point[0] - from[0], point[1] - from[1]]);
        let length = side[0] * side[0] + side[1] * side[1];
        let share = ((side[0] * way[0] + side[1] * way[1]) / length.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        let away = (way[0] - share * side[0]).powi(2) + (way[1] - share * side[1]).powi(2);
        if away < best.0 {
            best = (away, edge, share);
        }
    }
    let (_, edge, share) = best;
    let (from, to) = (ring[edge], ring[(edge + 1) % ring.len()]);
    let side = [to[0] - from[0], to[1] - from[1]];
    let length = side[0].hypot(side[1]).max(f64::MIN_POSITIVE);
    let normal = [side[1] / length, -side[0] / length];
    let way = [0, 1].map(|k| point[k] - from[k] - share * side[k]);
    Foot { edge, share, distance: way[0] * normal[0] + way[1] * normal[1], normal }
}

/// The solution of symmetric equations by elimination; none if they have none.
fn solved(mut squares: [[f64; MOST]; MOST], mut products: [f64; MOST], count: usize) -> Option<[f64; MOST]> {
    for at in 0..count {
        let pivot = squares[at][at];
        if !(pivot.is_finite() && pivot > 0.0) {
            return None;
        }
        for below in at + 1..count {
            let factor = squares[below][at] / pivot;
            (at..count).for_each(|k| squares[below][k] -= factor * squares[at][k]);
            products[below] -= factor * products[at];
        }
    }
    let mut out = [0.0; MOST];
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|k| squares[at][k] * out[k]).sum();
        out[at] = (products[at] - known) / squares[at][at];
    }
    out.iter().all(|v| v.is_finite()).then_some(out)
}
