//! How far a stroke can go before the colour is another.

use crate::fields::Fields;
use crate::oklab::{self, Lab};
use crate::painting::Point;

/// How far a stroke may turn away from its direction at the anchor, as the cosine of 70 degrees: more curls up.
const TURN: f32 = 0.342;
/// Where, in half widths from its middle, a stroke looks whether its sides have left the area.
const FLANK: f32 = 0.7;

/// What walks see.
pub(super) struct Sight<'a> {
    /// The reference.
    pub lab: &'a [Lab],
    pub size: [usize; 2],
    pub fields: &'a Fields,
    /// Oklab distance at which a colour is another.
    pub tolerance: f32,
}

/// The sizes a stroke may have, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub widths: [f32; 2],
    /// Longest length in widths.
    pub stretch: f32,
}

/// A stroke found by walking.
#[derive(Debug, Clone)]
pub(super) struct Mark {
    /// Its middle line, at least one point.
    pub path: Vec<Point>,
    /// Its direction at the anchor.
    pub along: Point,
    pub width: f32,
    /// Of the middle line; at least the width.
    pub length: f32,
}

impl Mark {
    pub fn area(&self) -> f32 {
        self.width * self.length
    }
}

impl Sight<'_> {
    /// The stroke at an anchor: as wide as its area, up to the limit, then along the edges as far as its colour reaches.
    pub fn walk(&self, anchor: Point, limits: Limits) -> Mark {
        let colour = self.colour(anchor).unwrap_or_default();
        let along = self.fields.tangent(anchor[0], anchor[1]);
        let across = [-along[1], along[0]];
        let [least, most] = limits.widths;
        let [left, right] = [-1.0, 1.0].map(|sign| self.reach(anchor, across.map(|v| v * sign), most, colour));
        let width = (left + right).clamp(least, most);
        let shift = nearest_middle(left, right, width);
        let middle = [anchor[0] + shift * across[0], anchor[1] + shift * across[1]];

        let longest = limits.stretch * width;
        let follow = |sign: f32| self.follow(middle, along.map(|v| v * sign), longest, width, colour);
        let (back, ahead) = (follow(-1.0), follow(1.0));
        let mut path: Vec<Point> = back.into_iter().rev().collect();
        let start = path.len();
        path.push(middle);
        path.extend(ahead);
        cut(&mut path, start, longest);
        let run: f32 = path.array_windows().map(|[p, q]| (q[0] - p[0]).hypot(q[1] - p[1])).sum();
        // Not wider than long: such marks would lie across the edges.
        let width = width.min(run.max(least));
        Mark { path, along, width, length: run.max(width) }
    }

    /// The reference's colour at a point of the picture.
    fn colour(&self, [x, y]: Point) -> Option<Lab> {
        let [width, height] = self.size;
        let inside = x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32;
        inside.then(|| self.lab[y as usize * width + x as usize])
    }

    fn differs(&self, at: Point, colour: Lab) -> bool {
        self.colour(at).is_none_or(|there| oklab::distance(there, colour) > self.tolerance)
    }

    /// How far the colour lasts in a straight line, in steps of half a pixel.
    fn reach(&self, from: Point, to: Point, most: f32, colour: Lab) -> f32 {
        let mut gone = 0.0;
        while gone < most {
            let next = gone + 0.5;
            if self.differs([from[0] + next * to[0], from[1] + next * to[1]], colour) {
                break;
            }
            gone = next;
        }
        gone
    }

    /// The points along the tangents after `from` as far as the colour lasts in the middle and at the sides.
    fn follow(&self, from: Point, start: Point, longest: f32, width: f32, colour: Lab) -> Vec<Point> {
        let step = (width / 8.0).max(1.0);
        let (mut at, mut to, mut gone) = (from, start, 0.0);
        let mut path = Vec::new();
        while gone < longest {
            let next = [at[0] + step * to[0], at[1] + step * to[1]];
            let side = FLANK * width / 2.0;
            let beside = |sign: f32| [next[0] - sign * side * to[1], next[1] + sign * side * to[0]];
            let leaves = |at: Point| self.colour(at).is_some() && self.differs(at, colour);
            if self.differs(next, colour) || leaves(beside(1.0)) || leaves(beside(-1.0)) {
                break;
            }
            at = next;
            gone += step;
            path.push(at);
            let [x, y] = self.fields.tangent(at[0], at[1]);
            let sign = if x * to[0] + y * to[1] < 0.0 { -1.0 } else { 1.0 };
            to = [sign * x, sign * y];
            if to[0] * start[0] + to[1] * start[1] < TURN {
                break;
            }
        }
        path
    }
}

/// The middle of an interval of `width` that lies within `-left..right` and is nearest to 0; that of the whole if the
/// interval is not that wide.
fn nearest_middle(left: f32, right: f32, width: f32) -> f32 {
    let (from, to) = (width / 2.0 - left, right - width / 2.0);
    if from > to { (right - left) / 2.0 } else { 0.0f32.clamp(from, to) }
}

/// Cuts a path of even steps to a length, keeping point `start` as near to its middle as it can.
fn cut(path: &mut Vec<Point>, start: usize, longest: f32) {
    let Some([p, q]) = path.array_windows().next() else { return };
    let step = (q[0] - p[0]).hypot(q[1] - p[1]).max(f32::MIN_POSITIVE);
    let keep = ((longest / step) as usize + 1).max(2);
    if path.len() > keep {
        let first = start.saturating_sub(keep / 2).min(path.len() - keep);
        path.truncate(first + keep);
        path.drain(..first);
    }
}
