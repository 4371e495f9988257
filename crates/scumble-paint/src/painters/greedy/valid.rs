//! Which shapes are allowed.

use super::shape::Shape;
use crate::painting::Point;

/// Cosine of the least angle of a triangle, 15 degrees (fogleman/primitive).
const SHARPEST: f32 = 0.965_925_8;

/// Bounds of what may be tried, in pixels of the working copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub size: [f32; 2],
    /// How far centres and corners may lie outside.
    pub margin: f32,
    /// The least extent: of half a side, a radius, a width.
    pub least: f32,
}

impl Limits {
    pub fn allow(&self, shape: &Shape) -> bool {
        let near = |p: &Point| (0..2).all(|i| p[i] >= -self.margin && p[i] <= self.size[i] + self.margin);
        let longest = self.size[0] + self.size[1];
        let extent = |sizes: &[f32]| sizes.iter().all(|v| *v >= self.least && *v <= longest);
        match shape {
            Shape::Triangle { points } => points.iter().all(near) && is_blunt(points) && self.is_wide(points),
            Shape::Rectangle { centre, half: sizes, .. } | Shape::Ellipse { centre, radii: sizes, .. } => {
                near(centre) && extent(sizes)
            }
            Shape::Superellipse { centre, radii, exponent, .. } => {
                near(centre) && extent(radii) && (1.0..=8.0).contains(exponent)
            }
            Shape::Polygon { points, corners } => {
                let points = &points[..*corners];
                points.iter().all(near) && is_convex(points) && self.is_wide(points)
            }
            Shape::Line { points, width } => points.iter().all(near) && extent(&[*width]),
            Shape::Curve { points, width } => points.iter().all(near) && extent(&[*width]) && is_open(points),
        }
    }

    /// Whether a polygon is not smaller than a disc of the least radius.
    fn is_wide(&self, points: &[Point]) -> bool {
        let twice: f32 = (0..points.len()).map(|i| cross(points[i], points[(i + 1) % points.len()])).sum();
        twice.abs() >= 4.0 * self.least * self.least
    }
}

fn cross(a: Point, b: Point) -> f32 {
    a[0] * b[1] - a[1] * b[0]
}

fn between(a: Point, b: Point) -> Point {
    [b[0] - a[0], b[1] - a[1]]
}

fn length(a: Point) -> f32 {
    a[0].hypot(a[1])
}

/// Whether no angle of the triangle is too sharp.
pub(in crate::painters) fn is_blunt(points: &[Point; 3]) -> bool {
    (0..3).all(|i| {
        let (a, b) = (between(points[i], points[(i + 1) % 3]), between(points[i], points[(i + 2) % 3]));
        a[0] * b[0] + a[1] * b[1] < SHARPEST * length(a) * length(b)
    })
}

/// Whether all corners, and all triangles with the first corner, turn to the same side: the latter fails for stars.
pub(in crate::painters) fn is_convex(points: &[Point]) -> bool {
    let count = points.len();
    let turns = |a: usize, b: usize, c: usize| {
        let [a, b, c] = [a, b, c].map(|i| points[i % count]);
        cross(between(a, b), between(b, c)) > 0.0
    };
    let side = turns(0, 1, 2);
    (0..count).all(|i| turns(i, i + 1, i + 2) == side) && (1..count - 1).all(|i| turns(0, i, i + 1) == side)
}

/// Whether a curve's chord is its longest side, so that it does not fold back (fogleman/primitive).
pub(in crate::painters) fn is_open(points: &[Point; 3]) -> bool {
    let chord = length(between(points[0], points[2]));
    chord > length(between(points[0], points[1])) && chord > length(between(points[1], points[2]))
}
