//! Strokes as ribbons: where along a stroke, and how far beside it, each pixel lies.
//!
//! A stroke's middle is a polyline. Each of its pieces owns the pixels beside it, up to the bisectors at its ends, which it shares with its
//! neighbours; sharp turns get a wedge on their outside. So pieces meet without gap or overlap, and position along the stroke
//! is the same on either side of a joint. Only inside of turns tighter than the stroke is wide, and where it crosses itself,
//! is a pixel met several times: which one counts is for the caller to say.

mod parts;

use std::ops::Range;

use parts::{Piece, Wedge};

use crate::painting::{Geometry, Point};
use crate::raster::flatten::{self, Detail};

/// Cosine of the sharpest turn (30°) whose outside is mitred; sharper ones get a wedge.
const MITRED: f32 = 0.866;
/// Farthest that a polyline may be from its curve, in pixels.
const TOLERANCE: f32 = 0.1;

/// Where pixels are.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Width of the picture.
    pub width: usize,
    /// The rows in sight.
    pub rows: Range<usize>,
    /// Pixels a unit of the frame, along x and y.
    pub scale: [f32; 2],
}

impl Grid {
    /// A pixel's side in the frame; of its longer side if they differ.
    pub fn pixel(&self) -> f32 {
        1.0 / self.scale[0].min(self.scale[1])
    }

    /// The rows between two heights of the frame.
    fn rows_between(&self, top: f32, bottom: f32) -> Range<usize> {
        let row = |y: f32| (y * self.scale[1]) as usize;
        row(top).max(self.rows.start)..row(bottom).saturating_add(2).min(self.rows.end)
    }
}

/// A pixel's place in a stroke, in units of the frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Pixel of a row.
    pub x: usize,
    /// The row.
    pub y: usize,
    /// Distance from the mark's start along the stroke.
    pub along: f32,
    /// Distance beside the middle, to the right positive.
    pub across: f32,
    /// Half of the width there.
    pub radius: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Ends {
    /// The mark goes on straight for half of its width, as far as round ends reach.
    Long,
    /// Half discs.
    Round,
    /// It ends with the path.
    Short,
}

/// A stroke laid out; reused from stroke to stroke.
#[derive(Debug, Clone, Default)]
pub(super) struct Ribbon {
    /// x, y, half width.
    path: Vec<[f32; 3]>,
    pieces: Vec<Piece>,
    wedges: Vec<Wedge>,
    /// Length along the stroke from end to end of the mark.
    pub length: f32,
    /// Its largest width.
    pub width: f32,
}

impl Ribbon {
    /// Lays out a stroke whose mark has square ends, for textures; `false` if the geometry has no direction.
    pub fn lay_mark(&mut self, geometry: &Geometry, grid: &Grid) -> bool {
        let ends = match geometry {
            Geometry::Rectangle { centre, half, angle } => {
                self.lay_box(*centre, *half, *angle);
                Ends::Short
            }
            Geometry::Stamp { centre, angle, length, width } => {
                self.lay_box(*centre, [length / 2.0, width / 2.0], *angle);
                Ends::Short
            }
            _ if self.lay_path(geometry, grid) => Ends::Long,
            _ => return false,
        };
        self.join(ends);
        true
    }

    /// Lays out a line, curve or spline with round ends; `false` if the geometry is none of them.
    pub fn lay_round(&mut self, geometry: &Geometry, grid: &Grid) -> bool {
        let laid = self.lay_path(geometry, grid);
        if laid {
            self.join(Ends::Round);
        }
        laid
    }

    fn lay_box(&mut self, centre: Point, half: [f32; 2], angle: f32) {
        let (sin, cos) = angle.sin_cos();
        self.path.clear();
        self.path.extend([-half[0], half[0]].map(|x| [centre[0] + x * cos, centre[1] + x * sin, half[1]]));
    }

    fn lay_path(&mut self, geometry: &Geometry, grid: &Grid) -> bool {
        let detail = Detail { unit: grid.scale[0].max(grid.scale[1]), tolerance: TOLERANCE };
        let path = &mut self.path;
        path.clear();
        match geometry {
            Geometry::Line { points, width } => path.extend(points.map(|[x, y]| [x, y, width / 2.0])),
            Geometry::Curve { points, widths } => {
                let radius = |t: f32| (widths[0] + (widths[1] - widths[0]) * t) / 2.0;
                flatten::quadratic(points, detail, |[x, y], t| path.push([x, y, radius(t)]));
            }
            Geometry::Spline { points, width } => {
                flatten::spline(points, detail, |[x, y]| path.push([x, y, width / 2.0]));
            }
            _ => return false,
        }
        true
    }

