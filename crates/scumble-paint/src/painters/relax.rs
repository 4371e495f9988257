//! Relaxation (after Hertzmann, *Paint by Relaxation*, 2001): the strokes of a finished painting are visited again and
//! again in random order, and each is moved, reshaped, recoloured, put at another depth, or given up for a better place.
//!
//! A visit composites what lies below and above the stroke once; what the stroke would change in any place, with its
//! best colour and opacity, is then known from sums over its outline ([`Slot`](crate::energy::Slot)). So a visit tries
//! many changes, and keeps the best if the squared difference falls; only a new place may be a little worse at first. Strokes
//! whose windows are apart are visited at the same time; which those are does not depend on the number of threads.

mod climb;
mod moves;
mod params;
mod reseed;
mod similar;
mod visit;

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

pub use params::RelaxParams;

use self::climb::{Judge, Proposal};
use self::moves::Bounds;
use super::working::level;
use super::{Painter, StepReport, stack_of};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::{Area, Coat, Depth, Mask, Paint, Polish, Stack};
use crate::painting::Stroke;

/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x7265_6c61;
/// Strokes visited at the same time, at most, and how many of those next in turn are looked at for them.
const BATCH: usize = 16;
const AHEAD: usize = 64;
/// Strokes visited in a step.
const VISITS: usize = 32;
/// Strokes given another place in a step.
const RESEEDS: usize = 4;
/// What a stroke's new place may be worse by than its old one: a share of what the stroke gave there, and of what the sweep has
/// gained. Other strokes come to meet it in the next sweep; without this, the first local optimum would be the end.
const LESS: f64 = 0.6;
const SPENT: f64 = 0.5;

/// A finished painting that is being improved; the number of strokes stays, unless strokes must gain something.
///
/// Strokes are judged as even paint with sharp edges, whatever their brush.
#[derive(Debug, Clone)]
pub struct Relax {
    params: RelaxParams,
    paint: Paint,
    painting: Painting,
    stack: Stack,
    sweep: u32,
    /// Strokes still to be visited in this sweep.
    pending: Vec<usize>,
    /// Strokes that still get a chance elsewhere in this sweep.
    weak: Vec<usize>,
    /// By how much each stroke lowers the sum of squared differences, when last visited.
    uses: Vec<f64>,
    /// Strokes made invisible in this sweep.
    given_up: usize,
    /// The sum of squared differences when this sweep began.
    begun: f64,
}

impl Relax {
    /// Goes to work on a painting of a picture. Transparent parts show the ground. `importance` says how much each of the
    /// picture's pixels counts, from 0 to 1, if they differ; it is kept in fifteenths.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the painting is damaged, of another frame
    /// than the picture, or has layers that multiply, or if the importance map does not fit the picture, is out of range
    /// or zero everywhere.
    pub fn new(painting: Painting, picture: &Canvas, importance: Option<&[f32]>, params: RelaxParams) -> Result<Self> {
        params.validate()?;
        let stack = stack_of(&painting, picture, importance, params.work_px as usize)?;
        let paint = Paint { alpha: None, palette: painting.palette.iter().map(|colour| colour.map(level)).collect() };
        let uses = vec![f64::INFINITY; painting.strokes.len()];
        let mut relax = Self {
            params,
            paint,
            painting,
            stack,
            sweep: 0,
            pending: Vec::new(),
            weak: Vec::new(),
            uses,
            given_up: 0,
            begun: 0.0,
        };
        relax.begin_sweep();
        Ok(relax)
    }

    /// Where the painting stands.
    pub fn report(&self) -> StepReport {
        let sse = self.stack.sse().round() as u64;
        StepReport { strokes: self.painting.strokes.len(), sse, psnr: self.stack.psnr() }
    }

    /// Sweeps that are finished.
    pub fn sweeps(&self) -> u32 {
        self.sweep
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.painting
    }

    /// The strokes of a sweep in random order (Fisher and Yates).
    fn begin_sweep(&mut self) {
        self.begun = self.stack.sse();
        let mut dice = self.dice(0, 0, 0);
        self.pending = self.stack.order().collect();
        self.pending.sort_unstable();
        for i in (1..self.pending.len()).rev() {
            self.pending.swap(i, dice.below(i + 1));
        }
    }

    /// Visits strokes next in turn.
    fn visit_some(&mut self) {
        let mut left = VISITS;
        while left > 0 && !self.pending.is_empty() {
            let batch = self.take_batch(left.min(BATCH));
            left -= batch.len();
            let judge = self.judge();
            let visits: Vec<_> =
                batch.into_par_iter().map(|id| self.visit(id, &judge, |way| self.dice(1, id as u64, way))).collect();
            for visit in visits {
                self.uses[visit.id] = visit.use_of;
                if let Some((proposal, depth)) = visit.better {
                    self.uses[visit.id] = -proposal.change;
                    self.put(visit.id, proposal, depth);
                }
            }
        }
        if self.pending.is_empty() {
            self.choose_weak();
        }
    }

