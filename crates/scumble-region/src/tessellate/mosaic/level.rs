//! Tiles that lie nearly level, and sides that are nearly level or upright, made so: an edge that slants by a few degrees shows as a stair in a
//! small picture, and viewers that know a pixel's cover by four times four samples draw it farthest from what it is.

use std::f64::consts::FRAC_PI_2;

use super::super::polygon::Polygon;

/// Steps of level sides: quarters of a pixel of the source, which viewers know exactly.
const STEPS: f64 = 4.0;
/// What a number may be from a whole one that it is, through rounding.
const ROUNDING: f64 = 1e-9;

/// The slant in degrees up to which a tile is laid level: that moves its corners by a twelfth of its side at most.
const SLANT: f64 = 7.0;

/// The places of level sides in pixels of the working copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels {
    /// Places along x and along y from one pixel of the copy to the next.
    steps: [f64; 2],
}

impl Levels {
    /// For a working copy of `size` pixels of a source of `frame` pixels.
    pub fn new(size: [usize; 2], frame: [f32; 2]) -> Self {
        Self { steps: [0, 1].map(|k| STEPS * f64::from(frame[k]) / size[k] as f64) }
    }

    /// Keeps the part of a polygon where `normal · x <= limit`; if the normal is that of a level side, up to the nearest place of one. Two
    /// sides that face each other at a distance do not come to overlap.
    pub fn cut(&self, polygon: &mut Polygon, normal: [f64; 2], limit: f64) {
        let along = [0, 1].into_iter().find(|k| normal[1 - k].abs() < ROUNDING);
        let (normal, limit) = match along {
            Some(k) => {
                let mut level = [0.0; 2];
                level[k] = normal[k].signum();
                (level, (limit * self.steps[k]).round() / self.steps[k])
            }
            None => (normal, limit),
        };
        polygon.cut(normal, limit, None);
    }
}

/// The angle of a tile that is laid level if it nearly is.
pub(super) fn levelled(angle: f64) -> f64 {
    let level = (angle / FRAC_PI_2).round() * FRAC_PI_2;
    if (angle - level).abs() < SLANT.to_radians() { level } else { angle }
}

/// A side's normal of length 1, turned along an axis if it nearly is.
pub(super) fn levelled_normal(normal: [f64; 2]) -> [f64; 2] {
    let [x, y] = normal;
    if x.abs().min(y.abs()) >= SLANT.to_radians().sin() {
        normal
    } else if x.abs() > y.abs() {
        [x.signum(), 0.0]
    } else {
        [0.0, y.signum()]
    }
}
