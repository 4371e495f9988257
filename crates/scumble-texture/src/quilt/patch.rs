//! A window of the sheet that may be covered.

use super::flow::Grid;
use super::seams::Seams;
use super::search::Wanted;
use super::sheet::Sheet;

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
        let inside = self.joints().map(|(i, next, step)| self.seams.between(from[i], from[next], step));
        let around = self.ends().map(|(i, outside, step)| self.seams.between(from[i], self.sheet.from[outside], step));
        inside.sum::<i64>() + around.sum::<i64>()
    }

    /// Which pixels should show `new` instead of `old`, so that seams cost least: the choice between two labels of graph cuts
    /// (Boykov, Veksler, Zabih 2001; pairs as in Kolmogorov & Zabih 2004).
    fn cut(&self, old: &[u32], new: &[u32]) -> Vec<bool> {
        let mut grid = Grid::new(self.size);
        for (i, next, step) in self.joints() {
            let cost = |a: &[u32], b: &[u32]| self.seams.between(a[i], b[next], step);
            let [both, behind, before] = [cost(old, old), cost(old, new), cost(new, old)];
            grid.add(i, before - both);
            grid.add(next, -before);
            // Less than nothing only where a piece is seen beyond the exemplar's end.
            grid.join(i, step[1] > 0, (behind + before - both).max(0));
        }
        for (i, outside, step) in self.ends() {
            let cost = |own: u32| self.seams.between(own, self.sheet.from[outside], step);
            grid.add(i, cost(new[i]) - cost(old[i]));
        }
        grid.cut()
    }

    /// Each pixel with its neighbours to the right and below, within the window.
    fn joints(&self) -> impl Iterator<Item = (usize, usize, [i64; 2])> {
        let [width, height] = self.size;
        (0..width * height).flat_map(move |i| {
            let right = (i % width + 1 < width).then_some((i, i + 1, [1, 0]));
            let below = (i / width + 1 < height).then_some((i, i + width, [0, 1]));
            right.into_iter().chain(below)
        })
    }

    /// Each pixel at the window's border with the sheet's pixel beside it.
    fn ends(&self) -> impl Iterator<Item = (usize, usize, [i64; 2])> {
        let [width, height] = self.size;
        let row = |y: usize, step: i64| (0..width).map(move |x| (y * width + x, [0, step]));
        let column = |x: usize, step: i64| (0..height).map(move |y| (y * width + x, [step, 0]));
        let all = row(0, -1).chain(row(height - 1, 1)).chain(column(0, -1)).chain(column(width - 1, 1));
        all.filter_map(move |(i, step)| Some((i, self.sheet.beside(self.window[i], step, self.seams.wraps)?, step)))
    }

    /// The pixels of the sheet whose costs depend on the window's: its own, and those left of it and above.
    pub fn around(&self) -> Vec<usize> {
        let outside = self.ends().filter(|(_, _, step)| step[0] < 0 || step[1] < 0).map(|(_, outside, _)| outside);
        self.window.iter().copied().chain(outside).collect()
    }
}
