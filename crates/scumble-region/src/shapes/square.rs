//! Squares.

use std::f64::consts::PI;

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::template::{Form, Place, Template};
use crate::procrustes::Matcher;

/// The square of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let ring = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    Template::polygon(ShapeClass::Square, Form::Rectangle, ring, matcher)
}

/// Turned by the fourth moment, and by Procrustes analysis.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let by_moment = Place { centre: [0.0; 2], angle: angle(bench), stretch: 0.0, scale: 0.0, mirrored: false };
    let shapes = bench.library.of(ShapeClass::Square);
    let both = |shape: &'a Template| [by_moment, shape.matched(bench.outline, bench.matcher, false)];
    shapes.flat_map(|shape| both(shape).map(|place| Model::Placed(shape, place))).collect()
}

/// The direction of a square's sides: `E[(x + iy)⁴]` of one along the axes is negative, -s⁴ / 60, and turns four times as fast.
pub(super) fn angle(bench: &Bench<'_, '_>) -> f64 {
    let [_, [_, fourth]] = bench.outline.moments.complex();
    (fourth - PI) / 4.0
}
