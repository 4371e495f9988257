//! Least squares of differences whose noise is no longer coloured.
//!
//! Noise of outlines is smooth: it has waves of some numbers round and hardly any of others. Where a shape lies, how it is turned
//! and which one it is, is told best by those waves of its sides and corners that the noise lacks. So each wave of the difference
//! counts by the inverse of the noise's power there, which is taken from what the fit leaves over (generalised least squares, Aitken
//! 1936, with an estimated covariance; for waves, Whittle 1953).

use super::V2;
use super::candidate::{Bench, Model};
use super::colour::{WAVES, Waves, band, count, flatness, unlikeliness};
use super::equations::{Equations, MOST};
use super::polish::{moved, parameters};
use super::sectors::SECTORS;
use super::settle::ring;

/// Of noise that is flatter than this, ordinary least squares tell as much.
const WHITE: f64 = 0.6;
/// Other angles to each side from which regular shapes are begun, and how far they are apart: a third of one of the shortest waves,
/// which otherwise come to rest one off. Least squares are off by up to 0.08.
const TURNS: i32 = 2;
const TURN: f64 = 0.03;
/// Rounds of Gauss' and Newton's method from each angle, and from the best.
const FIRST: usize = 2;
const ROUNDS: usize = 4;
/// The step of parameters over which derivatives are taken, and the one at which they have settled.
const STEP: f64 = 1e-4;
/// The longest step.
const LONGEST: f64 = 0.1;

/// Where a model lies by the waves of its difference from the region; none if these are white, or too few.
pub(super) fn whitened<'a>(bench: &mut Bench<'a, '_>, model: &Model<'a>) -> Option<Model<'a>> {
    let band = band(bench.outline.unit)?;
    let colour = bench.prism.colour(&Difference::of(bench, model)?.waves);
    if flatness(&colour, band) > WHITE {
        return None;
    }
    let regular = matches!(model, Model::Placed(template, _) if template.turns && !template.stretches);
    let turns = if regular { TURNS } else { 0 };
    let mut best: Option<(Model, f64)> = None;
    for turn in -turns..=turns {
        let start = if turn == 0 { model.clone() } else { moved(model, 2, f64::from(turn) * TURN, bench.outline)? };
        let Some(model) = improved(bench, start, band, FIRST) else { continue };
        let Some(cost) = cost(bench, &model) else { continue };
        if best.as_ref().is_none_or(|(_, least)| cost < *least) {
            best = Some((model, cost));
        }
    }
    improved(bench, best?.0, band, ROUNDS)
}

/// How unlikely what a model leaves over is: twice the negative logarithm of its likelihood, but for a constant of the region. None
/// of models of other than one ring, and if waves are too few.
pub(super) fn cost(bench: &mut Bench, model: &Model) -> Option<f64> {
    let band = band(bench.outline.unit)?;
    let waves = Difference::of(bench, model)?.waves;
    Some(unlikeliness(&bench.prism.colour(&waves), band))
}

/// By how much a region's outline is outside a model's.
struct Difference {
    centre: V2,
    model: [f64; SECTORS],
    waves: Waves,
}

impl Difference {
    fn of(bench: &mut Bench, model: &Model) -> Option<Self> {
        let ring = ring(bench, model).filter(|_| bench.rings.len() == 1)?;
        let centre = match model {
            Model::Placed(_, place) => place.centre,
            _ => [0, 1].map(|k| ring.iter().map(|p| p[k]).sum::<f64>() / ring.len() as f64),
        };
        let model = bench.prism.sectors.radii(&ring, centre);
        let mut difference = bench.prism.sectors.radii(&bench.outline.trail, centre);
        difference.iter_mut().zip(&model).for_each(|(out, model)| *out -= model);
        let waves = bench.prism.waves(&difference);
        Some(Self { centre, model, waves })
    }
}

/// A model after some rounds, each with the colour of what the last left over.
fn improved<'a>(bench: &mut Bench<'a, '_>, mut model: Model<'a>, band: usize, rounds: usize) -> Option<Model<'a>> {
    for _ in 0..rounds {
        let count = parameters(&model, bench.outline);
        let steps = steps(bench, &model, band)?;
        let longest = steps.iter().fold(0.0, |most: f64, step| most.max(step.abs()));
        let share = if longest > LONGEST { LONGEST / longest } else { 1.0 };
        model = (0..count).try_fold(model, |model, at| moved(&model, at, share * steps[at], bench.outline))?;
        if longest < STEP {
            break;
        }
    }
    Some(model)
}

/// What one round changes a model's parameters by; none if that cannot be told.
fn steps(bench: &mut Bench, model: &Model, band: usize) -> Option<[f64; MOST]> {
    let parameters = parameters(model, bench.outline);
    let difference = Difference::of(bench, model)?;
    let mut ways = Vec::with_capacity(parameters);
    for at in 0..parameters {
        let ring = ring(bench, &moved(model, at, STEP, bench.outline)?)?;
        let mut way = bench.prism.sectors.radii(&ring, difference.centre);
        way.iter_mut().zip(&difference.model).for_each(|(out, model)| *out = (*out - model) / STEP);
        ways.push(bench.prism.waves(&way));
    }
    let colour: [f64; WAVES] = bench.prism.colour(&difference.waves);
    let mut equations = Equations::new(parameters);
    for wave in 0..band {
        let weight = count(wave) / colour[wave];
        let [mut cosines, mut sines] = [[0.0; MOST]; 2];
        for (at, way) in ways.iter().enumerate() {
            [cosines[at], sines[at]] = [way[wave].re, way[wave].im];
        }
        equations.add(&cosines, difference.waves[wave].re, weight);
        equations.add(&sines, difference.waves[wave].im, weight);
    }
    equations.solved()
}