    /// Strokes whose windows are apart, the first in turn and some after it.
    fn take_batch(&mut self, most: usize) -> Vec<usize> {
        let mut taken: Vec<(usize, Area)> = Vec::new();
        let mut at = 0;
        let mut seen = 0;
        while at < self.pending.len() && seen < AHEAD && taken.len() < most {
            let id = self.pending[at];
            let window = self.window(id);
            if taken.iter().all(|(_, other)| !other.meets(&window)) {
                taken.push((id, window));
                self.pending.remove(at);
            } else {
                at += 1;
            }
            seen += 1;
        }
        taken.into_iter().map(|(id, _)| id).collect()
    }

    fn choose_weak(&mut self) {
        let count = (self.params.reseed * self.uses.len() as f64).ceil() as usize;
        let mut ids: Vec<usize> = (0..self.uses.len()).collect();
        ids.sort_by(|a, b| self.uses[*a].total_cmp(&self.uses[*b]));
        ids.truncate(count);
        ids.reverse();
        self.weak = ids;
    }

    fn reseed_some(&mut self) {
        for _ in 0..RESEEDS {
            let Some(id) = self.weak.pop() else { break };
            let now = self.change_of(id);
            let errors = self.errors();
            let most = now + self.worse_by(now);
            let found = self.reseed(id, most, &self.judge(), &errors, |spot| self.dice(2, id as u64, spot));
            if let Some((proposal, depth)) = found {
                self.put(id, proposal, Some(depth));
            } else if -now < self.least_gain() {
                self.give_up(id);
            }
        }
    }

    /// By how much the sum of squared differences may rise when a stroke that changes it by `now` goes elsewhere; no sweep ends
    /// worse than it began.
    fn worse_by(&self, now: f64) -> f64 {
        let last = self.sweep + 1 >= self.params.sweeps;
        let gained = self.begun - self.stack.sse();
        if last { 0.0 } else { (-LESS * now).min(SPENT * gained).max(0.0) }
    }

    /// What a stroke must lower the sum of squared differences by.
    fn least_gain(&self) -> f64 {
        self.params.least_gain * self.stack.weight() * 3.0 * 255.0 * 255.0
    }

    /// Makes a stroke invisible until the sweep ends.
    fn give_up(&mut self, id: usize) {
        let rank = self.stack.rank(id);
        self.painting.strokes[rank].alpha = 0.0;
        self.stack.replace(id, Coat::new(&self.painting.strokes[rank], Mask::default()), None);
        self.given_up += 1;
    }

    /// Takes invisible strokes out of the painting.
    fn drop_given_up(&mut self) {
        if self.given_up > 0 {
            self.stack.retain(|coat| coat.alpha > 0.0);
            self.painting.strokes.retain(|stroke| stroke.alpha > 0.0);
            self.uses = vec![f64::INFINITY; self.painting.strokes.len()];
            self.given_up = 0;
        }
    }

    /// Solves all colours together, if any may be used, and goes on to the next sweep.
    fn end_sweep(&mut self) {
        if self.paint.palette.is_empty() {
            self.stack.polish_colours(Polish::USUAL);
            for (id, coat) in self.stack.coats().iter().enumerate() {
                self.painting.strokes[self.stack.rank(id)].colour = coat.colour.map(|v| (v / 255.0) as f32);
            }
        }
        self.drop_given_up();
        self.sweep += 1;
        self.begin_sweep();
    }

    fn put(&mut self, id: usize, proposal: Proposal, depth: Option<Depth>) {
        let from = self.stack.rank(id);
        self.stack.replace(id, Coat::new(&proposal.stroke, proposal.mask), depth);
        self.painting.strokes[from] = proposal.stroke;
        let to = self.stack.rank(id);
        if from < to {
            self.painting.strokes[from..=to].rotate_left(1);
        } else {
            self.painting.strokes[to..=from].rotate_right(1);
        }
    }

    fn stroke(&self, id: usize) -> &Stroke {
        &self.painting.strokes[self.stack.rank(id)]
    }

    fn judge(&self) -> Judge<'_> {
        let size = self.stack.size();
        let frame = [self.painting.width, self.painting.height];
        let scale = [0, 1].map(|i| size[i] as f32 / frame[i]);
        let bounds = Bounds { frame, margin: frame[0].max(frame[1]) / 16.0, least: 0.5 / scale[0] };
        Judge { paint: &self.paint, stack: &self.stack, bounds, size, scale, solve_alpha: self.params.solve_alpha }
    }

    /// Random numbers of this sweep for a purpose, a stroke and one of its trials.
    fn dice(&self, purpose: u64, id: u64, trial: u64) -> Dice {
        Dice::new(self.params.seed, STAGE, u64::from(self.sweep) << 32 | id << 8 | purpose << 4 | trial)
    }
}

impl Painter for Relax {
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.sweep >= self.params.sweeps || self.painting.strokes.is_empty() {
            return Ok(None);
        }
        if !self.pending.is_empty() {
            self.visit_some();
        } else if !self.weak.is_empty() {
            self.reseed_some();
        } else {
            self.end_sweep();
        }
        Ok(Some(self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        let strokes = self.painting.strokes.len().max(1);
        let within = 1.0 - self.pending.len().min(strokes) as f64 / strokes as f64;
        ((f64::from(self.sweep) + within) / f64::from(self.params.sweeps.max(1))).min(1.0)
    }
}
