//! How much of each pixel a mark covers softly, and on which part of its outline that depends.

use super::mark::{Mark, Node};
use crate::energy::Area;

/// Distance to the outline, in units of softness, from which on coverage is 0 or 1.
const REACH: f64 = 7.0;

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

    fn bounds_of(&self, segment: usize) -> [f64; 4] {
        let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
        let reach = a.r.max(b.r).max(0.0) + REACH * self.softness;
        [a.x.min(b.x) - reach, a.y.min(b.y) - reach, a.x.max(b.x) + reach, a.y.max(b.y) + reach]
    }

    /// The pixels of an area that something within bounds may cover.
    pub fn clip(bounds: [f64; 4], area: &Area) -> Area {
        let clip = |low: f64, high: f64, side: [usize; 2]| {
            let start = (low - 0.5).ceil().clamp(side[0] as f64, side[1] as f64) as usize;
            [start, ((high - 0.5).floor() + 1.0).clamp(start as f64, side[1] as f64) as usize]
        };
        Area { x: clip(bounds[0], bounds[2], area.x), y: clip(bounds[1], bounds[3], area.y) }
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
        let edge = sigmoid(-REACH);
        for i in 0..count {
            let s = match cover.feet[i] {
                Some(foot) if !self.closed || cover.inside[i] => foot.s,
                Some(foot) => -foot.s,
                None if cover.inside[i] => f64::INFINITY,
                None => f64::NEG_INFINITY,
            };
            cover.shares[i] = ((sigmoid(s / self.softness) - edge) / (1.0 - 2.0 * edge)).clamp(0.0, 1.0);
        }
        cover
    }

    /// Takes in the distances to a segment.
    fn approach(&self, segment: usize, cover: &mut Cover) {
        let [a, b] = self.ends(segment).map(|i| self.nodes[i]);
        let near = Self::clip(self.bounds_of(segment), &cover.area);
        let (ex, ey) = (b.x - a.x, b.y - a.y);
        let length = ex * ex + ey * ey;
        let reach = REACH * self.softness;
        for y in near.y[0]..near.y[1] {
            for x in near.x[0]..near.x[1] {
                let (px, py) = (x as f64 + 0.5 - a.x, y as f64 + 0.5 - a.y);
                let u = if length > 0.0 { ((px * ex + py * ey) / length).clamp(0.0, 1.0) } else { 0.0 };
                let d = (px - u * ex).hypot(py - u * ey);
                let foot = &mut cover.feet[(y - cover.area.y[0]) * cover.area.width() + x - cover.area.x[0]];
                let (s, better) = if self.closed {
                    (d, d < foot.map_or(reach, |foot| foot.s))
                } else {
                    let s = a.r + u * (b.r - a.r) - d;
                    (s, s > foot.map_or(-reach, |foot| foot.s))
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
        let edge = sigmoid(-REACH);
        let scale = 1.0 / ((1.0 - 2.0 * edge) * self.softness);
        let width = cover.area.width();
        for (i, by_share) in shares.iter().enumerate() {
            let Some(foot) = cover.feet[i].filter(|_| *by_share != 0.0) else { continue };
            let [ia, ib] = self.ends(foot.segment as usize);
            let (a, b) = (self.nodes[ia], self.nodes[ib]);
            let (ex, ey) = (b.x - a.x, b.y - a.y);
            let px = (cover.area.x[0] + i % width) as f64 + 0.5 - a.x;
            let py = (cover.area.y[0] + i / width) as f64 + 0.5 - a.y;
            let (nx, ny) = (px - foot.u * ex, py - foot.u * ey);
            let d = nx.hypot(ny);
            let sign = if !self.closed || cover.inside[i] { 1.0 } else { -1.0 };
            let g = sigmoid(sign * foot.s / self.softness);
            if foot.s.abs() >= REACH * self.softness {
                continue;
            }
            let by_s = by_share * g * (1.0 - g) * scale;
            // The distance falls when the foot goes towards the pixel: inside an outline that is less, on a path more.
            let way = if self.closed { -sign } else { 1.0 };
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

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
