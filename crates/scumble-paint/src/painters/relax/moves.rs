//! Small changes of any geometry.

use std::f32::consts::TAU;

use super::similar::{Similar, middle};
use crate::dice::Dice;
use crate::painters::greedy::valid::{is_blunt, is_convex, is_open};
use crate::painting::{Geometry, Point};

/// Deviation of a change of size, as a share of it (the logarithm of the factor).
const GROWTH: f32 = 0.1;

/// How far changes go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Deviation of moves, in units of the frame.
    pub shift: f32,
    /// Half the extent of the stroke: a turn moves its ends by as much as a move does.
    pub radius: f32,
}

/// Bounds of what may be tried, in units of the frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub frame: [f32; 2],
    /// How far points may lie outside.
    pub margin: f32,
    /// The least size.
    pub least: f32,
}

impl Bounds {
    /// Whether a geometry may take another's place: within bounds, and no worse in shape.
    pub fn allow(&self, new: &Geometry, old: &Geometry) -> bool {
        self.hold(new) && (is_fair(new) || !is_fair(old))
    }

    fn hold(&self, geometry: &Geometry) -> bool {
        let near = |p: &Point| (0..2).all(|i| p[i] >= -self.margin && p[i] <= self.frame[i] + self.margin);
        let size = |sizes: &[f32]| sizes.iter().all(|v| *v >= self.least && *v <= self.frame[0] + self.frame[1]);
        match geometry {
            Geometry::Triangle { points } => points.iter().all(near) && self.is_wide(points),
            Geometry::Polygon { points } => points.iter().all(near) && self.is_wide(points),
            Geometry::Rectangle { centre, half: sizes, .. }
            | Geometry::Ellipse { centre, radii: sizes, .. }
            | Geometry::Superellipse { centre, radii: sizes, .. } => near(centre) && size(sizes),
            Geometry::Line { points, width } => points.iter().all(near) && size(&[*width]),
            Geometry::Curve { points, widths } => points.iter().all(near) && size(widths),
            Geometry::Spline { points, width } => points.iter().all(near) && size(&[*width]),
            Geometry::Stamp { centre, length, width, .. } => near(centre) && size(&[*length, *width]),
        }
    }

    /// Whether a polygon is not smaller than a disc of the least radius.
    fn is_wide(&self, points: &[Point]) -> bool {
        let cross = |a: Point, b: Point| a[0] * b[1] - a[1] * b[0];
        let twice: f32 = (0..points.len()).map(|i| cross(points[i], points[(i + 1) % points.len()])).sum();
        twice.abs() >= 4.0 * self.least * self.least
    }
}

/// Whether a shape is one that the painter of greedy shapes would have made: no needle, no star, no fold.
fn is_fair(geometry: &Geometry) -> bool {
    match geometry {
        Geometry::Triangle { points } => is_blunt(points),
        Geometry::Polygon { points } => is_convex(points),
        Geometry::Curve { points, .. } => is_open(points),
        _ => true,
    }
}

