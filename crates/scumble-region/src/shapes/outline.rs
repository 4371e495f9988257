//! A region prepared for fitting.

use rustfft::num_complex::Complex64;
use scumble_core::{Error, Result};
use scumble_paint::painting::Point;

use super::hull;
use super::moments::Moments;
use super::spans::{Scratch, Spans};
use super::{Features, V2};
use crate::contour::{douglas_peucker, resampled};
use crate::procrustes::{Contour, Matcher};

/// Points of a contour for Procrustes analysis.
pub(crate) const SAMPLES: usize = 128;
/// Points of the exact outline by which fits settle.
const TRAIL: usize = 256;
/// Pixels by which the simplified outline may leave the exact one: the staircases of straight edges need nearly 1.
const STAIRS: f64 = 1.0;
/// The same in units of a region, for those of few pixels.
const COARSE: f64 = 0.08;
/// Holes of a larger share of the filled outline belong to the shape; smaller ones are covered by what lies in them.
pub(super) const FRAME: f64 = 0.5;
/// Other parts of up to this share of the largest are specks.
const SPECKS: f64 = 0.02;

/// A region in a frame of its own: the centroid is the origin, the root of the area the unit.
#[derive(Debug, Clone)]
pub(crate) struct Outline {
    /// Where the origin is, in pixels.
    pub origin: V2,
    /// How long the unit is, in pixels.
    pub unit: f64,
    /// The rings as they were given.
    pub given: Vec<Vec<Point>>,
    /// The largest outline, simplified.
    pub simple: Vec<V2>,
    /// Points of the largest outline at even distances, exact.
    pub trail: Vec<V2>,
    pub moments: Moments,
    pub spans: Spans,
    pub contour: Contour,
    /// Whether there are other parts beside the largest, more than specks.
    pub in_parts: bool,
    pub features: Features,
    /// Of a region at the picture's edge, the picture.
    pub edge: Option<Edge>,
}

/// The part of the picture around a region, in the region's frame. What of a shape is beyond it does not count.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    low: V2,
    high: V2,
    spans: Spans,
}

impl Edge {
    /// Of a picture of the given sides, if the region touches its edge.
    fn new(sides: [f32; 2], ring: &[Point], origin: V2, unit: f64, scratch: &mut Scratch) -> Option<Self> {
        ring.iter().find(|p| (0..2).any(|k| p[k] <= 0.0 || p[k] >= sides[k]))?;
        // Farther away than its extent, nothing of a shape is looked for.
        let reach = |f: fn(f32, f32) -> f32, k: usize| ring.iter().map(|p| p[k]).reduce(f).unwrap_or(0.0);
        let extent = [0, 1].map(|k| reach(f32::max, k) - reach(f32::min, k));
        let around = extent[0].max(extent[1]);
        let local = |v: f32, k: usize| (f64::from(v) - origin[k]) / unit;
        let low = [0, 1].map(|k| local((reach(f32::min, k) - around).max(0.0), k));
        let high = [0, 1].map(|k| local((reach(f32::max, k) + around).min(sides[k]), k));
        let window = vec![low, [high[0], low[1]], high, [low[0], high[1]]];
        Some(Self { low, high, spans: Spans::new(&[window], 1.0 / unit, scratch) })
    }

    /// Whether a point is on the edge of the picture.
    pub fn is_on(&self, point: V2) -> bool {
        // A millionth of the region's size is less than rounding in pixels.
        (0..2).any(|k| point[k] <= self.low[k] + 1e-6 || point[k] >= self.high[k] - 1e-6)
    }

    /// The area of rings inside.
    pub fn area(&self, rings: &[Vec<V2>], scratch: &mut Scratch) -> f64 {
        self.spans.overlap(rings, scratch)
    }

    /// The part of a ring inside (Sutherland & Hodgman 1974).
    pub fn clip(&self, ring: &[V2]) -> Vec<V2> {
        let mut ring = ring.to_vec();
        for (k, bound, sign) in
            [(0, self.low[0], 1.0), (0, self.high[0], -1.0), (1, self.low[1], 1.0), (1, self.high[1], -1.0)]
        {
            let depth = |p: V2| sign * (p[k] - bound);
            let mut inside = Vec::with_capacity(ring.len() + 4);
            for (at, &to) in ring.iter().enumerate() {
                let from = ring[if at == 0 { ring.len() - 1 } else { at - 1 }];
                let (before, after) = (depth(from), depth(to));
                if (before < 0.0) != (after < 0.0) {
                    let share = before / (before - after);
                    inside.push([0, 1].map(|k| from[k] + share * (to[k] - from[k])));
                }
                if after >= 0.0 {
                    inside.push(to);
                }
            }
            ring = inside;
        }
        ring
    }
}

