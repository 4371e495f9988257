//! Small changes of a shape, one group of its numbers at a time.

use std::f32::consts::TAU;

use super::shape::Shape;
use super::{ShapeKind, valid};
use crate::dice::Dice;
use crate::painting::Point;

/// How far changes go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    /// Deviation of moves, in pixels.
    pub shift: f32,
    /// Deviation of turns, in radians.
    pub turn: f32,
}

/// Tries before a shape that has no valid neighbour is given back as it is.
const TRIES: usize = 16;

/// A valid shape near `shape`, of the same kind.
pub(super) fn neighbour(
    shape: &Shape,
    kind: ShapeKind,
    reach: Reach,
    limits: &valid::Limits,
    dice: &mut Dice,
) -> Shape {
    for _ in 0..TRIES {
        let mut near = *shape;
        change(&mut near, kind, reach, dice);
        if limits.allow(&near) {
            return near;
        }
    }
    *shape
}

fn change(shape: &mut Shape, kind: ShapeKind, reach: Reach, dice: &mut Dice) {
    let shift = reach.shift;
    match shape {
        Shape::Triangle { points } => corners(points, shift, dice),
        Shape::Polygon { points, corners: count } => corners(&mut points[..*count], shift, dice),
        Shape::Rectangle { centre, half: size, angle } | Shape::Ellipse { centre, radii: size, angle } => {
            oriented(centre, size, angle, kind, reach, dice);
        }
        Shape::Superellipse { centre, radii, exponent, angle } => {
            if dice.below(5) == 0 {
                *exponent *= (dice.normal() * 0.3).exp();
            } else {
                oriented(centre, radii, angle, kind, reach, dice);
            }
        }
        Shape::Line { points, width } => stroke(points, width, shift, dice),
        Shape::Curve { points, width } => stroke(points, width, shift, dice),
    }
}

/// One corner, two neighbouring ones together, or all.
fn corners(points: &mut [Point], shift: f32, dice: &mut Dice) {
    let count = points.len();
    let first = dice.below(count);
    match dice.below(8) {
        0..5 => points[first] = dice.nudge(points[first], shift),
        5 | 6 => {
            let by = dice.nudge([0.0; 2], shift);
            for i in [first, (first + 1) % count] {
                points[i] = [points[i][0] + by[0], points[i][1] + by[1]];
            }
        }
        _ => translate(points, dice.nudge([0.0; 2], shift)),
    }
}

/// The centre, a side with its opposite kept, both sides, or the angle.
fn oriented(centre: &mut Point, size: &mut [f32; 2], angle: &mut f32, kind: ShapeKind, reach: Reach, dice: &mut Dice) {
    if kind == ShapeKind::Circle {
        if dice.below(2) == 0 {
            *centre = dice.nudge(*centre, reach.shift);
        } else {
            *size = [size[0] + dice.normal() * reach.shift; 2];
        }
        return;
    }
    match dice.below(if kind.turns() { 5 } else { 4 }) {
        0 => *centre = dice.nudge(*centre, reach.shift),
        1 | 2 => {
            let side = dice.below(2);
            let by = dice.normal() * reach.shift * 0.5;
            size[side] += by;
            let (sin, cos) = angle.sin_cos();
            let along = if side == 0 { [cos, sin] } else { [-sin, cos] };
            let way = if dice.below(2) == 0 { by } else { -by };
            *centre = [centre[0] + along[0] * way, centre[1] + along[1] * way];
        }
        3 => *size = size.map(|v| v + dice.normal() * reach.shift),
        _ => *angle = (*angle + dice.normal() * reach.turn).rem_euclid(TAU),
    }
}

/// One point, all points, or the width.
fn stroke(points: &mut [Point], width: &mut f32, shift: f32, dice: &mut Dice) {
    match dice.below(4) {
        0 => *width += dice.normal() * shift * 0.5,
        1 => translate(points, dice.nudge([0.0; 2], shift)),
        _ => {
            let i = dice.below(points.len());
            points[i] = dice.nudge(points[i], shift);
        }
    }
}

fn translate(points: &mut [Point], by: Point) {
    for point in points {
        *point = [point[0] + by[0], point[1] + by[1]];
    }
}