/// A geometry near another, of the same kind. Upright shapes stay upright, and circles circles.
pub(super) fn neighbour(old: &Geometry, reach: Reach, dice: &mut Dice) -> Geometry {
    let shift = reach.shift;
    let turn = (shift / reach.radius.max(shift)).min(1.0);
    let about = middle(old);
    let whole = |dice: &mut Dice, way: usize| match way {
        0 => Similar { shift: dice.nudge([0.0; 2], shift), ..Similar::none(about) },
        1 => Similar { turn: dice.normal() * turn, ..Similar::none(about) },
        _ => Similar { scale: (dice.normal() * GROWTH.min(turn)).exp(), ..Similar::none(about) },
    };
    let mut new = old.clone();
    match &mut new {
        Geometry::Triangle { points } => corners(points, shift, dice),
        Geometry::Polygon { points } => corners(points, shift, dice),
        Geometry::Rectangle { centre, half: sizes, angle } | Geometry::Ellipse { centre, radii: sizes, angle } => {
            oriented(centre, sizes, angle, reach, dice);
        }
        Geometry::Superellipse { centre, radii, exponent, angle } => {
            if dice.below(6) == 0 {
                *exponent = (*exponent * (dice.normal() * 0.3).exp()).clamp(1.0, 8.0);
            } else {
                oriented(centre, radii, angle, reach, dice);
            }
        }
        Geometry::Stamp { centre, angle, length, width } => {
            let mut half = [*length / 2.0, *width / 2.0];
            oriented(centre, &mut half, angle, reach, dice);
            (*length, *width) = (2.0 * half[0], 2.0 * half[1]);
        }
        Geometry::Line { points, width } => match dice.below(6) {
            0 => *width += dice.normal() * shift * 0.5,
            way @ 1..4 => return whole(dice, way - 1).of(old),
            _ => nudge_one(points, shift, dice),
        },
        Geometry::Curve { points, widths } => match dice.below(8) {
            0 if widths[0] == widths[1] => *widths = [widths[0] + dice.normal() * shift * 0.5; 2],
            0 => widths[dice.below(2)] += dice.normal() * shift * 0.5,
            way @ 1..4 => return whole(dice, way - 1).of(old),
            _ => nudge_one(points, shift, dice),
        },
        Geometry::Spline { points, width } => match dice.below(8) {
            0 => *width += dice.normal() * shift * 0.5,
            way @ 1..4 => return whole(dice, way - 1).of(old),
            _ => bend(points, shift, dice),
        },
    }
    new
}

/// One corner, two neighbouring ones together, or all.
fn corners(points: &mut [Point], shift: f32, dice: &mut Dice) {
    let count = points.len();
    let first = dice.below(count);
    let moved = match dice.below(8) {
        0..5 => 1,
        5 | 6 => 2,
        _ => count,
    };
    let by = dice.nudge([0.0; 2], shift);
    for i in first..first + moved {
        let point = &mut points[i % count];
        *point = [point[0] + by[0], point[1] + by[1]];
    }
}

/// The centre, a side with its opposite kept, both sides, or the angle.
fn oriented(centre: &mut Point, size: &mut [f32; 2], angle: &mut f32, reach: Reach, dice: &mut Dice) {
    let shift = reach.shift;
    if *angle == 0.0 && size[0] == size[1] {
        if dice.below(2) == 0 {
            *centre = dice.nudge(*centre, shift);
        } else {
            *size = [size[0] + dice.normal() * shift; 2];
        }
        return;
    }
    match dice.below(if *angle == 0.0 { 4 } else { 5 }) {
        0 => *centre = dice.nudge(*centre, shift),
        1 | 2 => {
            let side = dice.below(2);
            let by = dice.normal() * shift * 0.5;
            size[side] += by;
            let (sin, cos) = angle.sin_cos();
            let along = if side == 0 { [cos, sin] } else { [-sin, cos] };
            let way = if dice.below(2) == 0 { by } else { -by };
            *centre = [centre[0] + along[0] * way, centre[1] + along[1] * way];
        }
        3 => *size = size.map(|v| v + dice.normal() * shift),
        _ => {
            let turn = (shift / reach.radius.max(shift)).min(1.0);
            *angle = (*angle + dice.normal() * turn).rem_euclid(TAU);
        }
    }
}

fn nudge_one(points: &mut [Point], shift: f32, dice: &mut Dice) {
    let i = dice.below(points.len());
    points[i] = dice.nudge(points[i], shift);
}

/// Moves a control point, and those beside it by half.
fn bend(points: &mut [Point], shift: f32, dice: &mut Dice) {
    let at = dice.below(points.len());
    let by = dice.nudge([0.0; 2], shift);
    for (i, point) in points.iter_mut().enumerate() {
        let share = [1.0, 0.5].get(i.abs_diff(at)).copied().unwrap_or(0.0);
        *point = [point[0] + share * by[0], point[1] + share * by[1]];
    }
}
