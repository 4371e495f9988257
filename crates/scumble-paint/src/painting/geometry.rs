//! Where a stroke or shape is, in coordinates of the painting's frame.

use serde::{Deserialize, Serialize};

/// x to the right, y downwards.
pub type Point = [f32; 2];

/// Where a stroke or shape is. Angles are radians from the x axis towards the y axis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Geometry {
    /// Three corners.
    Triangle {
        /// The corners.
        points: [Point; 3],
    },
    /// A rectangle around its centre.
    Rectangle {
        /// Centre.
        centre: Point,
        /// Half of its sides before it is turned.
        half: [f32; 2],
        /// By how much it is turned.
        angle: f32,
    },
    /// An ellipse around its centre; a circle if both radii are the same.
    Ellipse {
        /// Centre.
        centre: Point,
        /// Radii before it is turned.
        radii: [f32; 2],
        /// By how much it is turned.
        angle: f32,
    },
    /// A superellipse, `|x / a|^p + |y / b|^p <= 1`.
    Superellipse {
        /// Centre.
        centre: Point,
        /// Radii before it is turned.
        radii: [f32; 2],
        /// The exponent p: 1 a diamond, 2 an ellipse, large a rectangle.
        exponent: f32,
        /// By how much it is turned.
        angle: f32,
    },
    /// A polygon, filled by the even-odd rule. It may have holes, to whose outlines it goes and comes back by the same way
    /// ([`Geometry::with_holes`]).
    Polygon {
        /// The corners, three or more.
        points: Vec<Point>,
    },
    /// A straight line with round ends.
    Line {
        /// Its ends.
        points: [Point; 2],
        /// Its width.
        width: f32,
    },
    /// A quadratic curve with round ends, whose width changes evenly from end to end.
    Curve {
        /// Start, control point, end.
        points: [Point; 3],
        /// Widths at start and end.
        widths: [f32; 2],
    },
    /// A uniform cubic B-spline through the neighbourhood of its points, ends tripled so that it reaches them; round ends.
    Spline {
        /// The control points, one or more; one alone is a dot.
        points: Vec<Point>,
        /// Its width.
        width: f32,
    },
    /// A mark of a brush: its texture in a turned rectangle.
    Stamp {
        /// Centre.
        centre: Point,
        /// Along which the bristles run.
        angle: f32,
        /// Along the angle.
        length: f32,
        /// Across it.
        width: f32,
    },
}

impl Geometry {
    /// The polygon of several closed rings of corners, filled by the even-odd rule: an outline and its holes, or parts that lie
    /// apart. The ways between them are gone twice and leave no trace.
    pub fn with_holes(rings: &[Vec<Point>]) -> Self {
        let mut points: Vec<Point> = Vec::new();
        for ring in rings.iter().filter(|ring| !ring.is_empty()) {
            let first = points.first().copied();
            points.extend(ring);
            // Back to where the ring began and, from the second ring on, to the first ring.
            if rings.len() > 1 {
                points.push(ring[0]);
                points.extend(first);
            }
        }
        Self::Polygon { points }
    }

    /// The same elsewhere: moved by `by` along x and y.
    #[must_use]
    pub fn moved(&self, by: Point) -> Self {
        let mut moved = self.clone();
        let points = match &mut moved {
            Self::Triangle { points } | Self::Curve { points, .. } => &mut points[..],
            Self::Line { points, .. } => &mut points[..],
            Self::Polygon { points } | Self::Spline { points, .. } => &mut points[..],
            Self::Rectangle { centre, .. }
            | Self::Ellipse { centre, .. }
            | Self::Superellipse { centre, .. }
            | Self::Stamp { centre, .. } => std::slice::from_mut(centre),
        };
        points.iter_mut().for_each(|[x, y]| (*x, *y) = (*x + by[0], *y + by[1]));
        moved
    }
}
