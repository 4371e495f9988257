//! Feature maps on the processor.

use rayon::prelude::*;

use crate::kernel::{Buffer, Buffers};

/// A feature map, `[channels, height, width]`.
#[derive(Debug)]
pub struct Map {
    /// Its values, channel after channel, row after row.
    pub values: Buffer,
    /// Channels.
    pub channels: usize,
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
}

/// A rectangle of a map's positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// First row.
    pub top: usize,
    /// First column.
    pub left: usize,
    /// Rows.
    pub height: usize,
    /// Columns.
    pub width: usize,
}

impl Window {
    /// All of a map.
    pub fn whole(height: usize, width: usize) -> Self {
        Self { top: 0, left: 0, height, width }
    }

    /// Number of positions.
    pub fn positions(&self) -> usize {
        self.height * self.width
    }

    /// The offsets of the window's first position in each of its rows, in a plane of `width` columns.
    pub(crate) fn rows(self, width: usize) -> impl Iterator<Item = usize> + Clone {
        (self.top..self.top + self.height).map(move |row| row * width + self.left)
    }
}

impl Map {
    /// A map of any values.
    pub fn new(channels: usize, height: usize, width: usize, buffers: &Buffers) -> Self {
        Self { values: buffers.take(channels * height * width), channels, height, width }
    }

    /// A map of zeros.
    pub fn zeros(channels: usize, height: usize, width: usize, buffers: &Buffers) -> Self {
        let mut map = Self::new(channels, height, width, buffers);
        map.values.fill(0.0);
        map
    }

    /// A map of `values`.
    ///
    /// # Panics
    /// If they are not `channels * height * width`.
    pub fn of(values: &[f32], channels: usize, height: usize, width: usize, buffers: &Buffers) -> Self {
        let mut map = Self::new(channels, height, width, buffers);
        map.values.copy_from_slice(values);
        map
    }

    /// Number of positions.
    pub fn positions(&self) -> usize {
        self.height * self.width
    }

    /// The values of a window, `[channels, window.height, window.width]`.
    pub fn cut(&self, window: Window, buffers: &Buffers) -> Self {
        let mut map = Self::new(self.channels, window.height, window.width, buffers);
        let planes =
            self.values.par_chunks_exact(self.positions()).zip(map.values.par_chunks_exact_mut(window.positions()));
        planes.for_each(|(from, to)| {
            for (row, to) in window.rows(self.width).zip(to.chunks_exact_mut(window.width)) {
                to.copy_from_slice(&from[row..][..window.width]);
            }
        });
        map
    }

    /// Rows from `first` on.
    pub fn cut_rows(&self, first: usize, rows: usize, buffers: &Buffers) -> Self {
        self.cut(Window { top: first, left: 0, height: rows, width: self.width }, buffers)
    }

    /// Overwrites rows from `first` on by all of `rows`.
    pub fn put_rows(&mut self, first: usize, rows: &Map) {
        let (plane, width) = (self.positions(), self.width);
        let planes = self.values.par_chunks_exact_mut(plane).zip(rows.values.par_chunks_exact(rows.positions()));
        planes.for_each(|(to, from)| to[first * width..][..from.len()].copy_from_slice(from));
    }
}
