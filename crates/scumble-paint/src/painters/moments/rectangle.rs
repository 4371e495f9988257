//! The rectangle that an area around a point amounts to.

use scumble_image::Canvas;

use crate::painting::Point;

/// A rectangle around its centre.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equivalent {
    /// Centre, in pixels.
    pub centre: Point,
    /// Direction of the longer side in radians, more than -π/2 and at most π/2.
    pub angle: f32,
    /// The longer side in pixels.
    pub length: f32,
    /// The shorter side in pixels.
    pub width: f32,
}

/// How alike two colours are: `max(0, 1 − (d / d₀)²)²` for their distance d in encoded RGB; 1 if they are the same.
pub(super) fn likeness(p: [f32; 3], q: [f32; 3], tolerance: f32) -> f32 {
    let square: f32 = (0..3).map(|c| (p[c] - q[c]) * (p[c] - q[c])).sum();
    let left = (1.0 - square / (tolerance * tolerance)).max(0.0);
    left * left
}

/// The rectangle with the same area moments up to the second order as what looks like pixel `anchor` in a window of
/// `window` pixels around it (Shiraishi and Yamaguchi 2000, "An algorithm for automatic painterly rendering based on local
/// source image approximation"). A rectangle of one colour that lies within the window is found again; `tolerance` is the
/// distance in encoded RGB, from 0 to √3, from which colours are not alike at all. None if the anchor is outside the
/// picture.
pub fn equivalent_rectangle(picture: &Canvas, anchor: [usize; 2], window: usize, tolerance: f32) -> Option<Equivalent> {
    let (width, height) = (picture.width(), picture.height());
    let [x, y] = anchor;
    let colour = *picture.pixels().get(y * width + x).filter(|_| x < width)?;
    let range = |at: usize, side: usize| at.saturating_sub(window / 2)..(at + window.div_ceil(2).max(1)).min(side);
    let mut sums = [0.0f64; 6];
    for v in range(y, height) {
        let row = &picture.pixels()[v * width..(v + 1) * width];
        let dy = v as f64 - y as f64;
        for u in range(x, width) {
            let (weight, dx) = (f64::from(likeness(row[u], colour, tolerance)), u as f64 - x as f64);
            let terms = [1.0, dx, dy, dx * dx, dx * dy, dy * dy];
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += weight * term);
        }
    }
    let [m00, m10, m01, m20, m11, m02] = sums;
    let (xc, yc) = (m10 / m00, m01 / m00);
    // A pixel is a square, which has a variance of 1/12 itself.
    let a = m20 / m00 - xc * xc + 1.0 / 12.0;
    let b = 2.0 * (m11 / m00 - xc * yc);
    let c = m02 / m00 - yc * yc + 1.0 / 12.0;
    let root = b.hypot(a - c);
    Some(Equivalent {
        centre: [(x as f64 + 0.5 + xc) as f32, (y as f64 + 0.5 + yc) as f32],
        angle: (0.5 * b.atan2(a - c)) as f32,
        length: (6.0 * (a + c + root)).sqrt() as f32,
        width: (6.0 * (a + c - root)).max(0.0).sqrt() as f32,
    })
}
