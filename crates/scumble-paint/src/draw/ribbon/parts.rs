//! The parts of a ribbon, and the pixels each of them owns.

use std::ops::Range;

use super::{Grid, Place};
use crate::painting::Point;

/// A straight piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub from: Point,
    pub to: Point,
    /// Its direction.
    pub way: Point,
    /// Normals of the lines that end it.
    pub bounds: [Point; 2],
    pub along: [f32; 2],
    pub radius: [f32; 2],
}

/// The outside of a sharp turn, or a round end: pixels after the line across `ends[0]` and before that across `ends[1]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wedge {
    pub centre: Point,
    pub ends: [Point; 2],
    pub along: f32,
    pub radius: f32,
    /// 1 or -1: on which side of the stroke it is.
    pub side: f32,
}

fn dot(a: Point, b: Point) -> f32 {
    a[0] * b[0] + a[1] * b[1]
}

impl Piece {
    /// The rows in sight that it may touch.
    pub fn rows(&self, grid: &Grid, margin: f32) -> Range<usize> {
        let corner = |end: usize, side: f32| {
            let (p, bound) = ([self.from, self.to][end], self.bounds[end]);
            // Along the bounding line as far as the side is.
            let reach = (self.radius[end] + margin) * side / dot(bound, self.way);
            p[1] + bound[0] * reach
        };
        let ys = [corner(0, -1.0), corner(0, 1.0), corner(1, -1.0), corner(1, 1.0)];
        let [top, bottom] = ys.iter().fold([f32::INFINITY, f32::NEG_INFINITY], |a, y| [a[0].min(*y), a[1].max(*y)]);
        grid.rows_between(top, bottom)
    }

    /// Tells the places of its pixels in sight.
    pub fn visit(&self, grid: &Grid, margin: f32, tell: &mut impl FnMut(Place)) {
        let step = 1.0 / grid.scale[0];
        let most = self.radius[0].max(self.radius[1]) + margin;
        let [first, second] = self.bounds;
        for y in self.rows(grid, margin) {
            let qy = (y as f32 + 0.5) / grid.scale[1];
            let rise = qy - self.from[1];
            let (first_rise, second_rise) = (first[1] * rise, second[1] * (qy - self.to[1]));
            let across_rise = self.way[0] * rise;
            // Halves of the plane, as slope and value at x = 0 of what must not be negative.
            let halves = [
                [first[0], first_rise - first[0] * self.from[0]],
                [-second[0], second[0] * self.to[0] - second_rise],
                [-self.way[1], across_rise + self.way[1] * self.from[0] + most],
                [self.way[1], most - across_rise - self.way[1] * self.from[0]],
            ];
            for x in columns(&halves, grid) {
                let qx = (x as f32 + 0.5) * step;
                let after = first[0] * (qx - self.from[0]) + first_rise;
                let before = second[0] * (qx - self.to[0]) + second_rise;
                if after < 0.0 || before >= 0.0 {
                    continue;
                }
                let t = after / (after - before);
                let across = across_rise - self.way[1] * (qx - self.from[0]);
                let radius = self.radius[0] + (self.radius[1] - self.radius[0]) * t;
                if across.abs() <= radius + margin {
                    let along = self.along[0] + (self.along[1] - self.along[0]) * t;
                    tell(Place { x, y, along, across, radius });
                }
            }
        }
    }
}

impl Wedge {
    /// The rows in sight that it may touch.
    pub fn rows(&self, grid: &Grid, margin: f32) -> Range<usize> {
        let reach = self.radius + margin;
        grid.rows_between(self.centre[1] - reach, self.centre[1] + reach)
    }

    /// Tells the places of its pixels in sight.
    pub fn visit(&self, grid: &Grid, margin: f32, tell: &mut impl FnMut(Place)) {
        let reach = self.radius + margin;
        for y in self.rows(grid, margin) {
            let rise = (y as f32 + 0.5) / grid.scale[1] - self.centre[1];
            let half = (reach * reach - rise * rise).max(0.0).sqrt();
            let [[ax, ay], [bx, by]] = self.ends;
            let halves = [
                [1.0, half - self.centre[0]],
                [-1.0, half + self.centre[0]],
                [ax, ay * rise - ax * self.centre[0]],
                [-bx, bx * self.centre[0] - by * rise],
            ];
            for x in columns(&halves, grid) {
                let run = (x as f32 + 0.5) / grid.scale[0] - self.centre[0];
                if ax * run + ay * rise >= 0.0 && bx * run + by * rise <= 0.0 {
                    let distance = run.hypot(rise);
                    if distance <= reach {
                        tell(Place { x, y, along: self.along, across: distance * self.side, radius: self.radius });
                    }
                }
            }
        }
    }
}

/// Pixels of a row that may be within all the halves, one more on either side for rounding.
fn columns(halves: &[[f32; 2]; 4], grid: &Grid) -> Range<usize> {
    let (mut low, mut high) = (0.0f32, grid.width as f32 / grid.scale[0]);
    for [slope, value] in halves {
        if slope.abs() < 1e-3 {
            // The line is nearly level: where it crosses the row is rounding, and the pixels' own test decides.
            continue;
        }
        let x = -value / slope;
        if *slope > 0.0 {
            low = low.max(x);
        } else {
            high = high.min(x);
        }
    }
    // Coordinates' rounding, seen along a line of the least slope above.
    let slack = 2.0 + 2e-4 * grid.width as f32;
    let start = (low * grid.scale[0] - slack).max(0.0) as usize;
    let end = (high * grid.scale[0] + slack).max(0.0) as usize;
    start..end.min(grid.width)
}
