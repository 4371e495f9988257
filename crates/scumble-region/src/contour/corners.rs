//! Which corners may be cut.
//!
//! Lines that do not cross can be changed a corner at a time: if no point of any line lies in the triangle of a corner and its
//! neighbours, then no line does, and the corner's two edges may be replaced by the third. This way lines never come to cross, nor
//! does an island change sides.

use scumble_paint::painting::Point;

use super::arcs::Arc;

/// Side of a cell in pixels: few corners in a cell, few cells under a triangle.
const CELL: f32 = 8.0;

/// The points of all lines, in square cells of the frame.
pub(super) struct Corners {
    columns: usize,
    rows: usize,
    cells: Vec<Vec<Point>>,
}

impl Corners {
    pub fn new(width: usize, height: usize, arcs: &[Arc]) -> Self {
        let [columns, rows] = [width, height].map(|side| (side as f32 / CELL) as usize + 1);
        let mut corners = Self { columns, rows, cells: vec![Vec::new(); columns * rows] };
        arcs.iter().flat_map(|arc| &arc.points).for_each(|point| corners.insert(*point));
        corners
    }

    pub fn insert(&mut self, point: Point) {
        let [column, row] = self.cell(point);
        self.cells[row * self.columns + column].push(point);
    }

    /// Takes one point out that is at a place.
    pub fn remove(&mut self, point: Point) {
        let [column, row] = self.cell(point);
        let cell = &mut self.cells[row * self.columns + column];
        if let Some(at) = cell.iter().position(|other| *other == point) {
            cell.swap_remove(at);
        }
    }

    /// Whether nothing but the corners of a triangle lies in it or on its edges.
    pub fn is_free(&self, triangle: [Point; 3]) -> bool {
        let [a, b, c] = triangle;
        let low = [0, 1].map(|k| a[k].min(b[k]).min(c[k]));
        let high = [0, 1].map(|k| a[k].max(b[k]).max(c[k]));
        let ([left, top], [right, bottom]) = (self.cell(low), self.cell(high));
        let boxed = |p: &Point| (0..2).all(|k| low[k] <= p[k] && p[k] <= high[k]);
        let inside = |p: Point| {
            let signs = [turn(a, b, p), turn(b, c, p), turn(c, a, p)];
            signs.iter().all(|v| *v >= 0.0) || signs.iter().all(|v| *v <= 0.0)
        };
        (top..=bottom).all(|row| {
            let cells = &self.cells[row * self.columns + left..=row * self.columns + right];
            cells.iter().flatten().all(|p| triangle.contains(p) || !boxed(p) || !inside(*p))
        })
    }

    fn cell(&self, [x, y]: Point) -> [usize; 2] {
        [((x / CELL) as usize).min(self.columns - 1), ((y / CELL) as usize).min(self.rows - 1)]
    }
}

/// Twice the signed area of a triangle; exact for points of a picture's size in fractions of a pixel.
pub(super) fn turn(a: Point, b: Point, c: Point) -> f64 {
    let [a, b, c] = [a, b, c].map(|p| p.map(f64::from));
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}
