//! Ellipses.

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::circle::through;
use super::template::{Form, Place, Template, curve};
use crate::procrustes::Matcher;

/// The ellipse before it is stretched: the circle of area 1.
pub(super) fn template(matcher: &Matcher) -> Option<Template> {
    let ring = curve(|cos, sin| [cos, sin]);
    Template::polygon(ShapeClass::Ellipse, Form::Ellipse, ring, matcher)
        .map(|shape| Template { stretches: true, ..shape })
}

/// The ellipse of the region's second moments: semi-axes 2√l along the eigenvectors of the covariance, scaled to the area. At the
/// picture's edge also the circle through the outline.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let places: Vec<Place> = [Some(by_moments(bench)), through(bench.outline)].into_iter().flatten().collect();
    let ellipses = bench.library.of(ShapeClass::Ellipse);
    ellipses.flat_map(|ellipse| places.iter().map(move |place| Model::Placed(ellipse, *place))).collect()
}

/// The place of whatever is stretched as the region's covariance is.
pub(super) fn by_moments(bench: &Bench<'_, '_>) -> Place {
    let ([l1, l2], angle) = bench.outline.moments.axes();
    // The sides' ratio is √(l1 / l2); a stretch is its logarithm.
    let stretch = 0.5 * (l1 / l2.max(f64::MIN_POSITIVE)).ln();
    Place { centre: [0.0; 2], angle, stretch, scale: 0.0, mirrored: false }
}
