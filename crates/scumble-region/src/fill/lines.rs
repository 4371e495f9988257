//! Hatching and dots, cut exactly at a region's outline.

use scumble_paint::painting::{Geometry, Point};

use super::crossings;

/// Parallel lines within closed rings, `spacing` apart, turned by `angle` radians from the x axis towards the y axis. Lines of
/// regions side by side continue each other.
pub fn hatching(rings: &[Vec<Point>], angle: f32, spacing: f32, width: f32) -> Vec<Geometry> {
    let (sin, cos) = angle.sin_cos();
    let turned: Vec<Vec<Point>> =
        rings.iter().map(|ring| ring.iter().map(|[x, y]| [x * cos + y * sin, y * cos - x * sin]).collect()).collect();
    let back = |[x, y]: Point| [x * cos - y * sin, x * sin + y * cos];
    let mut lines = Vec::new();
    for y in rows(&turned, spacing) {
        for [from, to] in crossings(&turned, y).as_chunks::<2>().0 {
            // Round ends reach half a width farther.
            let (from, to) = (from + width / 2.0, to - width / 2.0);
            if from < to {
                lines.push(Geometry::Line { points: [back([from, y]), back([to, y])], width });
            }
        }
    }
    lines
}

/// Centres of dots within closed rings, in a hexagonal grid of `spacing`, that continues from region to region.
pub fn dots(rings: &[Vec<Point>], spacing: f32) -> Vec<Point> {
    let height = spacing * 3f32.sqrt() / 2.0;
    let mut centres = Vec::new();
    for y in rows(rings, height) {
        let shift = if ((y / height).floor() as i64).rem_euclid(2) == 0 { 0.0 } else { 0.5 };
        for [from, to] in crossings(rings, y).as_chunks::<2>().0 {
            let first = (from / spacing - shift).ceil() as i64;
            let last = (to / spacing - shift).floor() as i64;
            centres.extend((first..=last).map(|i| [(i as f32 + shift) * spacing, y]));
        }
    }
    centres
}

/// Heights at even distances that closed rings reach.
fn rows(rings: &[Vec<Point>], spacing: f32) -> impl Iterator<Item = f32> {
    let ys = rings.iter().flatten().map(|p| p[1]);
    let [top, bottom] = ys.fold([f32::INFINITY, f32::NEG_INFINITY], |[a, b], y| [a.min(y), b.max(y)]);
    let range =
        if top < bottom { (top / spacing - 0.5).ceil() as i64..(bottom / spacing - 0.5).ceil() as i64 } else { 0..0 };
    range.map(move |i| (i as f32 + 0.5) * spacing)
}
