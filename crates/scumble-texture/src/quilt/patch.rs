//! A window of the sheet that may be covered.

use super::flow::Grid;
use super::seams::Seams;
use super::search::Wanted;
use super::sheet::Sheet;
use super::source::STEPS;

/// Parts of a window's side at each end where a piece shall suit what lies there; what is within is free.
const RIM: usize = 5;

/// How deep the border of a window is that a piece shall suit.
pub(super) fn rim(size: [usize; 2]) -> [usize; 2] {
    size.map(|side| (side / RIM).max(2))
}

/// A window and what lies there.
pub(super) struct Patch<'a> {
    sheet: &'a Sheet,
    seams: &'a Seams<'a>,
    corner: [usize; 2],
    size: [usize; 2],
    /// The indices of its pixels on the sheet.
    pub window: Vec<usize>,
}

impl<'a> Patch<'a> {
    pub fn new(sheet: &'a Sheet, seams: &'a Seams<'a>, corner: [usize; 2], size: [usize; 2]) -> Self {
        Self { sheet, seams, corner, size, window: sheet.window(corner, size) }
    }

    /// What lies there.
    pub fn old(&self) -> Vec<u32> {
        self.window.iter().map(|at| self.sheet.from[*at]).collect()
    }

    /// The pixels of the exemplar that a piece from there shows.
    fn piece(&self, [left, top]: [usize; 2]) -> Vec<u32> {
        let width = self.seams.source.size()[0];
        (0..self.window.len()).map(|i| ((top + i / self.size[0]) * width + left + i % self.size[0]) as u32).collect()
    }

    /// What a piece should look like: near its border like what is there, but for borders of the sheet.
    pub fn wanted(&self) -> Wanted {
        let (rim, size) = (rim(self.size), self.size);
        let ends = |i: usize| {
            let open = |end: bool| end && !self.seams.wraps;
            [open(self.corner[i] == 0), open(self.corner[i] + size[i] == self.sheet.size[i])]
        };
        let open = [ends(0), ends(1)];
        let known = |i: usize| {
            let at = [i % size[0], i / size[0]];
            (0..2).any(|k| at[k] < rim[k] && !open[k][0] || at[k] + rim[k] >= size[k] && !open[k][1])
        };
        let levels = &self.seams.source.levels;
        let colour = |(i, at): (usize, &usize)| known(i).then(|| levels[self.sheet.from[*at] as usize]);
        Wanted { colours: self.window.iter().enumerate().map(colour).collect(), tones: None, guided: 0.0 }
    }

    /// The window with as much of the piece from there as makes seams cost least, and that cost.
    pub fn covered(&self, place: [usize; 2]) -> (i64, Vec<u32>) {
        let (old, mut new) = (self.old(), self.piece(place));
        let taken = self.cut(&old, &new);
        new.iter_mut().zip(&old).zip(taken).filter(|(_, taken)| !taken).for_each(|((new, old), _)| *new = *old);
        (self.cost(&new), new)
    }

    /// What seams cost within the window and around it if it shows `from`.
    pub fn cost(&self, from: &[u32]) -> i64 {
        let mut sum = 0;
        self.joints(|i, next, side| sum += i64::from(self.seams.between(from[i], from[next], side)));
        self.ends(|i, outside, side| sum += i64::from(self.seams.between(from[i], self.sheet.from[outside], side)));
        sum
    }

    /// Which pixels should show `new` instead of `old`, so that seams cost least: the choice between two labels of graph cuts
    /// (Boykov, Veksler, Zabih 2001; pairs as in Kolmogorov & Zabih 2004).
    fn cut(&self, old: &[u32], new: &[u32]) -> Vec<bool> {
        let seams = self.seams;
        let mut grid = Grid::new(self.size);
        let apart: Vec<i32> = old.iter().zip(new).map(|(old, new)| seams.cost(*old, *new)).collect();
        self.joints(|i, next, side| {
            let cost = |a: &[u32], b: &[u32]| seams.between(a[i], b[next], side);
            let costs = if seams.source.next(old[i], side) == Some(old[next]) {
                // Within one piece both ways to meet the other cost the same.
                [0, apart[i] + apart[next], apart[i] + apart[next]]
            } else {
                [cost(old, old), cost(old, new), cost(new, old)]
            };
            grid.join(i, side == 2, costs);
        });
        self.ends(|i, outside, side| {
            let cost = |own: u32| seams.between(own, self.sheet.from[outside], side);
            grid.add(i, cost(new[i]) - cost(old[i]));
        });
        grid.cut()
    }

    /// Visits each pixel with its neighbours to the right and below, within the window.
    fn joints(&self, mut visit: impl FnMut(usize, usize, usize)) {
        let [width, height] = self.size;
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            let i = y * width + x;
            if x + 1 < width {
                visit(i, i + 1, 0);
            }
            if y + 1 < height {
                visit(i, i + width, 2);
            }
        }
    }

    /// Visits each pixel at the window's border with the sheet's pixel beside it, and the side it is on.
    fn ends(&self, mut visit: impl FnMut(usize, usize, usize)) {
        let [width, height] = self.size;
        let mut end = |i: usize, side: usize| {
            if let Some(outside) = self.sheet.beside(self.window[i], STEPS[side], self.seams.wraps) {
                visit(i, outside, side);
            }
        };
        (0..width).for_each(|x| end(x, 3));
        (0..width).for_each(|x| end((height - 1) * width + x, 2));
        (0..height).for_each(|y| end(y * width, 1));
        (0..height).for_each(|y| end(y * width + width - 1, 0));
    }

    /// The pixels of the sheet whose costs depend on the window's: its own, and those left of it and above.
    pub fn around(&self) -> Vec<usize> {
        let mut around = self.window.clone();
        self.ends(|_, outside, side| {
            if side % 2 == 1 {
                around.push(outside)
            }
        });
        around
    }
}
