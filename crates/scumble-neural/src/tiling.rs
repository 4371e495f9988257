//! A picture in tiles whose sums and gradients add up to exactly those of the whole.
//!
//! A tile's own part is its inner rectangle; the parts cover the picture once. Around it the tile has a margin, so wide
//! that the features inside depend on nothing beyond. Sums are taken over the inner parts. The gradient of a tile's sums
//! reaches into its margin and is added there too.

use scumble_nn::{Encoder, Layer, Planes, Window};

use crate::schedule::Size;

/// One tile, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// With its margin.
    pub outer: Window,
    /// Its own part, relative to the picture.
    pub inner: Window,
}

/// The tiles of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tiles {
    size: Size,
    tiles: Vec<Tile>,
}

impl Tiles {
    /// The picture as its only tile.
    pub fn whole(size: Size) -> Self {
        let all = Window::whole(size.1, size.0);
        Self { size, tiles: vec![Tile { outer: all, inner: all }] }
    }

    /// Tiles of about `side` pixels a side, all of one size but for the last, with `margin` around them. `stride` is the
    /// deepest layer's, in pixels.
    ///
    /// Every tile with its margin starts at a multiple of four strides: there the convolution's own squares of four by four
    /// positions fall where they do in the whole picture and round alike, so that the same units are on.
    ///
    /// # Panics
    /// If `side` or `stride` is 0.
    pub fn new(size: Size, side: usize, margin: usize, stride: usize) -> Self {
        let step = 4 * stride;
        let cuts = |length: usize| -> Vec<(usize, usize)> {
            let side = length.div_ceil(length.div_ceil(side)).next_multiple_of(step);
            let mut cuts: Vec<_> = (0..length).step_by(side).map(|start| (start, side.min(length - start))).collect();
            // A strip narrower than the stride may have no position of the deepest layer: the one before takes it.
            if let [.., before, last] = cuts.as_mut_slice()
                && last.1 < stride
            {
                before.1 += last.1;
                cuts.pop();
            }
            cuts
        };
        let widened = |(start, length): (usize, usize), whole: usize| {
            let first = start.saturating_sub(margin) / step * step;
            let end = (start + length + margin).next_multiple_of(stride).min(whole);
            (first, end - first)
        };
        let mut tiles = Vec::new();
        for row in cuts(size.1) {
            for column in cuts(size.0) {
                let ((top, height), (left, width)) = (widened(row, size.1), widened(column, size.0));
                let outer = Window { top, left, height, width };
                let inner = Window { top: row.0, left: column.0, height: row.1, width: column.1 };
                tiles.push(Tile { outer, inner });
            }
        }
        Self { size, tiles }
    }

    /// Width and height of the picture.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The tiles, row by row.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Tile> {
        self.tiles.iter()
    }

    /// The tile that is the whole picture, if it is one.
    pub fn only(&self) -> Option<&Tile> {
        match self.tiles.as_slice() {
            [tile] => Some(tile),
            _ => None,
        }
    }

    /// The positions of a layer's map of the tile that are of its inner part.
    pub fn window(&self, encoder: &Encoder, layer: Layer, tile: &Tile) -> Window {
        let range = |start: usize, length: usize, outer: usize, whole: usize| {
            let end = start + length;
            let end = if end == whole { encoder.side(layer, whole) } else { end >> layer.pools() };
            let (start, outer) = (start >> layer.pools(), outer >> layer.pools());
            (start - outer, end - start)
        };
        let Tile { outer, inner } = tile;
        let (top, height) = range(inner.top, inner.height, outer.top, self.size.1);
        let (left, width) = range(inner.left, inner.width, outer.left, self.size.0);
        Window { top, left, height, width }
    }

    /// The pixels of a tile with its margin, three planes.
    pub fn cut(&self, tile: &Tile, picture: &Planes<'_>) -> Vec<f32> {
        let outer = &tile.outer;
        let mut out = Vec::with_capacity(3 * outer.positions());
        for plane in picture.values.chunks_exact(self.size.0 * self.size.1) {
            for row in outer.top..outer.top + outer.height {
                out.extend_from_slice(&plane[row * self.size.0 + outer.left..][..outer.width]);
            }
        }
        out
    }

    /// Adds a tile's gradient, three planes with its margin, to the picture's.
    pub fn add(&self, tile: &Tile, gradient: &[f32], picture: &mut [f32]) {
        let outer = &tile.outer;
        let planes = picture.chunks_exact_mut(self.size.0 * self.size.1).zip(gradient.chunks_exact(outer.positions()));
        for (to, from) in planes {
            for (row, from) in (outer.top..).zip(from.chunks_exact(outer.width)) {
                let to = &mut to[row * self.size.0 + outer.left..][..outer.width];
                to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
            }
        }
    }
}
