//! Circles.

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::template::{Form, Place, Template, curve};
use crate::procrustes::Matcher;

/// The circle of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let ring = curve(|cos, sin| [cos, sin]);
    Template::polygon(ShapeClass::Circle, Form::Ellipse, ring, matcher).map(|shape| Template { turns: false, ..shape })
}

/// At the region's centroid.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let place = Place { centre: [0.0; 2], angle: 0.0, stretch: 0.0, scale: 0.0, mirrored: false };
    bench.library.of(ShapeClass::Circle).map(|circle| Model::Placed(circle, place)).collect()
}
