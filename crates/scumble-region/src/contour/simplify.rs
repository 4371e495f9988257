//! Fewer points.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

use scumble_core::{Error, Result};
use scumble_paint::painting::Point;

use super::arcs::{Arc, Contours};
use super::corners::Corners;

/// How arcs are simplified.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Simplify {
    /// No point of the old line is farther than this from the new one, in pixels (Douglas & Peucker 1973). The staircase of a
    /// straight edge needs 0.71 on the diagonal, nearly 1 where it is close to a side's direction.
    DouglasPeucker(f32),
    /// Points go whose triangle with their neighbours is smaller than this, in square pixels, the smallest first (Visvalingam &
    /// Whyatt 1993).
    Visvalingam(f32),
}

/// Simplifies all arcs, one after another.
pub(super) fn simplify(contours: &mut Contours, how: impl Fn(&Arc) -> Simplify) -> Result<()> {
    let ways: Vec<Simplify> = contours.arcs.iter().map(how).collect();
    for Simplify::DouglasPeucker(tolerance) | Simplify::Visvalingam(tolerance) in &ways {
        if !(tolerance.is_finite() && *tolerance >= 0.0) {
            return Err(Error::parameter(format!("the tolerance is {tolerance}, allowed are numbers from 0")));
        }
    }
    let mut corners = Corners::new(contours.width, contours.height, &contours.arcs);
    let straight = contours.arcs.iter().filter(|arc| arc.points.len() == 2);
    let mut chords: HashSet<_> = straight.map(chord).collect();
    contours.arcs.iter_mut().zip(ways).for_each(|(arc, how)| reduce(arc, how, &mut corners, &mut chords));
    Ok(())
}

/// The ends of an arc, in an order that does not depend on its direction.
fn chord(arc: &Arc) -> [[u32; 2]; 2] {
    let mut ends = [0, arc.points.len() - 1].map(|at| arc.points[at].map(f32::to_bits));
    ends.sort_unstable();
    ends
}

fn reduce(arc: &mut Arc, how: Simplify, corners: &mut Corners, chords: &mut HashSet<[[u32; 2]; 2]>) {
    let closed = arc.points.first() == arc.points.last();
    let old: &[Point] = if arc.is_loop { &arc.points[..arc.points.len() - 1] } else { &arc.points };
    let exact: Vec<[f64; 2]> = old.iter().map(|point| point.map(f64::from)).collect();
    let (kept, most) = match how {
        Simplify::DouglasPeucker(tolerance) => {
            (douglas_peucker(&exact, arc.is_loop, f64::from(tolerance)), f64::INFINITY)
        }
        Simplify::Visvalingam(area) => (vec![false; exact.len()], f64::from(area)),
    };
    // Three points of a closed line, so that it encloses something; its repeated end counts where it is stored.
    let least = if arc.is_loop { 3 } else { 2 + 2 * usize::from(closed) };
    let mut left = exact.len();
    let ends = chord(arc);
    let mut removed = vec![false; exact.len()];
    peel(&exact, arc.is_loop, |area, [before, at, after]| {
        if area >= most || left <= least {
            return Verdict::Stop;
        }
        let is_chord = left == 3 && !arc.is_loop;
        let free = !kept[at] && corners.is_free([old[before], old[at], old[after]]);
        // Two arcs between the same junctions must not both become the line between them.
        if !free || (is_chord && !chords.insert(ends)) {
            return Verdict::Keep;
        }
        corners.remove(old[at]);
        removed[at] = true;
        left -= 1;
        Verdict::Remove
    });
    let mut flags = removed.into_iter();
    // The repeated end of a loop has no flag, and stays.
    arc.points.retain(|_| !flags.next().unwrap_or(false));
    if let (true, Some(&first)) = (arc.is_loop, arc.points.first())
        && let Some(last) = arc.points.last_mut()
    {
        *last = first;
    }
}

/// What is to be done with a point.
pub(crate) enum Verdict {
    Remove,
    Keep,
    Stop,
}

