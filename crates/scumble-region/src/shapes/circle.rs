//! Circles.

use std::f64::consts::PI;

use super::candidate::{Bench, Model};
use super::outline::Outline;
use super::template::{Form, Place, Template, curve};
use super::{ShapeClass, V2};
use crate::procrustes::Matcher;

/// Points of the outline inside the picture that a circle through them needs.
const FEWEST: usize = 8;

/// The circle of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let ring = curve(|cos, sin| [cos, sin]);
    Template::polygon(ShapeClass::Circle, Form::Ellipse, ring, matcher).map(|shape| Template { turns: false, ..shape })
}

/// At the region's centroid; of a region at the picture's edge also the circle through its outline.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let place = Place { centre: [0.0; 2], angle: 0.0, stretch: 0.0, scale: 0.0, mirrored: false };
    let places: Vec<Place> = [Some(place), through(bench.outline)].into_iter().flatten().collect();
    let circles = bench.library.of(ShapeClass::Circle);
    circles.flat_map(|circle| places.iter().map(move |place| Model::Placed(circle, *place))).collect()
}

/// The circle through the part of the outline that is not the picture's edge, least squares of `x² + y² + d x + e y + f` (Kåsa 1976).
pub(super) fn through(outline: &Outline) -> Option<Place> {
    let edge = outline.edge.as_ref()?;
    let middle = outline.contour.centre();
    let points = outline.contour.points().iter().map(|p| [p.re + middle.re, p.im + middle.im]);
    let points: Vec<V2> = points.filter(|p| !edge.is_on(*p)).collect();
    if points.len() < FEWEST {
        return None;
    }
    let mean = |value: &dyn Fn(&V2) -> f64| points.iter().map(value).sum::<f64>() / points.len() as f64;
    let centre = [mean(&|p| p[0]), mean(&|p| p[1])];
    let moment = |value: &dyn Fn(f64, f64) -> f64| mean(&|p| value(p[0] - centre[0], p[1] - centre[1]));
    let [xx, xy, yy] = [moment(&|x, _| x * x), moment(&|x, y| x * y), moment(&|_, y| y * y)];
    let cubes = [moment(&|x, y| x * (x * x + y * y)) / 2.0, moment(&|x, y| y * (x * x + y * y)) / 2.0];
    let determinant = xx * yy - xy * xy;
    let offset = [(cubes[0] * yy - cubes[1] * xy) / determinant, (cubes[1] * xx - cubes[0] * xy) / determinant];
    let radius = (offset[0] * offset[0] + offset[1] * offset[1] + xx + yy).sqrt();
    // Area 1 has the radius 1 / √π.
    let scale = (radius * PI.sqrt()).ln();
    let place =
        Place { centre: [0, 1].map(|k| centre[k] + offset[k]), angle: 0.0, stretch: 0.0, scale, mirrored: false };
    scale.is_finite().then_some(place)
}
