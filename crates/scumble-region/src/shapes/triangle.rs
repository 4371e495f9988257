//! Triangles.

use std::f64::consts::TAU;

use super::V2;
use super::candidate::{Bench, Model};
use super::hull::convex_hull;
use crate::contour::ranked;

/// The triangle of the region's moments, and what is left of the hull when corners go until there are three.
///
/// Whitened, every triangle is the equilateral one whose corners are at distance 2√2 in the directions `φ + 2πk/3`,
/// `φ = arg(E[z³]) / 3`.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let moments = &bench.outline.moments;
    let [whiten, colour] = moments.whitening();
    let [[_, third], _] = moments.mapped(whiten).complex();
    let corner = |k: usize| {
        let (sin, cos) = (third / 3.0 + TAU * k as f64 / 3.0).sin_cos();
        colour.map(|row| 8.0f64.sqrt() * (row[0] * cos + row[1] * sin))
    };
    let by_moments: Vec<V2> = (0..3).map(corner).collect();
    let mut hull = convex_hull(bench.outline.simple.iter().copied());
    let gone = ranked(&hull);
    let mut at = 0;
    hull.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    [by_moments, hull].iter().filter_map(|ring| Model::polygon(ring, bench.outline)).collect()
}
