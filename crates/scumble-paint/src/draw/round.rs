//! Fading of round brushes.

use super::noise::smooth;
use crate::painting::{Geometry, Point};

/// Cover at distance `across` from the middle of a stroke of half width `radius`, of which the outer share `softness` fades.
/// The edge is never sharper than a pixel.
pub(super) fn fade(across: f32, radius: f32, softness: f32, pixel: f32) -> f32 {
    let soft = softness * radius;
    let ramp = soft.max(pixel);
    let outer = radius + (ramp - soft) / 2.0;
    smooth((outer - across.abs()) / ramp) * (2.0 * radius / pixel).min(1.0)
}

/// How round brushes fade inside a shape.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fade {
    centre: Point,
    sin: f32,
    cos: f32,
    half: [f32; 2],
    softness: f32,
    kind: Kind,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    /// From the centre, by the superellipse of this exponent through the point.
    Oval(f32),
    /// From the sides.
    Box,
}

impl Fade {
    /// The fading of a shape, if it has any.
    pub fn of(geometry: &Geometry, softness: f32) -> Option<Self> {
        let (centre, angle, half, kind) = match geometry {
            Geometry::Ellipse { centre, radii, angle } => (*centre, *angle, *radii, Kind::Oval(2.0)),
            Geometry::Superellipse { centre, radii, exponent, angle } => {
                (*centre, *angle, *radii, Kind::Oval(*exponent))
            }
            Geometry::Rectangle { centre, half, angle } => (*centre, *angle, *half, Kind::Box),
            Geometry::Stamp { centre, angle, length, width } => {
                (*centre, *angle, [length / 2.0, width / 2.0], Kind::Box)
            }
            _ => return None,
        };
        let (sin, cos) = angle.sin_cos();
        (softness > 0.0).then_some(Self { centre, sin, cos, half, softness, kind })
    }

    /// The share of the paint at a point of the frame.
    pub fn at(&self, point: Point) -> f32 {
        let (x, y) = (point[0] - self.centre[0], point[1] - self.centre[1]);
        let [x, y] = [x * self.cos + y * self.sin, y * self.cos - x * self.sin].map(f32::abs);
        match self.kind {
            Kind::Oval(exponent) => {
                let [x, y] = [x / self.half[0], y / self.half[1]];
                let distance = if exponent == 2.0 {
                    x.hypot(y)
                } else {
                    (x.powf(exponent) + y.powf(exponent)).powf(1.0 / exponent)
                };
                smooth((1.0 - distance) / self.softness)
            }
            Kind::Box => {
                let ramp = self.softness * self.half[0].min(self.half[1]);
                smooth((self.half[0] - x) / ramp) * smooth((self.half[1] - y) / ramp)
            }
        }
    }
}
