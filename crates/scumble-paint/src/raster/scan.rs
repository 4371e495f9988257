//! A shape as intervals on scanlines.

use std::ops::Range;

use crate::painting::Point;

/// A shape's scanlines, and the room to work them out; reused from shape to shape without allocation.
///
/// Convex parts are chains: one interval a scanline. Polygons that are not convex are crossings, paired by the
/// even-odd rule. What lies in any of them is inside.
#[derive(Debug, Clone)]
pub struct Scan {
    pub(super) width: usize,
    /// Scanlines a pixel row.
    pub(super) lines: usize,
    /// The scanlines looked at.
    clip: Range<i32>,
    /// From the frame to pixels along x and to scanlines along y.
    pub(super) scale: [f32; 2],
    /// Chains in use come first; those after are kept for their memory.
    chains: Vec<Chain>,
    used: usize,
    /// Scanline and x of edges of polygons that are not convex, sorted.
    crossings: Vec<(i32, f32)>,
    pub(super) points: Vec<Point>,
    /// x, y, radius of a pen.
    pub(super) path: Vec<[f32; 3]>,
    pub(super) work: super::runs::Work,
}

/// One interval on each of some scanlines; empty where `low > high`.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    pub first: i32,
    pub low: Vec<f32>,
    pub high: Vec<f32>,
}

impl Scan {
    /// A scan for pictures of `width` pixels, of which the rows `rows` are looked at, with `lines` scanlines a row,
    /// of geometry multiplied by `scale`.
    pub fn new(width: usize, rows: Range<usize>, lines: usize, scale: [f32; 2]) -> Self {
        let line = |row: usize| i32::try_from(row.saturating_mul(lines)).unwrap_or(i32::MAX);
        Self {
            width,
            lines,
            clip: line(rows.start)..line(rows.end),
            scale: [scale[0], scale[1] * lines as f32],
            chains: Vec::new(),
            used: 0,
            crossings: Vec::new(),
            points: Vec::new(),
            path: Vec::new(),
            work: super::runs::Work::default(),
        }
    }

    /// Width of the picture in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The pixel rows that may hold something.
    pub fn rows(&self) -> Range<usize> {
        let extent = self.extent();
        extent.start as usize / self.lines..(extent.end as usize).div_ceil(self.lines)
    }

    /// Forgets the shape.
    pub(super) fn clear(&mut self) {
        self.used = 0;
        self.crossings.clear();
    }

    /// The point in pixels along x and scanlines along y.
    pub(super) fn place(&self, p: Point) -> Point {
        [p[0] * self.scale[0], p[1] * self.scale[1]]
    }

    /// Starts a chain between two heights in scanlines.
    pub(super) fn chain(&mut self, top: f32, bottom: f32) {
        if self.used == self.chains.len() {
            self.chains.push(Chain::default());
        }
        let chain = &mut self.chains[self.used];
        self.used += 1;
        chain.first = line(top).max(self.clip.start);
        let count = line(bottom).min(self.clip.end).saturating_sub(chain.first).max(0) as usize;
        chain.low.clear();
        chain.high.clear();
        chain.low.resize(count, f32::INFINITY);
        chain.high.resize(count, f32::NEG_INFINITY);
    }

    /// Widens the last chain to hold an edge, given in pixels and scanlines.
    pub(super) fn edge(&mut self, p: Point, q: Point) {
        if let Some(chain) = self.chains[..self.used].last_mut() {
            chain.edge(p, q);
        }
    }

    /// Widens the last chain to hold an ellipse, given in pixels and scanlines.
    pub(super) fn oval(&mut self, oval: &Oval) {
        if let Some(chain) = self.chains[..self.used].last_mut() {
            chain.oval(oval);
        }
    }

    /// Adds the crossings of an edge of a polygon that is not convex.
    pub(super) fn crossing_edge(&mut self, p: Point, q: Point) {
        let (p, q) = if p[1] <= q[1] { (p, q) } else { (q, p) };
        let slope = (q[0] - p[0]) / (q[1] - p[1]);
        for at in line(p[1]).max(self.clip.start)..line(q[1]).min(self.clip.end) {
            self.crossings.push((at, p[0] + (at as f32 + 0.5 - p[1]) * slope));
        }
    }

    pub(super) fn sort_crossings(&mut self) {
        self.crossings.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    }

    /// The scanlines that may hold something.
    pub(super) fn extent(&self) -> Range<i32> {
        let chains = self.chains().iter().filter(|chain| !chain.low.is_empty());
        let chains = chains.map(|chain| (chain.first, chain.first + chain.low.len() as i32));
        let crossings = self.crossings.first().zip(self.crossings.last()).map(|(a, b)| (a.0, b.0 + 1));
        let whole = chains.chain(crossings).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        whole.map_or(0..0, |(from, to)| from..to)
    }