    /// Turns the path into pieces and wedges.
    fn join(&mut self, ends: Ends) {
        let reach = self.path.iter().fold(0.0f32, |a, p| a.max(p[0].abs()).max(p[1].abs()));
        // Points closer than rounding have no direction.
        let least = (reach * 1e-6).max(1e-6);
        self.path.dedup_by(|b, a| (b[0] - a[0]).hypot(b[1] - a[1]) <= least);
        self.width = self.path.iter().fold(0.0f32, |a, p| a.max(2.0 * p[2]));
        self.pieces.clear();
        self.wedges.clear();
        self.length = 0.0;
        let (Some(&first), Some(&last)) = (self.path.first(), self.path.last()) else { return };
        let alone = self.path.len() == 1;
        let way = |a: [f32; 3], b: [f32; 3]| {
            let length = (b[0] - a[0]).hypot(b[1] - a[1]);
            [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
        };
        let (out, away) = match self.path.as_slice() {
            [a, b, .., c, d] => (way(*a, *b), way(*c, *d)),
            [a, b, c] => (way(*a, *b), way(*b, *c)),
            [a, b] => (way(*a, *b), way(*a, *b)),
            _ => ([1.0, 0.0], [1.0, 0.0]),
        };
        if ends == Ends::Long {
            let start = [first[0] - out[0] * first[2], first[1] - out[1] * first[2], first[2]];
            let end = [last[0] + away[0] * last[2], last[1] + away[1] * last[2], last[2]];
            if alone {
                self.path.clear();
            }
            self.path.insert(0, start);
            self.path.push(end);
            self.path.dedup_by(|b, a| (b[0] - a[0]).hypot(b[1] - a[1]) <= least);
        }
        for i in 1..self.path.len() {
            let (a, b) = (self.path[i - 1], self.path[i]);
            self.length += self.piece(a, b, way(a, b), self.length);
        }
        self.turn();
        if ends == Ends::Round {
            let end = |at: [f32; 3], ends: [Point; 2], along: f32| Wedge {
                centre: [at[0], at[1]],
                ends,
                along,
                radius: at[2],
                side: 1.0,
            };
            if alone {
                self.wedges.push(end(first, [[0.0; 2]; 2], 0.0));
            } else {
                self.wedges.push(end(first, [[0.0; 2], out], 0.0));
                self.wedges.push(end(last, [away, [0.0; 2]], self.length));
            }
        }
    }

    /// Adds a straight piece, cut so that none is much longer than wide; returns its length.
    fn piece(&mut self, a: [f32; 3], b: [f32; 3], way: Point, along: f32) -> f32 {
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        let count = (length / self.width.max(length / 64.0)).ceil().clamp(1.0, 64.0) as usize;
        let at = |i: usize| {
            let t = i as f32 / count as f32;
            [0, 1, 2].map(|k| if i == count { b[k] } else { a[k] + (b[k] - a[k]) * t })
        };
        for i in 0..count {
            let (p, q) = (at(i), at(i + 1));
            self.pieces.push(Piece {
                from: [p[0], p[1]],
                to: [q[0], q[1]],
                way,
                bounds: [way, way],
                along: [i, i + 1].map(|i| along + length * (i as f32 / count as f32)),
                radius: [p[2], q[2]],
            });
        }
        length
    }

    /// Sets the lines at which pieces meet.
    fn turn(&mut self) {
        for i in 1..self.pieces.len() {
            let (a, b) = (self.pieces[i - 1], self.pieces[i]);
            let cos = a.way[0] * b.way[0] + a.way[1] * b.way[1];
            if cos > MITRED {
                let sum = [a.way[0] + b.way[0], a.way[1] + b.way[1]];
                let length = sum[0].hypot(sum[1]);
                let shared = sum.map(|v| v / length);
                self.pieces[i - 1].bounds[1] = shared;
                self.pieces[i].bounds[0] = shared;
            } else {
                let left = a.way[0] * b.way[1] - a.way[1] * b.way[0] > 0.0;
                self.wedges.push(Wedge {
                    centre: b.from,
                    ends: [a.way, b.way],
                    along: b.along[0],
                    radius: b.radius[0],
                    side: if left { -1.0 } else { 1.0 },
                });
            }
        }
    }

    /// The part of the stroke, as distances along it, that may be in sight.
    pub fn in_sight(&self, grid: &Grid) -> Option<[f32; 2]> {
        let margin = grid.pixel();
        let pieces = self.pieces.iter().filter(|piece| !piece.rows(grid, margin).is_empty()).map(|piece| piece.along);
        let wedges = self.wedges.iter().filter(|wedge| !wedge.rows(grid, margin).is_empty());
        pieces.chain(wedges.map(|wedge| [wedge.along; 2])).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])
    }

    /// Tells the places of all pixels in sight that are at most `margin` beyond the stroke's sides.
    pub fn visit(&self, grid: &Grid, margin: f32, mut tell: impl FnMut(Place)) {
        for piece in &self.pieces {
            piece.visit(grid, margin, &mut tell);
        }
        for wedge in &self.wedges {
            wedge.visit(grid, margin, &mut tell);
        }
    }
}
