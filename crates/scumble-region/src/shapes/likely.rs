//! Which of the shapes that are about as good a region is like.

use super::Fit;
use super::candidate::{Bench, Model};
use super::polish::parameters;
use super::whiten::cost;

/// How much a score may lie behind the best: an octagon and a circle differ by 0.013 at most when waves of 10 % of the radius hide
/// which of them it is.
const NEAR: f64 = 0.02;
/// What a parameter costs at an abstraction of 1, in twice the logarithm of likelihood: 8 at 0.05, where with waves of 10 % of the
/// radius as few circles are taken for octagons as octagons for circles. (Schwarz 1978 has the logarithm of the count of numbers, 4.9.)
const PARAMETER: f64 = 160.0;

/// Of sorted fits, if the best is a circle or a regular shape and others such are near, brings that to the front which makes what it
/// leaves over likeliest: shapes with few corners differ from rounder ones by few waves, whose share in the score is small.
pub(super) fn likeliest_first(bench: &mut Bench, fits: &mut [(Fit, Model)], abstraction: f64) {
    let regular = |model: &Model| matches!(model, Model::Placed(template, _) if !template.stretches);
    let Some((best, _)) = fits.first().filter(|(_, model)| regular(model) && bench.outline.edge.is_none()) else {
        return;
    };
    let near = best.score + NEAR;
    let mut likeliest: Option<(usize, f64)> = None;
    for (at, (_, model)) in fits.iter().enumerate().take_while(|(_, (fit, _))| fit.score <= near) {
        let Some(cost) = regular(model).then(|| cost(bench, model)).flatten() else { continue };
        let cost = cost + PARAMETER * abstraction * parameters(model, bench.outline) as f64;
        if likeliest.is_none_or(|(_, least)| cost < least) {
            likeliest = Some((at, cost));
        }
    }
    if let Some((at, _)) = likeliest {
        fits[..=at].rotate_right(1);
    }
}
