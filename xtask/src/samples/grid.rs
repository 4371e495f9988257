//! A function of the plane, computed once on a coarse grid and interpolated between its points.

use super::geometry::{Vec2, vec2};

/// Values on a grid, one every [`Grid::STEP`] picture pixels.
pub struct Grid<T> {
    columns: usize,
    rows: usize,
    values: Vec<T>,
}

/// What can be interpolated.
pub trait Blend: Copy {
    /// `self + (other - self) * t`.
    fn blend(self, other: Self, t: f32) -> Self;
}

impl Blend for f32 {
    fn blend(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

impl Blend for Vec2 {
    fn blend(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

impl<T: Blend> Grid<T> {
    /// Pixels from point to point: small beside everything the fields show.
    const STEP: f32 = 3.0;
    /// Pixels covered beyond each edge of the picture.
    const MARGIN: f32 = 48.0;

    /// Samples `function` over `width` × `height` pixels and the margin around them.
    pub fn new(width: f32, height: f32, function: impl Fn(Vec2) -> T) -> Self {
        let points = |length: f32| ((length + 2.0 * Self::MARGIN) / Self::STEP).ceil() as usize + 1;
        let (columns, rows) = (points(width), points(height));
        let place = |i: usize| i as f32 * Self::STEP - Self::MARGIN;
        let values = (0..columns * rows).map(|i| function(vec2(place(i % columns), place(i / columns)))).collect();
        Self { columns, rows, values }
    }

    /// The interpolated value at `p`; beyond the margin, that of its edge.
    pub fn at(&self, p: Vec2) -> T {
        let place = |v: f32, points: usize| ((v + Self::MARGIN) / Self::STEP).clamp(0.0, (points - 2) as f32);
        let (x, y) = (place(p.x, self.columns), place(p.y, self.rows));
        let (column, row) = (x as usize, y as usize);
        let first = row * self.columns + column;
        let pair = |i: usize| self.values[i].blend(self.values[i + 1], x - column as f32);
        pair(first).blend(pair(first + self.columns), y - row as f32)
    }
}
