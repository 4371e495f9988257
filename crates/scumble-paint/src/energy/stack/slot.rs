//! A place in the stack for one stroke, and what strokes in it would change.

use super::{Area, Coat, Mask, Stack};
use crate::energy::Moments;
use crate::raster::Scan;

/// Where in the order a stroke lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// On the ground.
    Bottom,
    /// Next above a stroke.
    Above(usize),
    /// On all.
    Top,
}

/// An area of the painting without one stroke, seen from the place in the order at which a stroke may be put.
///
/// With `B` the canvas below, `T` the share of it that is seen through the strokes above, and `e` the source minus the
/// painting without the stroke, a stroke of coverage `a` changes the squared difference of a pixel by
/// `−2 e T a (c − B) + (T a (c − B))²`: [`Moments`] with `k T` for the coverage and `e` for `t − b`. Sums over runs of
/// equal coverage come from row prefix sums, so that a proposal costs its outline, not its pixels.
#[derive(Debug, Clone)]
pub struct Slot {
    area: Area,
    /// For each row, the sums over its first pixels: T², T² B (three), T² B², T e (three), T e B.
    sums: Vec<[f64; 9]>,
}

impl Stack {
    /// The place of stroke `id` in an area; what it covers outside is not seen.
    pub fn slot_of(&self, id: usize, area: Area) -> Slot {
        self.slot_at(area, Some(id), self.rank[id] as usize)
    }

    /// A place at another depth for stroke `id`, or for a new one.
    pub fn slot(&self, area: Area, without: Option<usize>, depth: Depth) -> Slot {
        let at = match depth {
            Depth::Bottom => 0,
            Depth::Above(other) => self.rank[other] as usize + 1,
            Depth::Top => self.order.len(),
        };
        self.slot_at(area, without, at)
    }

    /// A place below the stroke that is number `at` of the order.
    fn slot_at(&self, area: Area, without: Option<usize>, at: usize) -> Slot {
        let members = self.touching(&area);
        let split = members.partition_point(|id| (self.rank[*id] as usize) < at);
        let (below, above) = members.split_at(split);
        let others = |ids: &[usize]| -> Vec<usize> { ids.iter().copied().filter(|id| Some(*id) != without).collect() };
        let mut under = vec![self.ground; area.width() * area.height()];
        self.lay(&others(below), &area, &mut under);
        let mut whole = under.clone();
        let mut through = vec![1.0; under.len()];
        for id in others(above) {
            let Coat { mask, colour, alpha } = &self.coats[id];
            mask.within(&area, |y, xs, cover| {
                let a = alpha * cover;
                let row = (y - area.y[0]) * area.width();
                for i in row + xs.start - area.x[0]..row + xs.end - area.x[0] {
                    through[i] *= 1.0 - a;
                    for c in 0..3 {
                        whole[i][c] += a * (colour[c] - whole[i][c]);
                    }
                }
            });
        }
        let mut sums = Vec::with_capacity((area.width() + 1) * area.height());
        for y in 0..area.height() {
            let mut sum = [0.0; 9];
            sums.push(sum);
            for x in 0..area.width() {
                let i = y * area.width() + x;
                let at = (y + area.y[0]) * self.width + x + area.x[0];
                let (t, b, weight) = (through[i], under[i], self.weight_of(at));
                let e = [0, 1, 2].map(|c| weight * t * (self.source[at][c] - whole[i][c]));
                let tt = weight * t * t;
                let terms = [
                    tt,
                    tt * b[0],
                    tt * b[1],
                    tt * b[2],
                    tt * (b[0] * b[0] + b[1] * b[1] + b[2] * b[2]),
                    e[0],
                    e[1],
                    e[2],
                    e[0] * b[0] + e[1] * b[1] + e[2] * b[2],
                ];
                sum.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
                sums.push(sum);
            }
        }
        Slot { area, sums }
    }
}

impl Slot {
    /// The pixels it knows of.
    pub fn area(&self) -> Area {
        self.area
    }

    /// The moments of the scan's shape; none if it reaches out of the area.
    pub fn moments(&self, scan: &mut Scan) -> Option<Moments> {
        let mut moments = Moments::default();
        let mut inside = true;
        let Area { x, y } = self.area;
        scan.runs(|run| {
            inside &= run.y >= y[0] && run.y < y[1] && run.start >= x[0] && run.end <= x[1];
            if inside {
                self.add(&mut moments, run.y, run.start, run.end, f64::from(run.cover));
            }
        });
        inside.then_some(moments)
    }

    /// The moments of that part of a mask that lies in the area.
    pub fn moments_of(&self, mask: &Mask) -> Moments {
        let mut moments = Moments::default();
        mask.within(&self.area, |y, xs, cover| self.add(&mut moments, y, xs.start, xs.end, cover));
        moments
    }

    fn add(&self, moments: &mut Moments, y: usize, start: usize, end: usize, k: f64) {
        let row = (y - self.area.y[0]) * (self.area.width() + 1);
        let (from, to) = (&self.sums[row + start - self.area.x[0]], &self.sums[row + end - self.area.x[0]]);
        let d = |i: usize| to[i] - from[i];
        let kk = k * k;
        moments.kk += kk * d(0);
        for c in 0..3 {
            moments.kkb[c] += kk * d(1 + c);
            moments.kt[c] += k * d(5 + c);
        }
        moments.kkbb += kk * d(4);
        moments.ktb += k * d(8);
    }
}
