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
    piece: [usize; 2],
    wraps: bool,
    /// A cell's width and height.
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
        let (sums, times) = (vec![0; count], vec![0; count]);
        let mut cells = Self { size: sheet.size, piece, wraps: seams.wraps, side, columns, costs, sums, times };
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

    /// Where pieces begin that have those cells in their middle whose seams cost most, of those that may be covered: at most
    /// `count`, none of which touch. The cells count as covered once more.
    pub fn worst(&mut self, count: usize) -> Vec<[usize; 2]> {
        let mut found: Vec<[usize; 2]> = Vec::new();
        while found.len() < count {
            let open = (0..self.sums.len()).filter(|i| self.times[*i] < TIMES && self.sums[*i] > 0);
            let clear = open.filter(|i| found.iter().all(|other| self.apart(self.corner(*i), *other)));
            let Some(worst) = clear.max_by_key(|i| (self.sums[*i], std::cmp::Reverse(*i))) else { break };
            self.times[worst] += 1;
            found.push(self.corner(worst));
        }
        found
    }

    /// Where a piece begins that has a cell in its middle.
    fn corner(&self, cell: usize) -> [usize; 2] {
        let at = [cell % self.columns, cell / self.columns];
        [0, 1].map(|i| {
            let (middle, half) = (at[i] * self.side[i] + self.side[i] / 2, self.piece[i] / 2);
            if self.wraps {
                (middle + self.size[i] - half) % self.size[i]
            } else {
                middle.saturating_sub(half).min(self.size[i] - self.piece[i])
            }
        })
    }

    /// Whether a pixel at least lies between two pieces.
    fn apart(&self, a: [usize; 2], b: [usize; 2]) -> bool {
        (0..2).any(|i| {
            let step = a[i].abs_diff(b[i]);
            step.min(if self.wraps { self.size[i] - step } else { step }) > self.piece[i]
        })
    }
}
