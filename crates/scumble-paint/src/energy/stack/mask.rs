//! Which pixels a stroke covers, and by how much, kept for as long as it stays where it is.

use std::ops::Range;

use crate::painting::Geometry;
use crate::raster::{Run, Scan};

/// A rectangle of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// First column, and the column after the last.
    pub x: [usize; 2],
    /// First row, and the row after the last.
    pub y: [usize; 2],
}

impl Area {
    /// Whether it holds no pixel.
    pub fn is_empty(&self) -> bool {
        self.x[0] >= self.x[1] || self.y[0] >= self.y[1]
    }

    /// Whether a pixel lies in both.
    pub fn meets(&self, other: &Self) -> bool {
        let both = |a: [usize; 2], b: [usize; 2]| a[0].max(b[0]) < a[1].min(b[1]);
        both(self.x, other.x) && both(self.y, other.y)
    }

    /// The smallest area that holds both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        if self.is_empty() {
            return other;
        }
        if other.is_empty() {
            return self;
        }
        let hull = |a: [usize; 2], b: [usize; 2]| [a[0].min(b[0]), a[1].max(b[1])];
        Self { x: hull(self.x, other.x), y: hull(self.y, other.y) }
    }

    /// Wider by some pixels on each side, within a picture of the given size.
    #[must_use]
    pub fn grown(self, by: usize, size: [usize; 2]) -> Self {
        let wider = |a: [usize; 2], most: usize| [a[0].saturating_sub(by), (a[1] + by).min(most)];
        Self { x: wider(self.x, size[0]), y: wider(self.y, size[1]) }
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.x[1].saturating_sub(self.x[0])
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.y[1].saturating_sub(self.y[0])
    }
}

/// Pixels of a row of which the same share is covered.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Part {
    y: u32,
    start: u32,
    end: u32,
    cover: f32,
}

/// The covered pixels of a stroke, row by row and from the left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mask {
    parts: Vec<Part>,
    area: Area,
}

impl Mask {
    /// Of a stroke of even paint.
    pub fn new(geometry: &Geometry, scan: &mut Scan) -> Self {
        scan.trace(geometry);
        let mut mask = Self::default();
        scan.runs(|run| mask.push(run));
        mask
    }

    /// Adds pixels; rows come from the top, and within a row from the left, without overlap.
    pub fn push(&mut self, run: Run) {
        if run.start >= run.end {
            return;
        }
        self.area = self.area.with(Area { x: [run.start, run.end], y: [run.y, run.y + 1] });
        let [y, start, end] = [run.y, run.start, run.end].map(|v| v as u32);
        self.parts.push(Part { y, start, end, cover: run.cover });
    }

    /// The smallest area that holds it.
    pub fn area(&self) -> Area {
        self.area
    }

    /// Number of pixels it touches.
    pub fn pixels(&self) -> usize {
        self.parts.iter().map(|part| (part.end - part.start) as usize).sum()
    }

    /// Tells its runs inside an area: row, columns, covered share.
    pub fn within(&self, area: &Area, mut sink: impl FnMut(usize, Range<usize>, f64)) {
        let from = self.parts.partition_point(|part| (part.y as usize) < area.y[0]);
        for part in &self.parts[from..] {
            if part.y as usize >= area.y[1] {
                break;
            }
            let columns = (part.start as usize).max(area.x[0])..(part.end as usize).min(area.x[1]);
            if !columns.is_empty() {
                sink(part.y as usize, columns, f64::from(part.cover));
            }
        }
    }
}
