//! The cells of a grid in random order.

use crate::dice::Dice;

/// Cells still to be visited.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    /// Corners of cells in pixels.
    corners: Vec<[usize; 2]>,
    next: usize,
}

impl Cells {
    /// Cells of `side` pixels, the last of a row and column perhaps smaller.
    pub fn new([width, height]: [usize; 2], side: usize, dice: &mut Dice) -> Self {
        let rows = (0..height).step_by(side);
        let mut corners: Vec<[usize; 2]> = rows.flat_map(|y| (0..width).step_by(side).map(move |x| [x, y])).collect();
        for i in (1..corners.len()).rev() {
            corners.swap(i, dice.below(i + 1));
        }
        Self { corners, next: 0 }
    }

    /// The share of the cells that were visited in this round.
    pub fn visited(&self) -> f64 {
        self.next as f64 / self.corners.len().max(1) as f64
    }

    /// The next cell's place in the order and its corner.
    pub fn next(&mut self) -> Option<(usize, [usize; 2])> {
        let corner = *self.corners.get(self.next)?;
        self.next += 1;
        Some((self.next - 1, corner))
    }

    /// Starts again in the same order.
    pub fn rewind(&mut self) {
        self.next = 0;
    }
}
