//! Where the points of a low-poly picture are at first.

use std::collections::HashSet;

use scumble_core::Result;

use super::super::spread::spread;
use super::super::working::Working;
use super::LowPolyParams;
use super::model::{Place, STEPS};

/// From one point to the next along the border, in units of `max(1, shorter side / 512)`.
const BORDER: f64 = 40.0;
/// The most of all points that lie on the border.
const MOST_BORDER: f64 = 0.2;
/// The share of the others that is spread evenly: 20 of 90 hundredths.
const EVEN: f64 = 0.22;
/// Rounds of Lloyd.
const ROUNDS: u32 = 3;

/// The frame's corners, points along its border, and points by how busy the picture is: `count` besides the corners, less those
/// that fall together.
pub(super) fn points(working: &Working, params: &LowPolyParams) -> Result<Vec<Place>> {
    let count = params.count as usize;
    let size = working.size().map(|side| side as f64);
    let spacing = (BORDER * working.unit()).max(2.0 * (size[0] + size[1]) / (MOST_BORDER * count as f64));
    let mut border = Vec::new();
    for k in 0..2 {
        let parts = (size[k] / spacing).round().max(1.0) as usize;
        for i in 1..parts {
            for across in [0.0, size[1 - k]] {
                let mut point = [across; 2];
                point[k] = size[k] * i as f64 / parts as f64;
                border.push(point);
            }
        }
    }
    border.truncate(count);
    let inner = spread(working, count - border.len(), EVEN, ROUNDS, params.seed)?;
    Ok(places(working, border.into_iter().chain(inner)))
}

/// Points of the copy, in pixels, rounded to steps, after the frame's corners; each place once.
pub(super) fn places(working: &Working, points: impl Iterator<Item = [f64; 2]>) -> Vec<Place> {
    let [w, h] = working.size().map(|side| side as i32 * STEPS);
    let mut seen = HashSet::new();
    let rounded =
        points.map(|p| [(p[0], w), (p[1], h)].map(|(v, side)| ((v * f64::from(STEPS)).round() as i32).clamp(0, side)));
    [[0, 0], [w, 0], [w, h], [0, h]].into_iter().chain(rounded).filter(|place| seen.insert(*place)).collect()
}
