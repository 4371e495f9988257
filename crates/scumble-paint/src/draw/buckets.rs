//! Which strokes touch which rows.

use crate::Painting;
use crate::painting::{Geometry, Point};

/// For each of `bands` bands of `band` rows, grown by `halo` rows on either side, the strokes that may touch it, in order.
pub(super) fn buckets(painting: &Painting, scale: f32, band: usize, halo: usize, bands: usize) -> Vec<Vec<u32>> {
    let mut buckets = vec![Vec::new(); bands];
    let margin = 2.0 + halo as f32;
    for (index, stroke) in painting.strokes.iter().enumerate() {
        let [top, bottom] = extent(&stroke.geometry);
        let at = |y: f32| (y / band as f32) as usize;
        if bottom * scale + margin < 0.0 {
            continue;
        }
        let last = at(bottom * scale + margin).saturating_add(1).min(bands);
        let first = at(top * scale - margin).min(last);
        for bucket in &mut buckets[first..last] {
            bucket.push(index as u32);
        }
    }
    buckets
}

/// The heights between which a shape or its mark lies.
fn extent(geometry: &Geometry) -> [f32; 2] {
    let around = |centre: &Point, reach: f32| [centre[1] - reach, centre[1] + reach];
    let hull = |points: &[Point], reach: f32| {
        let ys = points.iter().map(|p| [p[1] - reach, p[1] + reach]);
        ys.fold([f32::INFINITY, f32::NEG_INFINITY], |a, y| [a[0].min(y[0]), a[1].max(y[1])])
    };
    // Corners of a mark whose ends are square lie √2 half widths from the path's end.
    const CORNER: f32 = 0.75;
    match geometry {
        Geometry::Triangle { points } => hull(points, 0.0),
        Geometry::Polygon { points } => hull(points, 0.0),
        Geometry::Rectangle { centre, half: [a, b], .. }
        | Geometry::Ellipse { centre, radii: [a, b], .. }
        | Geometry::Superellipse { centre, radii: [a, b], .. } => around(centre, a.hypot(*b)),
        Geometry::Stamp { centre, length, width, .. } => around(centre, length.hypot(*width) / 2.0),
        Geometry::Line { points, width } => hull(points, CORNER * width),
        Geometry::Curve { points, widths } => hull(points, CORNER * widths[0].max(widths[1])),
        Geometry::Spline { points, width } => hull(points, CORNER * width),
    }
}
