//! One shape's search: random shapes, the best of them improved step by step.

use super::ShapeKind;
use super::mutate::{Reach, neighbour};
use super::params::Effort;
use super::sample::Sampler;
use super::shape::Shape;
use super::valid::Limits;
use crate::dice::Dice;
use crate::energy::{Easel, Moments, Paint};
use crate::raster::{Scan, Span};

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

/// Turn of the last improvement's steps, in radians a pixel.
const POLISH_TURN: f32 = 0.03;
/// Scanlines a row in the last improvement: enough to see which way an edge should go.
const POLISH_LINES: usize = 4;
/// What a failure and a success make of the size of steps.
const SHRINK: f32 = 0.97;
const GROW: f32 = 2.0;

/// The steps of an improvement.
#[derive(Debug, Clone, Copy)]
struct Steps {
    /// Deviation of moves at first and at most, in pixels.
    first: f32,
    /// The same at least.
    least: f32,
    /// Radians a pixel of it.
    turn: f32,
    /// Failures in a row that end it.
    age: usize,
}

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
        let steps = Steps { first: size * SHIFT, least: 0.5, turn: TURN / (size * SHIFT), age: self.effort.age };
        self.improve(best, steps, dice, |shape, limit| self.change(shape, limit, probe));
    }

    /// Improves a shape by coverage, in small steps.
    pub fn polish(&self, found: &mut Found, dice: &mut Dice) {
        let mut scan = Scan::new(self.easel.width(), 0..self.easel.height(), POLISH_LINES, [1.0; 2]);
        let mut change = |shape: &Shape| {
            shape.trace(&mut scan);
            self.paint.mix(&self.easel.moments(&mut scan)).change
        };
        found.change = change(&found.shape);
        let steps = Steps { first: 1.0, least: 0.05, turn: POLISH_TURN, age: self.effort.polish };
        self.improve(found, steps, dice, |shape, _| change(shape));
    }

    /// Takes every random step that lowers the change, until too many in a row do not. Steps shrink with failure and
    /// grow with success.
    fn improve(&self, best: &mut Found, steps: Steps, dice: &mut Dice, mut change: impl FnMut(&Shape, f64) -> f64) {
        let (mut age, mut shift) = (0, steps.first);
        while age < steps.age {
            let reach = Reach { shift, turn: shift * steps.turn };
            let shape = neighbour(&best.shape, best.kind, reach, &self.limits, dice);
            let new = change(&shape, best.change);
            age += 1;
            shift = (shift * SHRINK).max(steps.least);
            if new < best.change {
                (best.shape, best.change, age) = (shape, new, 0);
                shift = (shift * GROW).min(steps.first);
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
