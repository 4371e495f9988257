//! The least squares of the distances between two outlines.

use super::V2;
use super::candidate::{Bench, Model};
use super::equations::{Equations, MOST};
use super::polish::{moved, parameters};
use super::whiten::whitened;

/// Rounds of Gauss' and Newton's method at most; four or five are usual.
const ROUNDS: usize = 10;
/// The step of parameters over which derivatives are taken, and the one at which they have settled.
const STEP: f64 = 1e-4;
/// Distances beyond this many times their median count less (Huber 1964), those of bays and bumps; twice the standard
/// deviation of normal noise.
const FAR: f64 = 3.0;
/// By how much the share in common may fall.
const LOSS: f64 = 0.01;

/// A model with its share in common, brought from where that is largest to where its outline lies in the middle of the region's: of
/// wavy outlines, all points tell where that is; then to where the waves that are not noise tell. None if it stays: models of many
/// parameters and of several rings do, as do those of regions at the picture's edge, where a part of the outline tells nothing.
pub(super) fn settled<'a>(bench: &mut Bench<'a, '_>, model: &Model<'a>, iou: f64) -> Option<(Model<'a>, f64)> {
    let count = parameters(model, bench.outline);
    model.rings(&mut bench.rings);
    if count == 0 || count > MOST || bench.rings.len() != 1 || bench.outline.edge.is_some() {
        return None;
    }
    let kept = |bench: &mut Bench, better: Model<'a>| {
        let settled = bench.iou(&better);
        (settled > iou - LOSS).then_some((better, settled))
    };
    let middle = middle(bench, model, count).and_then(|better| kept(bench, better));
    let from = middle.as_ref().map_or(model, |(middle, _)| middle);
    whitened(bench, from).and_then(|better| kept(bench, better)).or(middle)
}

/// The model of the least squares; none if they cannot be told.
fn middle<'a>(bench: &mut Bench<'a, '_>, model: &Model<'a>, count: usize) -> Option<Model<'a>> {
    let mut better = model.clone();
    for _ in 0..ROUNDS {
        let steps = steps(bench, &better, count)?;
        better = (0..count).try_fold(better, |model, at| moved(&model, at, steps[at], bench.outline))?;
        if steps.iter().all(|step| step.abs() < STEP) {
            break;
        }
    }
    Some(better)
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
    let mut equations = Equations::new(count);
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
        equations.add(&slopes, foot.distance, weight);
    }
    equations.solved()
}

/// A model's first ring, in the direction of positive area.
pub(super) fn ring(bench: &mut Bench, model: &Model) -> Option<Vec<V2>> {
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
