//! Regular polygons.

use std::f64::consts::TAU;

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::template::{Form, Template};
use crate::procrustes::Matcher;

/// The polygons there are and their corners.
const KINDS: [(ShapeClass, usize); 3] = [(ShapeClass::Pentagon, 5), (ShapeClass::Hexagon, 6), (ShapeClass::Octagon, 8)];

/// All of them, of area 1.
pub(super) fn templates(matcher: &Matcher) -> Vec<Template> {
    let template = |(class, corners): (ShapeClass, usize)| {
        let corner = |k: usize| (TAU * k as f64 / corners as f64).sin_cos();
        let ring = (0..corners).map(|k| [corner(k).1, corner(k).0]).collect();
        Template::polygon(class, Form::Polygon, ring, matcher)
    };
    KINDS.iter().filter_map(|kind| template(*kind)).collect()
}

/// Whatever shapes there are of a class, where Procrustes analysis puts them.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>, class: ShapeClass) -> Vec<Model<'a>> {
    let shapes = bench.library.of(class);
    shapes.map(|shape| Model::Placed(shape, shape.matched(bench.outline, bench.matcher, bench.reflect))).collect()
}
