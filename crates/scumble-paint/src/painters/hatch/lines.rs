//! Lines at even distances, along directions given everywhere (Jobard and Lefer 1997, "Creating evenly-spaced streamlines of
//! arbitrary density").

use crate::painting::Point;

/// How near a line may come to another, in distances that are wanted there.
const NEAR: f32 = 0.6;
/// How far a line may turn away from its direction at the seed, as the cosine of 50 degrees.
const TURN: f32 = 0.643;

/// What lines follow.
pub(super) trait Ground {
    /// The distance to keep from other lines at a point; none where no line may be.
    fn spacing(&self, at: Point) -> Option<f32>;
    /// The direction at a point, of length 1; its sign does not matter.
    fn along(&self, at: Point) -> Point;
    /// Whether a line from one point may go on at another.
    fn joins(&self, from: Point, to: Point) -> bool;
}

/// The lines of one layer so far, as points in the cells of a grid.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    cell: f32,
    columns: usize,
    cells: Vec<Vec<Point>>,
}

impl Lines {
    /// No lines, in a picture of `size` pixels; distances are `cell` pixels or more.
    pub fn new(size: [usize; 2], cell: f32) -> Self {
        let [columns, rows] = size.map(|side| (side as f32 / cell) as usize + 1);
        Self { cell, columns, cells: vec![Vec::new(); columns * rows] }
    }

    /// The line through a seed, in steps of `step` pixels and up to `length` long; it is kept if it is at least `least`.
    pub fn grow(
        &mut self,
        seed: Point,
        ground: &impl Ground,
        step: f32,
        [least, length]: [f32; 2],
    ) -> Option<Vec<Point>> {
        if !self.is_free(seed, ground) {
            return None;
        }
        let start = ground.along(seed);
        let ahead = self.follow(seed, start, ground, step, length / 2.0);
        let gone = step * ahead.len() as f32;
        let back = self.follow(seed, start.map(|v| -v), ground, step, length - gone);
        let path: Vec<Point> = back.into_iter().rev().chain([seed]).chain(ahead).collect();
        if step * ((path.len() - 1) as f32) < least {
            return None;
        }
        for point in &path {
            let cell = self.cell_of(*point);
            if let Some(cell) = self.cells.get_mut(cell[1] * self.columns + cell[0]) {
                cell.push(*point);
            }
        }
        Some(path)
    }

    fn follow(&self, seed: Point, start: Point, ground: &impl Ground, step: f32, length: f32) -> Vec<Point> {
        let (mut at, mut to) = (seed, start);
        let mut path = Vec::new();
        while step * ((path.len() + 1) as f32) <= length {
            let next = [at[0] + step * to[0], at[1] + step * to[1]];
            if !ground.joins(seed, next) || !self.is_free(next, ground) {
                break;
            }
            path.push(next);
            at = next;
            let [x, y] = ground.along(at);
            let sign = if x * to[0] + y * to[1] < 0.0 { -1.0 } else { 1.0 };
            to = [sign * x, sign * y];
            if to[0] * start[0] + to[1] * start[1] < TURN {
                break;
            }
        }
        path
    }

    fn cell_of(&self, at: Point) -> [usize; 2] {
        at.map(|v| (v.max(0.0) / self.cell) as usize)
    }

    /// Whether a line may be at a point, and no other is near.
    fn is_free(&self, at: Point, ground: &impl Ground) -> bool {
        let Some(spacing) = ground.spacing(at) else { return false };
        let reach = NEAR * spacing;
        let [from, to] = [-reach, reach].map(|by| self.cell_of(at.map(|v| v + by)));
        for y in from[1]..=to[1] {
            for x in from[0]..=to[0].min(self.columns - 1) {
                let near = |p: &Point| (p[0] - at[0]).hypot(p[1] - at[1]) < reach;
                if self.cells.get(y * self.columns + x).is_some_and(|cell| cell.iter().any(near)) {
                    return false;
                }
            }
        }
        true
    }
}
