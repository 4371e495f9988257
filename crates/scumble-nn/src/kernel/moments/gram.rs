//! F·Fᵀ and F·1.

use std::ops::Range;

use rayon::prelude::*;

use super::runs::{self, positions};
use super::turned::{self, POSITIONS, Turn, VECTORS};
use crate::kernel::lanes::{Lanes, Level, Task};
use crate::kernel::scratch;
use crate::kernel::shared_mut::SharedMut;
use crate::kernel::winograd::register_tile;
use crate::ops::{Map, Window};

/// Channels of a register tile's rows.
const ROWS: usize = 4;
/// Panels of positions that one task sums in single precision; the sums of tasks are added in double precision.
const SEGMENT: usize = 16;
/// Floats that are turned at a time: 4 MB.
const TURNED: usize = 1 << 20;

/// As [`super::moments`].
pub(super) fn moments(map: &Map, window: Window, level: Level) -> Vec<f64> {
    let width = VECTORS * level.lanes();
    let columns = map.channels.div_ceil(width);
    let layout = Layout { width, columns, tiles: columns * width * columns * width };
    let mut out = vec![0.0; map.channels * (map.channels + 1)];
    let parts = runs::parts(map, window, POSITIONS);
    let round = (TURNED / (columns * turned::len(width)).max(1)).max(1).next_multiple_of(SEGMENT);
    for parts in parts.chunks(round) {
        add(map, parts, level, layout, &mut out);
    }
    out
}

/// Where panels and sums stand.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Channels of a panel.
    width: usize,
    /// Panels side by side.
    columns: usize,
    /// Floats of all products.
    tiles: usize,
}

impl Layout {
    /// Where the register tiles of a column of panels start: `[column][row of tiles][ROWS][width]`.
    fn column(&self, column: usize) -> usize {
        column * self.columns * self.width * self.width
    }

    /// The product of two channels, of which the second is not before the first.
    fn product(&self, row: usize, column: usize) -> usize {
        self.column(column / self.width) + row * self.width + column % self.width
    }
}

/// Adds the sums over some parts.
fn add(map: &Map, parts: &[Vec<runs::Run>], level: Level, layout: Layout, out: &mut [f64]) {
    let Layout { width, columns, tiles } = layout;
    let panel = turned::len(width);
    let segments = parts.len().div_ceil(SEGMENT);
    let all = parts.len() * columns;
    scratch::with(all * (panel + width) + segments * tiles, |buffer| {
        let (panels, rest) = buffer.split_at_mut(all * panel);
        let (sums, products) = rest.split_at_mut(all * width);
        let shared = SharedMut::new(sums.as_mut_ptr());
        panels.par_chunks_exact_mut(panel).enumerate().for_each(|(i, panel)| {
            let (part, column) = (i / columns, i % columns);
            let sums = SharedMut::new(shared.at(i * width));
            level.run(Turn { map, first: column * width, runs: &parts[part], panel, sums });
        });
        let (panels, shared) = (&*panels, SharedMut::new(products.as_mut_ptr()));
        (0..segments * columns).into_par_iter().with_max_len(1).for_each(|i| {
            // The last columns have most to do.
            let (segment, column) = (i % segments, columns - 1 - i / segments);
            let part = segment * SEGMENT..((segment + 1) * SEGMENT).min(parts.len());
            let to = SharedMut::new(shared.at(segment * tiles + layout.column(column)));
            level.run(Column { panels, counts: &parts[part.clone()], part, columns, column, to });
        });
        out.par_chunks_exact_mut(map.channels + 1).enumerate().for_each(|(row, out)| {
            let (last, line) = out.split_last_mut().expect("a row has its sum");
            for (column, value) in line.iter_mut().enumerate() {
                // Only what is on and above the diagonal has been summed.
                let at = layout.product(row.min(column), row.max(column));
                *value += (0..segments).map(|segment| f64::from(products[segment * tiles + at])).sum::<f64>();
            }
            let at = |part: usize| (part * columns + row / width) * width + row % width;
            *last += (0..parts.len()).map(|part| f64::from(sums[at(part)])).sum::<f64>();
        });
    });
}

/// The products of a column of panels with all before it and itself, over a segment's parts.
struct Column<'a> {
    panels: &'a [f32],
    counts: &'a [Vec<runs::Run>],
    part: Range<usize>,
    columns: usize,
    column: usize,
    to: SharedMut<f32>,
}

impl Task for Column<'_> {
    #[inline(always)]
    fn run<S: Lanes>(self, s: S) {
        let width = VECTORS * S::LANES;
        let len = turned::len(width);
        for (part, runs) in self.part.clone().zip(self.counts) {
            let panel = |column: usize| self.panels[(part * self.columns + column) * len..][..len].as_ptr();
            for row in (0..(self.column + 1) * width).step_by(ROWS) {
                // SAFETY: panels hold that many positions; these tiles are nobody else's.
                unsafe {
                    let u = panel(row / width).add(row % width);
                    let to = self.to.at(row * width);
                    let on_top = part > self.part.start;
                    let depth = positions(runs);
                    register_tile::<S, ROWS, VECTORS>(s, on_top, depth, (u, width), panel(self.column), to);
                }
            }
        }
    }
}
