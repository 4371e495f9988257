//! Paint that changes from one colour to another.

use serde::{Deserialize, Serialize};

use super::{Colour, Point};

/// An even change from the stroke's colour to another, along a line; before its start and behind its end colours stay. Strokes
/// that are not even paint, marks of textured brushes, have their colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// Where it has the stroke's colour.
    pub from: Point,
    /// Where it has the other.
    pub to: Point,
    /// The other colour.
    pub colour: Colour,
}

impl Ramp {
    /// The colour at a point, of a stroke of colour `start`.
    pub fn at(&self, start: Colour, point: Point) -> Colour {
        let along = [0, 1].map(|i| self.to[i] - self.from[i]);
        let length = along[0] * along[0] + along[1] * along[1];
        let way = [0, 1].map(|i| (point[i] - self.from[i]) * along[i]);
        let share = if length > 0.0 { ((way[0] + way[1]) / length).clamp(0.0, 1.0) } else { 1.0 };
        [0, 1, 2].map(|c| start[c] + (self.colour[c] - start[c]) * share)
    }
}
