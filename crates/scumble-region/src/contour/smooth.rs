//! Rounder corners.

use super::arcs::{Arc, Contours};
use super::corners::Corners;

/// After six rounds, edges are a 64th of what they were: nobody sees more.
const MOST_ROUNDS: u32 = 6;

/// Cuts the corners of all arcs.
pub(super) fn smooth(contours: &mut Contours, rounds: u32) {
    let mut corners = Corners::new(contours.width, contours.height, &contours.arcs);
    for _ in 0..rounds.min(MOST_ROUNDS) {
        contours.arcs.iter_mut().for_each(|arc| cut(arc, &mut corners));
    }
}

/// One round for one arc.
fn cut(arc: &mut Arc, corners: &mut Corners) {
    let old = &arc.points;
    let last = old.len() - 1;
    let mut new = Vec::with_capacity(2 * old.len());
    // A loop's first corner is like any other: the point before it is the last but one.
    let inner = if arc.is_loop { 0..last } else { 1..last };
    new.extend(old.first().filter(|_| !arc.is_loop));
    for at in inner {
        let (before, corner, after) = (old[if at == 0 { last - 1 } else { at - 1 }], old[at], old[at + 1]);
        let quarter = |to: [f32; 2]| [0, 1].map(|k| corner[k] + (to[k] - corner[k]) / 4.0);
        let pair = [quarter(before), quarter(after)];
        if corners.is_free([pair[0], corner, pair[1]]) {
            corners.remove(corner);
            pair.into_iter().for_each(|point| corners.insert(point));
            new.extend(pair);
        } else {
            new.push(corner);
        }
    }
    new.extend(if arc.is_loop { new.first().copied() } else { old.last().copied() });
    arc.points = new;
}
