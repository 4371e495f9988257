//! How much of a wash is seen.

use crate::painting::Geometry;

/// Share of a round brush's width at which the water of a wash stops: where a fifth of its cover is left.
pub(super) const SHORE: f32 = 0.82;

/// What is seen of a wash's shape.
pub(super) fn shore(geometry: &Geometry) -> Geometry {
    match geometry.clone() {
        Geometry::Spline { points, width } => Geometry::Spline { points, width: SHORE * width },
        Geometry::Superellipse { centre, radii, exponent, angle } => {
            Geometry::Superellipse { centre, radii: radii.map(|v| SHORE * v), exponent, angle }
        }
        other => other,
    }
}
