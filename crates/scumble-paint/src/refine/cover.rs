//! How much of each pixel a mark covers softly, and on which part of its outline that depends.

use std::ops::Range;

use super::mark::{Mark, Node};
use crate::energy::Area;

/// The nearest point of an outline or path.
#[derive(Debug, Clone, Copy)]
struct Foot {
    segment: u32,
    /// How far along the segment, 0 to 1.
    u: f64,
    /// Distance to it in pixels; of paths, by how much the half width is more.
    s: f64,
}

/// A mark's soft coverage of an area.
#[derive(Debug, Clone)]
pub(super) struct Cover {
    pub area: Area,
    /// Covered shares, row by row.
    pub shares: Vec<f64>,
    feet: Vec<Option<Foot>>,
    inside: Vec<bool>,
}

/// A mark with its nodes.
#[derive(Debug, Clone)]
pub(super) struct Traced {
    pub nodes: Vec<Node>,
    closed: bool,
    /// Left, top, right, bottom with all it covers.
    pub bounds: [f64; 4],
    softness: f64,
}

impl Traced {
    pub fn new(mark: &Mark, softness: f64) -> Self {
        let nodes = mark.nodes();
        let mut traced = Self { nodes, closed: mark.is_closed(), bounds: [0.0; 4], softness };
        let boxes = (0..traced.segments()).map(|i| traced.bounds_of(i));
        traced.bounds = boxes.fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |a, b| {
            [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
        });
        traced
    }

    fn segments(&self) -> usize {
        if self.closed { self.nodes.len() } else { self.nodes.len() - 1 }
    }

    fn ends(&self, segment: usize) -> [usize; 2] {
        [segment, (segment + 1) % self.nodes.len()]
    }

    /// How far from a segment its mark may still cover something, in pixels.
    fn reach(&self, segment: usize) -> f64 {
        let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
        a.r.max(b.r).max(0.0) + self.softness / 2.0
    }

    fn bounds_of(&self, segment: usize) -> [f64; 4] {
        let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
        let reach = self.reach(segment);
        [a.x.min(b.x) - reach, a.y.min(b.y) - reach, a.x.max(b.x) + reach, a.y.max(b.y) + reach]
    }

    /// The pixels of an area that something within bounds may cover.
    pub fn clip(bounds: [f64; 4], area: &Area) -> Area {
        let [x, y] = [0, 1].map(|i| {
            let side = if i == 0 { area.x } else { area.y };
            let centres = centres(bounds[i], bounds[i + 2], side);
            [centres.start, centres.end]
        });
        Area { x, y }
    }

    /// The coverage of that part of an area that it may cover.
    pub fn cover(&self, within: &Area) -> Cover {
        let area = Self::clip(self.bounds, within);
        let count = area.width() * area.height();
        let mut cover = Cover { area, shares: vec![0.0; count], feet: vec![None; count], inside: vec![false; count] };
        for segment in 0..self.segments() {
            self.approach(segment, &mut cover);
        }
        if self.closed {
            self.fill(&mut cover);
        }
        for (i, share) in cover.shares.iter_mut().enumerate() {
            *share = match cover.feet[i] {
                Some(foot) if !self.closed || cover.inside[i] => (0.5 + foot.s / self.softness).min(1.0),
                Some(foot) => 0.5 - foot.s / self.softness,
                None => f64::from(u8::from(cover.inside[i])),
            };
        }
        cover
    }

    /// Takes in the distances to a segment.
    fn approach(&self, segment: usize, cover: &mut Cover) {
        let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let length = ex * ex + ey * ey;
        let (reach, half) = (self.reach(segment), self.softness / 2.0);
        let rows = Self::clip(self.bounds_of(segment), &cover.area).y;
        for y in rows[0]..rows[1] {
            let py = y as f64 + 0.5 - a.y;
            let row = (y - cover.area.y[0]) * cover.area.width();
            for x in near(a, [ex, ey], py, reach, cover.area.x) {
                let px = x as f64 + 0.5 - a.x;
                let u = if length > 0.0 { ((px * ex + py * ey) / length).clamp(0.0, 1.0) } else { 0.0 };
                let (nx, ny) = (px - u * ex, py - u * ey);
                let d = (nx * nx + ny * ny).sqrt();
                let foot = &mut cover.feet[row + x - cover.area.x[0]];
                let (s, better) = if self.closed {
                    (d, d < foot.map_or(half, |foot| foot.s))
                } else {
                    let s = a.r + u * (b.r - a.r) - d;
                    (s, s > foot.map_or(-half, |foot| foot.s))
                };
                if better {
                    *foot = Some(Foot { segment: segment as u32, u, s });
                }
            }
        }
    }

