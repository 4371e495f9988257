//! What of a stroke is sure to cover what is below.

use crate::painting::{BrushKind, Geometry, Point};

/// Share of the width and of the length that bristles cover: sides and ends are ragged, and the end runs dry.
const BRISTLES: [f32; 2] = [0.8, 0.7];
/// Share of the width at which the water of a wash of a round brush stops: where a fifth of the pigment is left.
pub(super) const SHORE: f32 = 0.82;

/// The part of a stroke under which nothing shows; none if that is the whole.
pub(super) fn core(geometry: &Geometry, brush: &BrushKind) -> Option<Geometry> {
    match (brush, geometry) {
        (BrushKind::Bristle, Geometry::Stamp { centre, angle, length, width }) => {
            let back = (1.0 - BRISTLES[1]) * length / 4.0;
            let (sin, cos) = angle.sin_cos();
            Some(Geometry::Stamp {
                centre: [centre[0] - back * cos, centre[1] - back * sin],
                angle: *angle,
                length: BRISTLES[1] * length,
                width: BRISTLES[0] * width,
            })
        }
        (BrushKind::Bristle, Geometry::Spline { points, width }) => {
            Some(Geometry::Spline { points: shortened(points), width: BRISTLES[0] * width })
        }
        _ => None,
    }
}

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

/// A path without its end; a dot stays.
fn shortened(points: &[Point]) -> Vec<Point> {
    let last = BRISTLES[1] * points.len().saturating_sub(1) as f32;
    let whole = last as usize;
    let mut kept: Vec<Point> = points.iter().take(whole + 1).copied().collect();
    if let [p, q, ..] = points[whole..] {
        let t = last - whole as f32;
        kept.push([0, 1].map(|k| p[k] + t * (q[k] - p[k])));
    }
    kept
}
