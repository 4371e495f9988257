//! One shape's search: random shapes, the best of them improved step by step.

use super::ShapeKind;
use super::dice::Dice;
use super::mutate::{Reach, neighbour};
use super::params::Effort;
use super::sample::Sampler;
use super::shape::Shape;
use super::valid::Limits;
use crate::energy::{Easel, Moments, Paint};
use crate::raster::{FINE, Scan, Span};

/// What searches share.
#[derive(Clone, Copy)]
pub(super) struct Search<'a> {
    pub easel: &'a Easel,
    pub paint: &'a Paint,
    pub sampler: Sampler<'a>,
    pub limits: Limits,
    pub effort: Effort,
    pub kinds: &'a [ShapeKind],
}

/// A shape and what it would change, as its pixels' centres tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub shape: Shape,
    pub kind: ShapeKind,
    pub change: f64,
}

/// Room for the evaluation of shapes.
pub(super) struct Probe {
    scan: Scan,
    spans: Vec<Span>,
}

impl Probe {
    pub fn new(easel: &Easel) -> Self {
        Self { scan: Scan::new(easel.width(), 0..easel.height(), 1, [1.0; 2]), spans: Vec::new() }
    }
}

/// Deviation of moves at first, relative to 256 pixels (fogleman/primitive).
const SHIFT: f32 = 16.0 / 256.0;
/// Deviation of turns at first, 32 degrees (fogleman/primitive).
const TURN: f32 = 0.558_5;

impl Search<'_> {
    /// The best shape of one search.
    pub fn run(&self, probe: &mut Probe, dice: &mut Dice) -> Found {
        let mut best = self.sample(probe, dice, 0);
        for i in 1..self.effort.samples {
            let found = self.sample(probe, dice, i);
            if found.change < best.change {
                best = found;
            }
        }
        self.climb(&mut best, probe, dice);
        best
    }

    fn sample(&self, probe: &mut Probe, dice: &mut Dice, i: usize) -> Found {
        let kind = self.kinds[i % self.kinds.len()];
        let shape = self.sampler.shape(kind, dice);
        let change = if self.limits.allow(&shape) { self.change(&shape, f64::INFINITY, probe) } else { 0.0 };
        Found { shape, kind, change }
    }

    fn climb(&self, best: &mut Found, probe: &mut Probe, dice: &mut Dice) {
        let size = self.limits.size[0].max(self.limits.size[1]);
        let mut age = 0;
        while age < self.effort.age {
            let late = if age > self.effort.age / 2 { 0.25 } else { 1.0 };
            let reach = Reach { shift: size * SHIFT * late, turn: TURN * late };
            let shape = neighbour(&best.shape, best.kind, reach, &self.limits, dice);
            let change = self.change(&shape, best.change, probe);
            age += 1;
            if change < best.change {
                (best.shape, best.change, age) = (shape, change, 0);
            }
        }
    }

    /// Improves a shape by coverage, in ever smaller steps.
    pub fn polish(&self, found: &mut Found, dice: &mut Dice) {
        let mut scan = Scan::new(self.easel.width(), 0..self.easel.height(), FINE, [1.0; 2]);
        let mut change = |shape: &Shape| {
            shape.trace(&mut scan);
            self.paint.mix(&self.easel.moments(&mut scan)).change
        };
        found.change = change(&found.shape);
        let (mut age, mut shift) = (0, 1.0f32);
        while age < self.effort.polish {
            let reach = Reach { shift, turn: shift * 0.03 };
            let shape = neighbour(&found.shape, found.kind, reach, &self.limits, dice);
            let new = change(&shape);
            age += 1;
            shift = (shift * 0.95).max(0.05);
            if new < found.change {
                (found.shape, found.change, age) = (shape, new, 0);
                shift = (shift * 1.5).min(2.0);
            }
        }
    }

    /// What a shape would change, if that may be less than `limit`; else any number not less.
    fn change(&self, shape: &Shape, limit: f64, probe: &mut Probe) -> f64 {
        shape.trace(&mut probe.scan);
        probe.scan.spans(&mut probe.spans);
        let moments = Moments::from(&self.easel.prefix().sums(&probe.spans));
        if moments.kk <= 0.0 || self.paint.bound(&moments) >= limit {
            return f64::max(limit, 0.0);
        }
        self.paint.mix(&moments).change
    }
}
