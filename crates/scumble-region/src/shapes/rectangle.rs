//! Rectangles.

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::ellipse::by_moments;
use super::hull::{convex_hull, least_box};
use super::square::angle;
use super::template::{Form, Place, Template};
use crate::procrustes::Matcher;

/// The rectangle before it is stretched: the square of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let ring = vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    Template::polygon(ShapeClass::Rectangle, Form::Rectangle, ring, matcher)
        .map(|shape| Template { stretches: true, ..shape })
}

/// The rectangle of the region's second moments, sides √(12 l), the square along the fourth moment, for regions as wide as high,
/// and the least box around the region; all scaled to its area.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let moments = by_moments(bench);
    let mut places = vec![moments, Place { angle: angle(bench), stretch: 0.0, ..moments }];
    if let Some((centre, half, angle)) = least_box(&convex_hull(bench.outline.simple.iter().copied())) {
        let stretch = (half[0] / half[1]).ln();
        if stretch.is_finite() {
            places.push(Place { centre, angle, stretch, scale: 0.0, mirrored: false });
        }
    }
    let shapes = bench.library.of(ShapeClass::Rectangle);
    shapes.flat_map(|shape| places.iter().map(move |place| Model::Placed(shape, *place))).collect()
}
