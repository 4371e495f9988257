//! A shape while it is searched, in pixels of the working copy.

use crate::painting::{Geometry, Point};
use crate::raster::Scan;

/// The most corners of a polygon.
pub(super) const MOST_CORNERS: usize = 5;

/// As [`Geometry`], but small and without memory of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    Triangle { points: [Point; 3] },
    Rectangle { centre: Point, half: [f32; 2], angle: f32 },
    Ellipse { centre: Point, radii: [f32; 2], angle: f32 },
    Superellipse { centre: Point, radii: [f32; 2], exponent: f32, angle: f32 },
    Polygon { points: [Point; MOST_CORNERS], corners: usize },
    Line { points: [Point; 2], width: f32 },
    Curve { points: [Point; 3], width: f32 },
}

impl Shape {
    pub fn trace(&self, scan: &mut Scan) {
        match self {
            Self::Triangle { points } => scan.polygon(points),
            Self::Rectangle { centre, half, angle } => scan.rectangle(*centre, *half, *angle),
            Self::Ellipse { centre, radii, angle } => scan.ellipse(*centre, *radii, *angle),
            Self::Superellipse { centre, radii, exponent, angle } => {
                scan.superellipse(*centre, *radii, *exponent, *angle);
            }
            Self::Polygon { points, corners } => scan.polygon(&points[..*corners]),
            Self::Line { points, width } => scan.line(*points, *width),
            Self::Curve { points, width } => scan.curve(points, [*width; 2]),
        }
    }

    /// The shape in a frame whose sides are `scale` times the working copy's.
    pub fn geometry(&self, scale: [f32; 2]) -> Geometry {
        let place = |p: Point| [p[0] * scale[0], p[1] * scale[1]];
        // Sides of the two differ by rounding alone.
        let size = (scale[0] * scale[1]).sqrt();
        match *self {
            Self::Triangle { points } => Geometry::Triangle { points: points.map(place) },
            Self::Rectangle { centre, half, angle } => {
                Geometry::Rectangle { centre: place(centre), half: half.map(|v| v * size), angle }
            }
            Self::Ellipse { centre, radii, angle } => {
                Geometry::Ellipse { centre: place(centre), radii: radii.map(|v| v * size), angle }
            }
            Self::Superellipse { centre, radii, exponent, angle } => {
                Geometry::Superellipse { centre: place(centre), radii: radii.map(|v| v * size), exponent, angle }
            }
            Self::Polygon { points, corners } => {
                Geometry::Polygon { points: points[..corners].iter().copied().map(place).collect() }
            }
            Self::Line { points, width } => Geometry::Line { points: points.map(place), width: width * size },
            Self::Curve { points, width } => Geometry::Curve { points: points.map(place), widths: [width * size; 2] },
        }
    }
}
