//! A better place for a stroke that matters little: where the error is, or over half of a stroke that is there.

use rayon::prelude::*;

use super::Relax;
use super::climb::{Judge, Proposal};
use super::similar::{Similar, half, middle};
use crate::dice::Dice;
use crate::energy::{Area, Depth};
use crate::painting::{Geometry, Point, Stroke};

/// Places looked at for a stroke.
const SPOTS: usize = 8;
/// Random strokes a place, of which the best is improved.
const SAMPLES: usize = 24;
/// Share of places at which a stroke there is split.
const SPLITS: f32 = 0.25;
/// Side of the cells in which the error is measured, in pixels.
const CELL: usize = 16;
/// Deviation of the logarithm of sizes, relative to a stroke of the painting.
const SIZES: f32 = 0.5;

/// Where the error is.
#[derive(Debug, Clone)]
pub(super) struct Errors {
    columns: usize,
    /// Sums of the first cells' squared errors.
    sums: Vec<f64>,
}

impl Relax {
    pub(super) fn errors(&self) -> Errors {
        let [width, height] = self.stack.size();
        let columns = width.div_ceil(CELL);
        let mut cells = vec![0.0; columns * height.div_ceil(CELL)];
        for i in 0..width * height {
            cells[i / width / CELL * columns + i % width / CELL] += self.stack.error(i);
        }
        let sums = cells.iter().scan(0.0, |sum, error| {
            *sum += error * error;
            Some(*sum)
        });
        Errors { columns, sums: sums.collect() }
    }

    /// Another place for stroke `id`, where it changes the sum of squared differences by less than `most`.
    pub(super) fn reseed(
        &self,
        id: usize,
        most: f64,
        judge: &Judge,
        errors: &Errors,
        dice: impl Fn(u64) -> Dice + Sync,
    ) -> Option<(Proposal, Depth)> {
        let spots = (0..SPOTS).into_par_iter().map(|spot| self.look(id, judge, errors, &mut dice(spot as u64)));
        let found: Vec<(Proposal, Depth)> = spots.collect::<Vec<_>>().into_iter().flatten().collect();
        let best = found.into_iter().min_by(|a, b| a.0.change.total_cmp(&b.0.change));
        best.filter(|(best, _)| best.change < most - self.rounding())
    }

    /// The best stroke of one place.
    fn look(&self, id: usize, judge: &Judge, errors: &Errors, dice: &mut Dice) -> Option<(Proposal, Depth)> {
        let spot = errors.draw(dice, self.stack.size());
        let own = self.stroke(id);
        let starts = if dice.unit() < SPLITS {
            let around = Area { x: [spot[0], spot[0] + 1], y: [spot[1], spot[1] + 1] };
            let members = self.stack.touching(&around);
            let whole = *members.get(members.len().checked_sub(1 + dice.below(members.len().min(4)))?)?;
            let whole_geometry = &self.stroke(whole).geometry;
            let parts = [half(whole_geometry, false), half(whole_geometry, true)];
            let depth = if whole == id { Depth::Top } else { Depth::Above(whole) };
            (parts.to_vec(), depth)
        } else {
            let centre = [0, 1].map(|i| (spot[i] as f32 + 0.5) / judge.scale[i]);
            ((0..SAMPLES).map(|_| self.sample(centre, dice)).collect(), Depth::Top)
        };
        let (geometries, depth) = starts;
        let mut scan = judge.scan(1);
        let mut window = Area::default();
        for geometry in &geometries {
            scan.trace(geometry);
            scan.runs(|run| window = window.with(Area { x: [run.start, run.end], y: [run.y, run.y + 1] }));
        }
        let window = window.grown(8, self.stack.size());
        if window.is_empty() {
            return None;
        }
        let slot = self.stack.slot(window, Some(id), depth);
        let best = geometries
            .into_iter()
            .map(|geometry| {
                (
                    judge.glance(&slot, &geometry, &Stroke { geometry: geometry.clone(), ..own.clone() }, &mut scan),
                    geometry,
                )
            })
            .min_by(|a, b| a.0.total_cmp(&b.0))?;
        if !best.0.is_finite() {
            return None;
        }
        let like = Stroke { geometry: best.1, ..own.clone() };
        let first = (window.width().max(window.height()) as f32 / 16.0).max(1.0);
        let geometry = judge.climb(&slot, &like, &like.geometry, first, 2 * self.params.tries, dice);
        judge.propose(&slot, geometry, &like).map(|proposal| (proposal, depth))
    }

    /// A stroke's geometry, the smaller of two drawn from the painting, put at a place.
    fn sample(&self, centre: Point, dice: &mut Dice) -> Geometry {
        let count = self.painting.strokes.len();
        let pick = |dice: &mut Dice| {
            let id = dice.below(count);
            (self.stack.coats()[id].mask.pixels(), id)
        };
        let (_, id) = pick(dice).min(pick(dice));
        let geometry = &self.stroke(id).geometry;
        let about = middle(geometry);
        let similar = Similar {
            about,
            scale: (dice.normal() * SIZES).exp(),
            turn: dice.between(0.0, std::f32::consts::TAU),
            shift: [centre[0] - about[0], centre[1] - about[1]],
        };
        similar.of(geometry)
    }
}

impl Errors {
    /// A pixel drawn by the error.
    fn draw(&self, dice: &mut Dice, size: [usize; 2]) -> [usize; 2] {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let wanted = f64::from(dice.unit()) * total;
        let cell = self.sums.partition_point(|sum| *sum <= wanted).min(self.sums.len().saturating_sub(1));
        let corner = [cell % self.columns * CELL, cell / self.columns * CELL];
        [0, 1].map(|i| (corner[i] + dice.below(CELL)).min(size[i] - 1))
    }
}