    /// Marks the pixels inside the outline, by the even-odd rule.
    fn fill(&self, cover: &mut Cover) {
        let width = cover.area.width();
        let mut crossings = Vec::new();
        for (y, row) in (cover.area.y[0]..cover.area.y[1]).zip(cover.inside.chunks_exact_mut(width.max(1))) {
            let y = y as f64 + 0.5;
            crossings.clear();
            for segment in 0..self.segments() {
                let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
                if (a.y <= y) != (b.y <= y) {
                    crossings.push(a.x + (y - a.y) * (b.x - a.x) / (b.y - a.y));
                }
            }
            crossings.sort_unstable_by(f64::total_cmp);
            for pair in crossings.as_chunks::<2>().0 {
                let pixel = |x: f64| ((x - 0.5).ceil() - cover.area.x[0] as f64).clamp(0.0, width as f64) as usize;
                row[pixel(pair[0])..pixel(pair[1])].fill(true);
            }
        }
    }

    /// Adds the derivatives by the nodes, from those by the covered shares.
    pub fn pull(&self, cover: &Cover, shares: &[f64], nodes: &mut [Node]) {
        let width = cover.area.width();
        for (i, by_share) in shares.iter().enumerate() {
            let edge = |foot: &Foot| foot.s.abs() < self.softness / 2.0 && *by_share != 0.0;
            let Some(foot) = cover.feet[i].filter(edge) else { continue };
            let [ia, ib] = self.ends(foot.segment as usize);
            let (a, b) = (self.nodes[ia], self.nodes[ib]);
            let (ex, ey) = (b.x - a.x, b.y - a.y);
            let px = (cover.area.x[0] + i % width) as f64 + 0.5 - a.x;
            let py = (cover.area.y[0] + i / width) as f64 + 0.5 - a.y;
            let (nx, ny) = (px - foot.u * ex, py - foot.u * ey);
            let d = nx.hypot(ny);
            let by_s = by_share / self.softness;
            // The distance falls when the foot goes towards the pixel: inside an outline that is less, on a path more.
            let way = if self.closed && cover.inside[i] { -1.0 } else { 1.0 };
            let pull = if d > 0.0 { way * by_s / d } else { 0.0 };
            nodes[ia].x += pull * nx * (1.0 - foot.u);
            nodes[ia].y += pull * ny * (1.0 - foot.u);
            nodes[ib].x += pull * nx * foot.u;
            nodes[ib].y += pull * ny * foot.u;
            if !self.closed {
                nodes[ia].r += by_s * (1.0 - foot.u);
                nodes[ib].r += by_s * foot.u;
                let taper = b.r - a.r;
                if taper != 0.0 && foot.u > 0.0 && foot.u < 1.0 {
                    // The foot slides along the segment when its ends move.
                    let slide = by_s * taper / (ex * ex + ey * ey);
                    let turn = [px - 2.0 * foot.u * ex, py - 2.0 * foot.u * ey];
                    nodes[ia].x -= slide * (turn[0] + ex);
                    nodes[ia].y -= slide * (turn[1] + ey);
                    nodes[ib].x += slide * turn[0];
                    nodes[ib].y += slide * turn[1];
                }
            }
        }
    }
}

/// The pixels of a side whose centres lie between two places.
fn centres(low: f64, high: f64, side: [usize; 2]) -> Range<usize> {
    let start = (low - 0.5).ceil().clamp(side[0] as f64, side[1] as f64) as usize;
    start..((high - 0.5).floor() + 1.0).clamp(start as f64, side[1] as f64) as usize
}

/// The columns of a row, `y` below the segment's start, that lie no further than `reach` from the segment `way` long.
fn near(start: Node, way: [f64; 2], y: f64, reach: f64, columns: [usize; 2]) -> Range<usize> {
    let part = |y: f64| if way[1] == 0.0 { y.signum() } else { y / way[1] };
    let ends = [part(y - reach), part(y + reach)].map(|u| start.x + u.clamp(0.0, 1.0) * way[0]);
    centres(ends[0].min(ends[1]) - reach, ends[0].max(ends[1]) + reach, columns)
}
