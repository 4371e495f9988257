//! Rows of a layer's features.

use std::ops::Range;

use crate::ops::{Map, Window};

/// Rows of a layer's map, and those among them that are shown: the others surround them and are shown another time.
#[derive(Debug, Clone, Copy)]
pub(super) struct View<'a> {
    /// Computed rows.
    pub map: &'a Map,
    /// Which row of the layer's map the first of them is.
    pub first: usize,
    /// The shown rows of the layer's map.
    pub shown: (usize, usize),
}

impl<'a> View<'a> {
    /// All of a layer's map.
    pub(super) fn whole(map: &'a Map) -> Self {
        Self { map, first: 0, shown: (0, map.height) }
    }

    /// Rows of a layer's map, of which `shown` are shown.
    pub(super) fn rows(map: &'a Map, first: usize, shown: Range<usize>) -> Self {
        Self { map, first, shown: (shown.start, shown.end) }
    }

    /// Whether it shows the whole layer.
    pub(super) fn is_whole(&self) -> bool {
        self.first == 0 && self.shown == (0, self.map.height)
    }

    /// The shown part of a window of the layer's map, as a window of `map`.
    pub(super) fn window(&self, window: Window) -> Option<Window> {
        let top = window.top.max(self.shown.0);
        let end = (window.top + window.height).min(self.shown.1);
        (top < end).then(|| Window { top: top - self.first, height: end - top, ..window })
    }
}
