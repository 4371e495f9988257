//! Polygons of few corners, and the robust hull.

use super::candidate::{Bench, Model};
use super::hull::{area, robust_hull};
use crate::contour::ranked;

/// Corners of polygons.
const CORNERS: std::ops::RangeInclusive<usize> = 4..=8;
/// The share of its hull that a region must fill to be replaced by it.
const SOLID: f64 = 0.9;

/// The region's outline with ever fewer corners, from eight to four (Visvalingam & Whyatt 1993).
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let simple = &bench.outline.simple;
    let order = ranked(simple);
    let polygon = |corners: usize| {
        let mut stays = vec![true; simple.len()];
        order.iter().take(simple.len() - corners).for_each(|at| stays[*at] = false);
        let ring: Vec<_> = simple.iter().zip(stays).filter(|(_, stays)| *stays).map(|(p, _)| *p).collect();
        Model::polygon(&ring, bench.outline)
    };
    let fewest = *CORNERS.start().min(&simple.len());
    (fewest..=*CORNERS.end().min(&simple.len())).filter_map(polygon).collect()
}

/// The hull, if the region fills it or there may be nothing else.
pub(super) fn hull<'a>(bench: &mut Bench<'a, '_>, forced: bool) -> Vec<Model<'a>> {
    let hull = robust_hull(bench.outline, &mut bench.scratch);
    let solid = forced || area(&hull) * SOLID <= bench.outline.spans.area();
    Model::polygon(&hull, bench.outline).filter(|_| solid).into_iter().collect()
}