/// Offers the points of a line in the order of the triangles they make with their neighbours, the smallest first (Visvalingam &
/// Whyatt 1993): the largest area offered so far, and the places of the one before, the point, and the one after. Ends of a line that
/// is not closed are not offered; a point that was kept is offered again when a neighbour is gone.
pub(crate) fn peel(points: &[[f64; 2]], closed: bool, mut judge: impl FnMut(f64, [usize; 3]) -> Verdict) {
    let count = points.len();
    if count < 3 {
        return;
    }
    let mut before: Vec<usize> = (0..count).map(|at| (at + count - 1) % count).collect();
    let mut after: Vec<usize> = (0..count).map(|at| (at + 1) % count).collect();
    let mut stamps = vec![0u32; count];
    let is_end = |at: usize| !closed && (at == 0 || at + 1 == count);
    let area = |[a, b, c]: [usize; 3]| {
        let [a, b, c] = [points[a], points[b], points[c]];
        ((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])).abs() / 2.0
    };
    // Bits of numbers from 0 are ordered as the numbers are.
    let mut heap: BinaryHeap<Reverse<(u64, usize, u32)>> = (0..count)
        .filter(|at| !is_end(*at))
        .map(|at| Reverse((area([before[at], at, after[at]]).to_bits(), at, 0)))
        .collect();
    let mut largest = 0.0f64;
    while let Some(Reverse((size, at, stamp))) = heap.pop() {
        if stamp != stamps[at] {
            continue;
        }
        let size = f64::from_bits(size).max(largest);
        let (a, c) = (before[at], after[at]);
        match judge(size, [a, at, c]) {
            Verdict::Stop => return,
            Verdict::Keep => continue,
            Verdict::Remove => largest = size,
        }
        (after[a], before[c]) = (c, a);
        stamps[at] += 1;
        for next in [a, c] {
            if !is_end(next) {
                stamps[next] += 1;
                heap.push(Reverse((area([before[next], next, after[next]]).to_bits(), next, stamps[next])));
            }
        }
    }
}

/// The points of a ring in the order in which [`peel`] removes them; all but the last three.
pub(crate) fn ranked(ring: &[[f64; 2]]) -> Vec<usize> {
    let mut order = Vec::new();
    peel(ring, true, |_, [_, at, _]| {
        if order.len() + 3 >= ring.len() {
            return Verdict::Stop;
        }
        order.push(at);
        Verdict::Remove
    });
    order
}

/// Which points are kept so that no other is farther than `tolerance` from the line through them (Douglas & Peucker 1973). Both
/// ends of an open line are; of a closed one the first, the one farthest from it, and one more at least.
pub(crate) fn douglas_peucker(points: &[[f64; 2]], closed: bool, tolerance: f64) -> Vec<bool> {
    let count = points.len();
    let mut kept = vec![false; count];
    let [Some(first), Some(last)] = [points.first(), points.last()] else { return kept };
    kept[0] = true;
    let mut spans = if closed {
        let (middle, _) = farthest(points, 0..count, |p| (p[0] - first[0]).hypot(p[1] - first[1]));
        kept[middle] = true;
        let (third, _) = farthest(points, 0..count, |p| distance(*p, *first, points[middle]));
        if middle != 0 && third != middle {
            kept[third] = true;
        }
        let mut anchors: Vec<usize> = (0..count).filter(|at| kept[*at]).collect();
        anchors.push(count);
        anchors.windows(2).map(|pair| [pair[0], pair[1]]).collect()
    } else {
        kept[count - 1] = true;
        vec![[0, count - 1]]
    };
    let end = |at: usize| if at == count { *first } else { points.get(at).copied().unwrap_or(*last) };
    while let Some([from, to]) = spans.pop() {
        let (at, far) = farthest(points, from + 1..to.min(count), |p| distance(*p, points[from], end(to)));
        if far > tolerance {
            kept[at] = true;
            spans.extend([[from, at], [at, to]]);
        }
    }
    kept
}

/// The first of the points with the largest value, and the value; 0 and -1 if there are none.
fn farthest(points: &[[f64; 2]], range: std::ops::Range<usize>, value: impl Fn(&[f64; 2]) -> f64) -> (usize, f64) {
    let mut best = (0, -1.0);
    for at in range {
        let value = value(&points[at]);
        if value > best.1 {
            best = (at, value);
        }
    }
    best
}

/// Distance of a point from the segment between two others.
fn distance(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (ab, ap) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let length = ab[0] * ab[0] + ab[1] * ab[1];
    let share = if length > 0.0 { ((ap[0] * ab[0] + ap[1] * ab[1]) / length).clamp(0.0, 1.0) } else { 0.0 };
    (ap[0] - share * ab[0]).hypot(ap[1] - share * ab[1])
}
