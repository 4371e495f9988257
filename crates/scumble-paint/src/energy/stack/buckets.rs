//! Which strokes may touch an area.

use super::Area;

/// Side of a bucket in pixels.
const SIDE: usize = 32;

/// For each square of the picture, the strokes whose areas meet it.
#[derive(Debug, Clone)]
pub(super) struct Buckets {
    columns: usize,
    cells: Vec<Vec<u32>>,
}

impl Buckets {
    pub fn new(width: usize, height: usize) -> Self {
        let columns = width.div_ceil(SIDE);
        Self { columns, cells: vec![Vec::new(); columns * height.div_ceil(SIDE)] }
    }

    pub fn insert(&mut self, id: usize, area: &Area) {
        for cell in self.cells(area) {
            self.cells[cell].push(id as u32);
        }
    }

    pub fn remove(&mut self, id: usize, area: &Area) {
        for cell in self.cells(area) {
            self.cells[cell].retain(|other| *other as usize != id);
        }
    }

    /// Strokes of the buckets that meet an area, some more than once.
    pub fn near(&self, area: &Area) -> impl Iterator<Item = usize> {
        self.cells(area).flat_map(|cell| self.cells[cell].iter().map(|id| *id as usize))
    }

    fn cells(&self, area: &Area) -> impl Iterator<Item = usize> + use<> {
        let span = |side: [usize; 2]| if side[0] < side[1] { side[0] / SIDE..side[1].div_ceil(SIDE) } else { 0..0 };
        let (xs, ys, columns) = (span(area.x), span(area.y), self.columns);
        ys.flat_map(move |y| xs.clone().map(move |x| y * columns + x))
    }
}
