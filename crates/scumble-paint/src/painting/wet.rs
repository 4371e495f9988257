//! Wet paper.

use serde::{Deserialize, Serialize};

use super::MOST_TEXELS;

/// How wet the paper is where washes are laid, over the whole frame: where it is wet, their edges are soft and have no rims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wet {
    /// Values in a row.
    pub width: usize,
    /// Values from 0 (dry) to 1 (wet), whole rows from the upper left; at most [`MOST_TEXELS`].
    pub values: Vec<f32>,
}

impl Wet {
    /// The value at shares of the frame's width and height, linear between the values' middles.
    pub fn at(&self, x: f32, y: f32) -> f32 {
        let height = self.values.len() / self.width;
        let place = |share: f32, count: usize| {
            let at = (share * count as f32 - 0.5).clamp(0.0, (count - 1) as f32);
            (at as usize, (at as usize + 1).min(count - 1), at - at.floor())
        };
        let ((left, right, s), (above, below, t)) = (place(x, self.width), place(y, height));
        let row = |y: usize| {
            let [a, b] = [left, right].map(|x| self.values[y * self.width + x]);
            a + s * (b - a)
        };
        row(above) + t * (row(below) - row(above))
    }

    /// Whether rows are whole and values within their range.
    pub(super) fn is_valid(&self) -> bool {
        self.width > 0
            && (1..=MOST_TEXELS).contains(&self.values.len())
            && self.values.len().is_multiple_of(self.width)
            && self.values.iter().all(|v| (0.0..=1.0).contains(v))
    }
}
