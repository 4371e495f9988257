//! Where the seams of a sheet show most.

use super::seams::Seams;
use super::sheet::Sheet;

/// Parts of a piece's side that a cell has.
const CELL: usize = 4;
/// How often a cell may be covered.
const TIMES: u8 = 3;

/// The sheet in cells and what their seams cost.
pub(super) struct Cells {
    size: [usize; 2],
    side: [usize; 2],
    columns: usize,
    /// Of each pixel.
    costs: Vec<i64>,
    /// Of each cell.
    sums: Vec<i64>,
    /// How often each cell was covered.
    times: Vec<u8>,
}

impl Cells {
    pub fn new(sheet: &Sheet, seams: &Seams<'_>, piece: [usize; 2]) -> Self {
        let side = piece.map(|side| (side / CELL).max(1));
        let [columns, rows] = [0, 1].map(|i| sheet.size[i].div_ceil(side[i]));
        let count = columns * rows;
        let costs = vec![0; sheet.from.len()];
        let mut cells = Self { size: sheet.size, side, columns, costs, sums: vec![0; count], times: vec![0; count] };
        cells.renew(sheet, seams, &(0..sheet.from.len()).collect::<Vec<usize>>());
        cells
    }

    /// Takes the costs of pixels anew.
    pub fn renew(&mut self, sheet: &Sheet, seams: &Seams<'_>, pixels: &[usize]) {
        for at in pixels {
            let cost = i64::from(seams.at(sheet, *at));
            let cell = at / self.size[0] / self.side[1] * self.columns + at % self.size[0] / self.side[0];
            self.sums[cell] += cost - self.costs[*at];
            self.costs[*at] = cost;
        }
    }

    /// The cell whose seams cost most, of those that may be covered; it counts as covered once more.
    pub fn worst(&mut self) -> Option<usize> {
        let open = (0..self.sums.len()).filter(|i| self.times[*i] < TIMES && self.sums[*i] > 0);
        let worst = open.max_by_key(|i| (self.sums[*i], std::cmp::Reverse(*i)))?;
        self.times[worst] += 1;
        Some(worst)
    }

    /// Where a piece begins that has a cell in its middle.
    pub fn corner(&self, cell: usize, piece: [usize; 2], wraps: bool) -> [usize; 2] {
        let at = [cell % self.columns, cell / self.columns];
        [0, 1].map(|i| {
            let middle = at[i] * self.side[i] + self.side[i] / 2;
            if wraps {
                (middle + self.size[i] - piece[i] / 2) % self.size[i]
            } else {
                middle.saturating_sub(piece[i] / 2).min(self.size[i] - piece[i])
            }
        })
    }
}
