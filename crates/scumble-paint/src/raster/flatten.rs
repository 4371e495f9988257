//! Curves as polylines.

use crate::painting::Point;

/// How far a polyline may be from its curve, in pixels.
const TOLERANCE: f32 = 0.05;

/// Points of a superellipse around its centre, in order; `size` is its larger radius in pixels.
pub(crate) fn superellipse(
    centre: Point,
    radii: [f32; 2],
    exponent: f32,
    angle: f32,
    size: f32,
    points: &mut Vec<Point>,
) {
    let quarter = (size.max(1.0).sqrt() * 3.0).clamp(8.0, 256.0) as usize;
    let (sin, cos) = angle.sin_cos();
    let power = 2.0 / exponent;
    points.clear();
    for side in 0..4 {
        let (flip_x, flip_y) = ([1.0, -1.0, -1.0, 1.0][side], [1.0, 1.0, -1.0, -1.0][side]);
        for i in 0..quarter {
            // Every other quarter runs back.
            let step = if side % 2 == 0 { i } else { quarter - i };
            let t = step as f32 / quarter as f32 * std::f32::consts::FRAC_PI_2;
            let x = radii[0] * flip_x * t.cos().max(0.0).powf(power);
            let y = radii[1] * flip_y * t.sin().max(0.0).powf(power);
            points.push([centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos]);
        }
    }
}

/// Points of a quadratic curve from start to end, each with how far along it is; `scale` is pixels a unit.
pub(crate) fn quadratic(points: &[Point; 3], scale: f32, mut tell: impl FnMut(Point, f32)) {
    let [a, b, c] = *points;
    let bend = (a[0] - 2.0 * b[0] + c[0]).hypot(a[1] - 2.0 * b[1] + c[1]) * scale;
    let pieces = pieces(bend);
    for i in 0..=pieces {
        let t = i as f32 / pieces as f32;
        let (s, m) = (1.0 - t, 2.0 * t * (1.0 - t));
        tell([0, 1].map(|k| s * s * a[k] + m * b[k] + t * t * c[k]), t);
    }
}

/// Points of the uniform cubic B-spline of `points` with its ends tripled, so that it starts and ends in them.
pub(crate) fn spline(points: &[Point], scale: f32, mut tell: impl FnMut(Point)) {
    let Some(last) = points.len().checked_sub(1) else { return };
    let at = |i: usize| points[i.saturating_sub(2).min(last)];
    for piece in 0..last + 2 {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| at(piece + k));
        let bend = |p: Point, q: Point, r: Point| (p[0] - 2.0 * q[0] + r[0]).hypot(p[1] - 2.0 * q[1] + r[1]);
        let pieces = pieces(bend(a, b, c).max(bend(b, c, d)) * scale);
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

/// Pieces for a curve whose second difference is `bend` pixels: its chords are bend / 4n² away.
fn pieces(bend: f32) -> usize {
    (bend / (4.0 * TOLERANCE)).sqrt().ceil().clamp(1.0, 256.0) as usize
}