impl Outline {
    /// Of rings in a picture whose sides may be known.
    ///
    /// # Errors
    /// `Fault::Input` if a point is not finite or the rings enclose nothing.
    pub fn new(
        given: &[Vec<Point>],
        picture: Option<[f32; 2]>,
        matcher: &Matcher,
        scratch: &mut Scratch,
    ) -> Result<Self> {
        if given.iter().flatten().flatten().any(|v| !v.is_finite()) {
            return Err(Error::input("a region has a point that is not finite"));
        }
        let rings: Vec<Vec<V2>> = given.iter().map(|ring| ring.iter().map(|p| p.map(f64::from)).collect()).collect();
        let areas: Vec<f64> = rings.iter().map(|ring| hull::area(ring)).collect();
        let largest = (0..rings.len()).max_by(|a, b| areas[*a].total_cmp(&areas[*b]));
        let Some(outer) = largest.filter(|at| areas[*at] > 0.0) else {
            return Err(Error::input("a region's rings enclose nothing")
                .hint("outlines run clockwise as seen, holes the other way"));
        };
        // All holes of a single part are in it, which saves looking.
        let single = areas.iter().filter(|area| **area > 0.0).count() == 1;
        let inside = |at: usize| rings[at].first().is_some_and(|p| contains(&rings[outer], *p));
        let in_outer = |at: usize| at != outer && (single || inside(at));
        let within: Vec<usize> = (0..rings.len()).filter(|at| in_outer(*at)).collect();
        let inside = within.iter().map(|at| areas[*at].max(0.0)).sum::<f64>();
        let others = areas.iter().map(|area| area.max(0.0)).sum::<f64>() - areas[outer] - inside;
        let in_parts = others > SPECKS * areas[outer];
        let holes = -within.iter().map(|at| areas[*at].min(0.0)).sum::<f64>() / areas[outer];
        let mut fitted = vec![rings[outer].clone()];
        if holes > FRAME {
            fitted.extend(within.iter().map(|at| rings[*at].clone()));
        }
        let pixels = Moments::new(&fitted).ok_or_else(|| Error::input("a region's rings enclose nothing"))?;
        let (origin, unit) = (pixels.centroid, pixels.area.sqrt());
        fitted.iter_mut().flatten().for_each(|p| *p = [(p[0] - origin[0]) / unit, (p[1] - origin[1]) / unit]);
        let moments = pixels.scaled(1.0 / unit);
        let spans = Spans::new(&fitted, 1.0 / unit, scratch);
        let exact = &fitted[0];
        let kept = douglas_peucker(exact, true, (STAIRS / unit).min(COARSE));
        let simple: Vec<V2> = exact.iter().zip(kept).filter(|(_, kept)| *kept).map(|(p, _)| *p).collect();
        let mut trail = Vec::with_capacity(TRAIL);
        resampled(exact, TRAIL, &mut trail);
        let contour = contour(&simple, matcher);
        let features = Features::new(&moments, exact, &simple, holes.clamp(0.0, 1.0));
        let edge = picture.and_then(|sides| Edge::new(sides, &given[outer], origin, unit, scratch));
        let given = given.to_vec();
        Ok(Self { origin, unit, given, simple, trail, moments, spans, contour, in_parts, features, edge })
    }

    /// A point of the region's frame in pixels.
    pub fn pixels(&self, point: V2) -> Point {
        [0, 1].map(|k| (self.origin[k] + self.unit * point[k]) as f32)
    }
}

/// A ring as a contour for Procrustes analysis, run through in the direction of positive area.
pub(crate) fn contour(ring: &[V2], matcher: &Matcher) -> Contour {
    let mut points = Vec::with_capacity(matcher.count());
    resampled(ring, matcher.count(), &mut points);
    if hull::area(ring) < 0.0 {
        points.reverse();
    }
    matcher.prepared(points.into_iter().map(|[x, y]| Complex64::new(x, y)).collect())
}

/// Whether a point is inside a ring.
pub(crate) fn contains(ring: &[V2], [x, y]: V2) -> bool {
    let Some(&last) = ring.last() else { return false };
    let (mut from, mut inside) = (last, false);
    for &to in ring {
        if (from[1] > y) != (to[1] > y) && x < from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]) {
            inside = !inside;
        }
        from = to;
    }
    inside
}
