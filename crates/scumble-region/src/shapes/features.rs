//! What a region's form is like, in a few numbers.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::V2;
use super::hull::{area, convex_hull, least_box};
use super::moments::Moments;

/// Numbers from 0 to 1 that do not change when a region is moved, turned, scaled or mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Features {
    /// `A² / (16 π² det K)` for the covariance K: 1 for any ellipse, 0.912 for any parallelogram, 0.684 for any triangle (Rosin
    /// 2003), less for what is spread out.
    pub ellipticity: f64,
    /// Deviation along the shorter axis by that along the longer.
    pub roundness: f64,
    /// Share of the least box around it.
    pub rectangularity: f64,
    /// Share of its convex hull.
    pub solidity: f64,
    /// `4 π A / P²`: 1 for a circle, small for what is frayed.
    pub compactness: f64,
    /// `|E z³|` after whitening, by that of a triangle.
    pub triangularity: f64,
    /// `|E z⁴|` after whitening, by that of a square.
    pub squareness: f64,
    /// Share of the filled outline that holes take.
    pub holes: f64,
}

/// `|E z³|` of a whitened triangle, whose corners are at distance 2√2: (2√2)³ / 10.
const TRIANGLE: f64 = 2.262_741_699_796_952;
/// `|E z⁴|` of a whitened square, whose side is √12: 12² / 60.
const SQUARE: f64 = 2.4;

impl Features {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Of an area, its exact and its simplified outline, and the share of its holes.
    pub(super) fn new(moments: &Moments, exact: &[V2], simple: &[V2], holes: f64) -> Self {
        let unit = |v: f64| if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 };
        let ([l1, l2], _) = moments.axes();
        let [whiten, _] = moments.whitening();
        let [[third, _], [fourth, _]] = moments.mapped(whiten).complex();
        let hull = convex_hull(exact.iter().copied());
        let boxed = least_box(&hull).map_or(0.0, |(_, half, _)| 4.0 * half[0] * half[1]);
        let length: f64 = (0..simple.len())
            .map(|at| (simple[at], simple[(at + 1) % simple.len()]))
            .map(|(a, b)| (b[0] - a[0]).hypot(b[1] - a[1]))
            .sum();
        let filled = area(exact);
        Self {
            ellipticity: unit(moments.area * moments.area / (16.0 * PI * PI * l1 * l2)),
            roundness: unit((l2 / l1).sqrt()),
            rectangularity: unit(filled / boxed),
            solidity: unit(filled / area(&hull)),
            compactness: unit(4.0 * PI * filled / (length * length)),
            triangularity: unit(third / TRIANGLE),
            squareness: unit(fourth / SQUARE),
            holes: unit(holes),
        }
    }

    /// All of them, in the order of the fields.
    pub fn values(&self) -> [f64; Self::COUNT] {
        let Self { ellipticity, roundness, rectangularity, solidity, compactness, triangularity, squareness, holes } =
            *self;
        [ellipticity, roundness, rectangularity, solidity, compactness, triangularity, squareness, holes]
    }
}
