//! Curves as polylines, of `unit` pixels a unit of the frame, no further than `tolerance` pixels from the curve.

use std::f32::consts::FRAC_PI_2;

use crate::painting::Point;

/// How fine polylines are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detail {
    /// Pixels a unit of the frame.
    pub unit: f32,
    /// The distance allowed, in pixels.
    pub tolerance: f32,
}

impl Detail {
    /// Pieces for a curve whose second difference is `bend`: its chords are bend / 4n² away.
    fn pieces(self, bend: f32) -> usize {
        (bend * self.unit / (4.0 * self.tolerance)).sqrt().ceil().clamp(1.0, 256.0) as usize
    }

    /// Pieces for a quarter of a circle: its chords are (π / 4n)² / 2 of the radius away.
    fn pieces_of_quarter(self, radius: f32) -> usize {
        (0.308 * radius * self.unit / self.tolerance).sqrt().ceil().clamp(6.0, 256.0) as usize
    }
}

/// Replaces `points` by those of a superellipse, in order around its centre.
pub(crate) fn superellipse(
    centre: Point,
    radii: [f32; 2],
    exponent: f32,
    angle: f32,
    detail: Detail,
    points: &mut Vec<Point>,
) {
    let quarter = detail.pieces_of_quarter(radii[0].abs().max(radii[1].abs()));
    let (sin, cos) = angle.sin_cos();
    points.clear();
    points.resize(4 * quarter, centre);
    for i in 0..=quarter {
        let (v, u) = (i as f32 / quarter as f32 * FRAC_PI_2).sin_cos();
        let (x, y) = (radii[0] * u.max(0.0).powf(2.0 / exponent), radii[1] * v.powf(2.0 / exponent));
        // The same point in each quarter; every other one runs back.
        for (at, x, y) in
            [(i, x, y), (2 * quarter - i, -x, y), (2 * quarter + i, -x, -y), ((4 * quarter - i) % (4 * quarter), x, -y)]
        {
            points[at] = [centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos];
        }
    }
}

/// Tells points of a quadratic curve from start to end, each with how far along it is.
pub(crate) fn quadratic(points: &[Point; 3], detail: Detail, mut tell: impl FnMut(Point, f32)) {
    let [a, b, c] = *points;
    let pieces = detail.pieces(bend(a, b, c));
    for i in 0..=pieces {
        let t = i as f32 / pieces as f32;
        let (s, m) = (1.0 - t, 2.0 * t * (1.0 - t));
        tell([0, 1].map(|k| s * s * a[k] + m * b[k] + t * t * c[k]), t);
    }
}

/// Tells points of the uniform cubic B-spline of `points` with its ends tripled, so that it starts and ends in them.
pub(crate) fn spline(points: &[Point], detail: Detail, mut tell: impl FnMut(Point)) {
    let Some(last) = points.len().checked_sub(1) else { return };
    let at = |i: usize| points[i.saturating_sub(2).min(last)];
    for piece in 0..last + 2 {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| at(piece + k));
        let pieces = detail.pieces(bend(a, b, c).max(bend(b, c, d)));
        for i in usize::from(piece > 0)..=pieces {
            let t = i as f32 / pieces as f32;
            let s = 1.0 - t;
            let weights = [
                s * s * s / 6.0,
                (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
                (3.0 * s * s * s - 6.0 * s * s + 4.0) / 6.0,
                t * t * t / 6.0,
            ];
            tell([0, 1].map(|k| weights[0] * a[k] + weights[1] * b[k] + weights[2] * c[k] + weights[3] * d[k]));
        }
    }
}

/// The length of three points' second difference.
fn bend(a: Point, b: Point, c: Point) -> f32 {
    (a[0] - 2.0 * b[0] + c[0]).hypot(a[1] - 2.0 * b[1] + c[1])
}
