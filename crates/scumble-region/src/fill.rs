//! What regions are filled with.

pub mod colours;
pub mod lines;
pub mod ramp;

use scumble_paint::painting::Point;

/// Where a horizontal line meets the outline of closed rings, from left to right: by the even-odd rule, between the first and the
/// second, the third and the fourth crossing and so on it is inside.
pub(crate) fn crossings(rings: &[Vec<Point>], y: f32) -> Vec<f32> {
    let mut xs = Vec::new();
    for ring in rings {
        for (i, a) in ring.iter().enumerate() {
            let b = ring[(i + 1) % ring.len()];
            // Half-open, so that a corner on the line counts once.
            if (a[1] <= y) != (b[1] <= y) {
                xs.push(a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]));
            }
        }
    }
    xs.sort_by(f32::total_cmp);
    xs
}