    pub(super) fn chains(&self) -> &[Chain] {
        &self.chains[..self.used]
    }

    /// The single chain of a convex shape.
    pub(super) fn single(&self) -> Option<&Chain> {
        (self.used == 1 && self.crossings.is_empty()).then(|| &self.chains[0])
    }

    /// The intervals of a scanline in pixels, from the left, none touching the next.
    pub(super) fn intervals(&self, at: i32, out: &mut Vec<[f32; 2]>) {
        out.clear();
        for chain in self.chains() {
            let index = usize::try_from(at - chain.first).ok().filter(|index| *index < chain.low.len());
            if let Some(index) = index.filter(|index| chain.low[*index] < chain.high[*index]) {
                out.push([chain.low[index], chain.high[index]]);
            }
        }
        if !self.crossings.is_empty() {
            let from = self.crossings.partition_point(|c| c.0 < at);
            let count = self.crossings[from..].partition_point(|c| c.0 == at);
            out.extend(self.crossings[from..from + count].as_chunks().0.iter().map(|[a, b]| [a.1, b.1]));
        }
        if out.len() > 1 {
            out.sort_unstable_by(|a, b| a[0].total_cmp(&b[0]));
            out.dedup_by(|next, last| {
                let touches = next[0] <= last[1];
                if touches {
                    last[1] = last[1].max(next[1]);
                }
                touches
            });
        }
    }
}

impl Chain {
    fn edge(&mut self, p: Point, q: Point) {
        let (p, q) = if p[1] <= q[1] { (p, q) } else { (q, p) };
        let Some(lines) = self.lines(p[1], q[1]) else { return };
        let slope = (q[0] - p[0]) / (q[1] - p[1]);
        let start = p[0] + ((self.first + lines.start as i32) as f32 + 0.5 - p[1]) * slope;
        let pairs = self.low[lines.clone()].iter_mut().zip(&mut self.high[lines]);
        for (i, (low, high)) in pairs.enumerate() {
            widen(low, high, start + i as i32 as f32 * slope, start + i as i32 as f32 * slope);
        }
    }

    fn oval(&mut self, oval: &Oval) {
        let half = oval.half;
        let Some(lines) = self.lines(oval.centre[1] - half, oval.centre[1] + half) else { return };
        let start = (self.first + lines.start as i32) as f32 + 0.5 - oval.centre[1];
        let scale = 1.0 / (half * half);
        let pairs = self.low[lines.clone()].iter_mut().zip(&mut self.high[lines]);
        for (i, (low, high)) in pairs.enumerate() {
            let y = start + i as i32 as f32;
            let middle = oval.centre[0] + oval.lean * y;
            let reach = oval.reach * (1.0 - y * y * scale).max(0.0).sqrt();
            widen(low, high, middle - reach, middle + reach);
        }
    }

    /// Indices of the chain's scanlines between two heights, if there are any.
    fn lines(&self, top: f32, bottom: f32) -> Option<Range<usize>> {
        let from = line(top).max(self.first).saturating_sub(self.first);
        let to = line(bottom).min(self.first + self.low.len() as i32).saturating_sub(self.first);
        (from < to).then_some(from as usize..to as usize)
    }
}

fn widen(low: &mut f32, high: &mut f32, from: f32, to: f32) {
    *low = if from < *low { from } else { *low };
    *high = if to > *high { to } else { *high };
}

/// The first scanline whose middle is not above `y`.
fn line(y: f32) -> i32 {
    let cut = (y + 0.5) as i32;
    cut.saturating_sub(i32::from(y + 0.5 < cut as f32))
}

/// An ellipse by its scanlines: at height y from the centre it lies around `centre + lean · y`, at most
/// `reach · sqrt(1 − (y / half)²)` away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Oval {
    pub centre: Point,
    /// Half of its height in scanlines.
    pub half: f32,
    pub lean: f32,
    pub reach: f32,
}

impl Oval {
    /// The ellipse of the given radii turned by `angle`, after scaling by `scale`; `centre` is scaled already.
    pub fn new(centre: Point, radii: [f32; 2], angle: f32, scale: [f32; 2]) -> Self {
        let (sin, cos) = angle.sin_cos();
        let (a, b) = (radii[0].abs(), radii[1].abs());
        let half = ((a * sin).powi(2) + (b * cos).powi(2)).sqrt().max(f32::MIN_POSITIVE.sqrt());
        let lean = (a - b) * (a + b) * sin * cos / (half * half);
        Self { centre, half: half * scale[1], lean: lean * scale[0] / scale[1], reach: a * b / half * scale[0] }
    }
}
