//! Superellipses as eight cubic Bézier curves, one an octant.

use crate::painting::Point;

/// Points of a curve that are compared with the superellipse.
const SAMPLES: usize = 15;
/// The step, of a radius, at which handles are fitted well enough.
const FINEST: f64 = 1e-4;

/// The start and then, three points each, the rest of a path around the superellipse, back to its start. For exponents of
/// 1 or more: below, its points are cusps.
pub(super) fn path(centre: Point, radii: [f32; 2], exponent: f32, angle: f32) -> Vec<Point> {
    let (middle, [straight, slanted]) = handles(f64::from(exponent));
    // The first octant on unit radii, then mirrored at the diagonal.
    let octant = [[1.0, 0.0], [1.0, straight], [middle + slanted, middle - slanted], [middle, middle]];
    let mirrored = octant[..3].iter().rev().map(|[x, y]| [*y, *x]);
    let quarter: Vec<[f64; 2]> = octant.into_iter().chain(mirrored).collect();
    let (sin, cos) = f64::from(angle).sin_cos();
    let place = |[x, y]: [f64; 2]| {
        let (x, y) = (x * f64::from(radii[0]), y * f64::from(radii[1]));
        [f64::from(centre[0]) + x * cos - y * sin, f64::from(centre[1]) + x * sin + y * cos].map(|v| v as f32)
    };
    // Quarters after the first begin where the one before ends; every other one runs back.
    let sides = [([1.0, 1.0], false), ([-1.0, 1.0], true), ([-1.0, -1.0], false), ([1.0, -1.0], true)];
    let mut path = vec![place(quarter[0])];
    for ([flip_x, flip_y], back) in sides {
        path.extend((1..7).map(|i| {
            let [x, y] = quarter[if back { 6 - i } else { i }];
            place([x * flip_x, y * flip_y])
        }));
    }
    path
}

/// Where the superellipse of unit radii meets the diagonal, and the lengths of the handles at the axis and at the diagonal
/// with which a Bézier curve is nearest to its octant, found by search.
fn handles(p: f64) -> (f64, [f64; 2]) {
    let middle = 0.5f64.powf(1.0 / p);
    let most = [middle, 1.0 - middle];
    // The circle's.
    let mut best = [0.265f64.min(most[0]), 0.188f64.min(most[1])];
    let mut least = distance(p, middle, best);
    let mut step = 0.1;
    while step > FINEST {
        let mut better = false;
        for (i, way) in [(0, step), (0, -step), (1, step), (1, -step)] {
            let mut near = best;
            near[i] = (near[i] + way).clamp(0.0, most[i]);
            let new = distance(p, middle, near);
            if new < least {
                (best, least, better) = (near, new, true);
            }
        }
        if !better {
            step *= 0.5;
        }
    }
    (middle, best)
}

/// The sum of squared distances, along the radius, between the superellipse and a curve with the given handles.
fn distance(p: f64, middle: f64, [straight, slanted]: [f64; 2]) -> f64 {
    let square = |i: usize| {
        let t = (i + 1) as f64 / (SAMPLES + 1) as f64;
        let s = 1.0 - t;
        let (a, b, c, d) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
        let x = a + b + c * (middle + slanted) + d * middle;
        let y = b * straight + c * (middle - slanted) + d * middle;
        // x is the larger one: scaling by it keeps large powers finite.
        (x * (1.0 + (y / x).abs().powf(p)).powf(1.0 / p) - 1.0).powi(2)
    };
    (0..SAMPLES).map(square).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_within_two_thousandths_of_the_radius() {
        for p in [1.0, 1.1, 1.5, 2.0, 3.0, 4.0, 8.0, 50.0, 1000.0] {
            let (middle, handles) = handles(p);
            let mean = (distance(p, middle, handles) / SAMPLES as f64).sqrt();
            assert!(mean < 2e-3, "exponent {p}: {mean}");
        }
    }

    #[test]
    fn goes_around_once() {
        let path = path([5.0, 5.0], [3.0, 2.0], 2.0, 0.0);
        assert_eq!(path.len(), 25);
        let corners: Vec<Point> = path.iter().step_by(6).map(|p| p.map(f32::round)).collect();
        assert_eq!(corners, [[8.0, 5.0], [5.0, 7.0], [2.0, 5.0], [5.0, 3.0], [8.0, 5.0]]);
    }
}
