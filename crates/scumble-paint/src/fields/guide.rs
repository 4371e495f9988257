//! Curves drawn by hand.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::tensor::Tensors;
use crate::painting::Point;

/// A curve drawn by hand, which strokes near it follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Points of a polyline in the painting's frame, two or more.
    pub points: Vec<Point>,
    /// How much it counts against the picture: 1 as much as its strongest edge.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub strength: f32,
}

/// The most points of a guide, and of all of a picture.
const MOST_POINTS: usize = 10_000;

impl Guide {
    /// Checks several guides as [`Guide::check`] does, and that they do not have too many points together.
    ///
    /// # Errors
    /// As there.
    pub fn check_all(guides: &[Self]) -> Result<()> {
        let count = guides.iter().map(|guide| guide.points.len()).sum::<usize>();
        if count > MOST_POINTS {
            return Err(Error::parameter(format!("guides have {count} points, allowed are {MOST_POINTS} in all")));
        }
        guides.iter().try_for_each(Self::check)
    }

    /// Checks what the types do not.
    ///
    /// # Errors
    /// `Fault::Parameter` if there are fewer than two points or too many, a coordinate is not finite, or the strength is
    /// not 0 to 100.
    pub fn check(&self) -> Result<()> {
        if !(2..=MOST_POINTS).contains(&self.points.len()) {
            let count = self.points.len();
            return Err(Error::parameter(format!("a guide has {count} points, allowed are 2 to {MOST_POINTS}")));
        }
        if let Some(value) = self.points.iter().flatten().find(|value| !value.is_finite()) {
            return Err(Error::parameter(format!("a guide has the coordinate {value}, allowed are finite numbers")));
        }
        if !(0.0..=100.0).contains(&self.strength) {
            return Err(Error::parameter(format!("a guide's strength is {}, allowed is 0 to 100", self.strength)));
        }
        Ok(())
    }

    /// Adds the tensor `strength · most · n nᵀ`, with n across the nearest piece, faded by a Gaussian of the distance; and its
    /// strength there to `guided`.
    pub(super) fn add(&self, tensors: &mut Tensors, guided: &mut [f32], most: f32, scale: [f32; 2], reach: f32) {
        let placed: Vec<Point> = self.points.iter().map(|[x, y]| [x * scale[0], y * scale[1]]).collect();
        let reach = reach.max(0.5);
        let far = 3.0 * reach;
        let range = |k: usize, side: usize| {
            let (low, high) =
                placed.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(a, b), p| (a.min(p[k]), b.max(p[k])));
            ((low - far).max(0.0) as usize).min(side)..((high + far).max(0.0) as usize).min(side)
        };
        let height = tensors.trace.len() / tensors.width;
        for y in range(1, height) {
            for x in range(0, tensors.width) {
                let at = [x as f32 + 0.5, y as f32 + 0.5];
                let near = placed.array_windows().filter_map(|[a, b]| nearest(*a, *b, at));
                let Some((square, [dx, dy])) = near.min_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
                let share = self.strength * (-0.5 * square / (reach * reach)).exp();
                let weight = share * most;
                let i = y * tensors.width + x;
                guided[i] += share;
                tensors.trace[i] += weight;
                // Of the direction across, (−dy, dx), doubled.
                tensors.cos[i] += weight * (dy * dy - dx * dx);
                tensors.sin[i] -= weight * 2.0 * dx * dy;
            }
        }
    }
}

/// Squared distance to the piece from a to b, and its direction; none if it has no length.
fn nearest(a: Point, b: Point, at: Point) -> Option<(f32, [f32; 2])> {
    let [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    let length = dx.hypot(dy);
    if length <= 0.0 {
        return None;
    }
    let along = (((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / (length * length)).clamp(0.0, 1.0);
    let (x, y) = (at[0] - a[0] - along * dx, at[1] - a[1] - along * dy);
    Some((x * x + y * y, [dx / length, dy / length]))
}
