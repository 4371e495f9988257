//! Middle lines of strokes as geometry.

use crate::painting::Point;

/// How far, in widths, a line may bow before it is drawn bent.
const BOW: f32 = 0.12;
/// The most control points of a stroke.
const MOST: usize = 8;

/// Control points of a stroke along a path if it bends and is longer than its round ends; they add half a width each, which
/// is taken off.
pub(super) fn bent(path: &[Point], width: f32) -> Option<Vec<Point>> {
    let [first, .., last] = path else { return None };
    let chord = [last[0] - first[0], last[1] - first[1]];
    let length = chord[0].hypot(chord[1]).max(f32::MIN_POSITIVE);
    let away = |p: &Point| ((p[0] - first[0]) * chord[1] - (p[1] - first[1]) * chord[0]).abs() / length;
    let bow = path.iter().map(away).fold(0.0, f32::max);
    if bow < BOW * width || length < 1.5 * width {
        return None;
    }
    let step = (path[1][0] - path[0][0]).hypot(path[1][1] - path[0][1]).max(f32::MIN_POSITIVE);
    let off = ((width / 2.0 / step) as usize).min(path.len() / 3);
    Some(thinned(&path[off..path.len() - off], width / 2.0))
}

/// Points of a path of even steps about `spacing` apart, at least its ends, at most eight.
pub(super) fn thinned(path: &[Point], spacing: f32) -> Vec<Point> {
    let length: f32 = path.array_windows().map(|[p, q]| (q[0] - p[0]).hypot(q[1] - p[1])).sum();
    let pieces = ((length / spacing.max(f32::MIN_POSITIVE)) as usize).clamp(1, MOST - 1);
    let last = path.len().saturating_sub(1);
    (0..=pieces).filter_map(|i| path.get((i * last + pieces / 2) / pieces).copied()).collect()
}

/// The middle and the angle of a path's chord; a single point has the angle of `along`.
pub(super) fn chord(path: &[Point], along: Point) -> (Point, f32) {
    match path {
        [first, .., last] => {
            let centre = [0, 1].map(|i| (first[i] + last[i]) / 2.0);
            (centre, (last[1] - first[1]).atan2(last[0] - first[0]))
        }
        [only] => (*only, along[1].atan2(along[0])),
        [] => ([0.0; 2], 0.0),
    }
}
