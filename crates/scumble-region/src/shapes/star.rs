//! Stars.

use std::f64::consts::TAU;

use super::ShapeClass;
use super::template::{Form, Template};
use crate::procrustes::Matcher;

/// Points of the star.
const POINTS: usize = 5;
/// Radius of the inner corners of a pentagram's outline by that of its points: 1 / φ² for the golden ratio φ.
const INNER: f64 = 0.381_966_011_250_105_1;

/// The pentagram's outline, of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let corner = |k: usize| {
        let (sin, cos) = (TAU * k as f64 / (2 * POINTS) as f64).sin_cos();
        let radius = if k.is_multiple_of(2) { 1.0 } else { INNER };
        [radius * cos, radius * sin]
    };
    Template::polygon(ShapeClass::Star, Form::Polygon, (0..2 * POINTS).map(corner).collect(), matcher)
}
