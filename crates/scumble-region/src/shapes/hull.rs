//! Convex hulls.

use super::spans::Scratch;
use super::{Outline, V2};
use crate::contour::{Verdict, peel};

/// The share of its area that a region's hull may ignore.
const TRIMMED: f64 = 0.02;
/// The share of its area that a hull may lose to have fewer corners.
const ROUNDED: f64 = 0.01;

/// The convex hull of points, in the direction in which areas are positive (Andrew's monotone chain, 1979).
pub(crate) fn convex_hull(points: impl IntoIterator<Item = V2>) -> Vec<V2> {
    let mut points: Vec<V2> = points.into_iter().collect();
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut hull: Vec<V2> = Vec::new();
    let half = |hull: &mut Vec<V2>, points: &mut dyn Iterator<Item = V2>| {
        let base = hull.len();
        for point in points {
            while hull.len() >= base + 2 && turn(hull[hull.len() - 2], hull[hull.len() - 1], point) <= 0.0 {
                hull.pop();
            }
            hull.push(point);
        }
        hull.pop();
    };
    half(&mut hull, &mut points.iter().copied());
    half(&mut hull, &mut points.iter().rev().copied());
    hull
}

/// Area of a ring.
pub(crate) fn area(ring: &[V2]) -> f64 {
    let Some(&last) = ring.last() else { return 0.0 };
    let mut before = last;
    let mut twice = 0.0;
    for point in ring {
        twice += before[0] * point[1] - point[0] * before[1];
        before = *point;
    }
    twice / 2.0
}

/// Centre, half sides and angle of the rectangle of least area around a convex polygon; one side lies along an edge (Freeman &
/// Shapira 1975).
pub(crate) fn least_box(hull: &[V2]) -> Option<(V2, V2, f64)> {
    let mut best: Option<(f64, (V2, V2, f64))> = None;
    for (at, a) in hull.iter().enumerate() {
        let b = hull[(at + 1) % hull.len()];
        let angle = (b[1] - a[1]).atan2(b[0] - a[0]);
        let (sin, cos) = angle.sin_cos();
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for p in hull {
            let turned = [p[0] * cos + p[1] * sin, p[1] * cos - p[0] * sin];
            for k in 0..2 {
                low[k] = low[k].min(turned[k]);
                high[k] = high[k].max(turned[k]);
            }
        }
        let half = [0, 1].map(|k| (high[k] - low[k]) / 2.0);
        let area = 4.0 * half[0] * half[1];
        if best.is_none_or(|(least, _)| area < least) {
            let [u, v] = [0, 1].map(|k| (high[k] + low[k]) / 2.0);
            best = Some((area, ([u * cos - v * sin, u * sin + v * cos], half, angle)));
        }
    }
    best.map(|(_, found)| found)
}

/// The hull of a region without thin parts that stick out of it: corners are given up, that with the largest triangle first, as
/// long as the hull shrinks by more than twice what the region loses, and the region loses 2 % at most. Then corners go whose
/// absence costs less than 1 % of the area in all.
pub(super) fn robust_hull(outline: &Outline, scratch: &mut Scratch) -> Vec<V2> {
    let mut points = outline.simple.clone();
    let mut hull = convex_hull(points.iter().copied());
    let mut kept: Vec<V2> = Vec::new();
    let mut covered = outline.spans.area();
    let least = covered * (1.0 - TRIMMED);
    // A hull that the region fills has nothing to trim.
    while area(&hull) > covered * (1.0 + TRIMMED) && hull.len() > 3 {
        let size = |at: usize| {
            let [before, after] = [hull[(at + hull.len() - 1) % hull.len()], hull[(at + 1) % hull.len()]];
            turn(before, hull[at], after)
        };
        let open = (0..hull.len()).filter(|at| !kept.contains(&hull[*at]));
        let Some(at) = open.max_by(|a, b| size(*a).total_cmp(&size(*b))) else { break };
        let corner = hull[at];
        let rest: Vec<V2> = points.iter().copied().filter(|p| *p != corner).collect();
        let smaller = convex_hull(rest.iter().copied());
        let left = outline.spans.overlap(std::slice::from_ref(&smaller), scratch);
        let (shrunk, lost) = (area(&hull) - area(&smaller), covered - left);
        if left >= least && shrunk > 2.0 * lost {
            (points, hull, covered) = (rest, smaller, left);
        } else {
            kept.push(corner);
        }
    }
    fewer(&hull)
}

fn fewer(hull: &[V2]) -> Vec<V2> {
    let (mut left, mut lost) = (hull.len(), 0.0);
    let most = area(hull) * ROUNDED;
    let mut gone = vec![false; hull.len()];
    peel(hull, true, |size, [_, at, _]| {
        lost += size;
        if lost > most || left <= 3 {
            return Verdict::Stop;
        }
        left -= 1;
        gone[at] = true;
        Verdict::Remove
    });
    hull.iter().zip(gone).filter(|(_, gone)| !gone).map(|(p, _)| *p).collect()
}

/// Twice the area of a triangle, positive for a turn to the right as seen in a picture.
fn turn(a: V2, b: V2, c: V2) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
