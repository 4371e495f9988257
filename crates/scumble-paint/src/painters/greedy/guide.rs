//! Where shapes are needed, and which way edges run there.

use std::ops::Range;

use crate::dice::Dice;
use crate::energy::Easel;
use crate::painting::Point;

/// Cells along the longer side, at most.
const CELLS: usize = 64;
/// Share of centres that are drawn from the whole picture alike.
const ANYWHERE: f32 = 0.2;

/// The picture in square cells.
#[derive(Debug, Clone)]
pub(super) struct Guide {
    columns: usize,
    rows: usize,
    /// Side of a cell in pixels.
    side: usize,
    /// Mean squared difference of each cell.
    errors: Vec<f64>,
    /// Sums of the need of the first cells.
    needs: Vec<f64>,
    /// Angle of each cell's edges, along them.
    tangents: Vec<f32>,
    size: [f32; 2],
}

impl Guide {
    pub fn new(easel: &Easel) -> Self {
        let side = easel.width().max(easel.height()).div_ceil(CELLS);
        let (columns, rows) = (easel.width().div_ceil(side), easel.height().div_ceil(side));
        let mut guide = Self {
            columns,
            rows,
            side,
            errors: vec![0.0; columns * rows],
            needs: vec![0.0; columns * rows],
            tangents: Vec::new(),
            size: [easel.width() as f32, easel.height() as f32],
        };
        guide.tangents = guide.measure_tangents(easel);
        guide.update(easel, 0..easel.height());
        guide
    }

    /// Measures the need anew after pixels of `rows` changed: the fourth power of the difference, blurred by a box of
    /// an eighth of the longer side.
    pub fn update(&mut self, easel: &Easel, rows: Range<usize>) {
        for row in rows.start / self.side..rows.end.div_ceil(self.side).min(self.rows) {
            for column in 0..self.columns {
                let pixels = self.pixels(easel, column, row);
                let (sum, count) =
                    pixels.fold((0, 0), |(sum, count), i| (sum + easel.error(i, easel.painting()[i]), count + 1));
                self.errors[row * self.columns + column] = sum as f64 / f64::from(count.max(1));
            }
        }
        let fourth = self.errors.iter().map(|e| e * e).collect();
        let reach = self.columns.max(self.rows) / 16;
        let blurred = self.blurred(fourth, reach);
        self.needs.clear();
        self.needs.extend(blurred.iter().scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        }));
    }

    /// A centre drawn by need.
    pub fn centre(&self, dice: &mut Dice) -> Point {
        let total = self.needs.last().copied().unwrap_or(0.0);
        if total <= 0.0 || dice.unit() < ANYWHERE {
            return self.size.map(|side| dice.between(0.0, side));
        }
        let wanted = f64::from(dice.unit()) * total;
        let cell = self.needs.partition_point(|sum| *sum <= wanted).min(self.needs.len() - 1);
        let corner = [cell % self.columns, cell / self.columns];
        [0, 1].map(|i| ((corner[i] as f32 + dice.unit()) * self.side as f32).min(self.size[i]))
    }

    /// The angle along the edges near a point.
    pub fn tangent(&self, point: Point) -> f32 {
        let [column, row] = point.map(|v| v.max(0.0) as usize / self.side);
        self.tangents[row.min(self.rows - 1) * self.columns + column.min(self.columns - 1)]
    }

    /// Structure tensor of the source's summed channels: each cell's, blurred over its neighbours.
    fn measure_tangents(&self, easel: &Easel) -> Vec<f32> {
        let (width, height) = (easel.width(), easel.height());
        let value = |x: usize, y: usize| easel.source()[y * width + x].into_iter().map(f64::from).sum::<f64>();
        let mut tensor = [(); 3].map(|()| vec![0.0; self.columns * self.rows]);
        for y in 0..height {
            for x in 0..width {
                let gx = value((x + 1).min(width - 1), y) - value(x.saturating_sub(1), y);
                let gy = value(x, (y + 1).min(height - 1)) - value(x, y.saturating_sub(1));
                let cell = y / self.side * self.columns + x / self.side;
                for (sums, term) in tensor.iter_mut().zip([gx * gx, gy * gy, gx * gy]) {
                    sums[cell] += term;
                }
            }
        }
        let [xx, yy, xy] = tensor.map(|sums| self.blurred(sums, 1));
        let angles = xx.iter().zip(&yy).zip(&xy);
        angles.map(|((xx, yy), xy)| (0.5 * (2.0 * xy).atan2(xx - yy) + std::f64::consts::FRAC_PI_2) as f32).collect()
    }

    /// Sums over boxes that reach `reach` cells to each side, cut at the border.
    fn blurred(&self, values: Vec<f64>, reach: usize) -> Vec<f64> {
        let pass = |values: &[f64], count: usize, step: usize, lines: usize, line_step: usize| {
            let mut out = vec![0.0; values.len()];
            for line in 0..lines {
                let at = |i: usize| line * line_step + i * step;
                for i in 0..count {
                    let near = i.saturating_sub(reach)..(i + reach + 1).min(count);
                    out[at(i)] = near.map(|j| values[at(j)]).sum();
                }
            }
            out
        };
        let across = pass(&values, self.columns, 1, self.rows, self.columns);
        pass(&across, self.rows, self.columns, self.columns, 1)
    }

    fn pixels(&self, easel: &Easel, column: usize, row: usize) -> impl Iterator<Item = usize> + use<> {
        let width = easel.width();
        let span = |at: usize, most: usize, side: usize| at * side..((at + 1) * side).min(most);
        let (xs, ys) = (span(column, width, self.side), span(row, easel.height(), self.side));
        ys.flat_map(move |y| xs.clone().map(move |x| y * width + x))
    }
}
