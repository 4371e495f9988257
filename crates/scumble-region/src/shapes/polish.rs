//! Climbing to the largest share in common.

use super::candidate::{Bench, Model, normalised};

/// Comparisons that one shape is given.
const MOST: usize = 80;
/// First step of centres and corners, in units of the region's size, and of angles, in radians, and stretches.
const FIRST: f64 = 0.06;
/// The step at which nothing more is to be gained that could be seen.
const LAST: f64 = 0.002;

/// Moves one number after another by a step as long as the share in common grows, then halves the step. Returns the model and its
/// share.
pub(super) fn polish<'a>(bench: &mut Bench<'a, '_>, mut model: Model<'a>, mut iou: f64) -> (Model<'a>, f64) {
    let count = parameters(&model);
    let (mut step, mut spent) = (FIRST, 0);
    // The direction in which each number gained last is tried first.
    let mut signs = vec![1.0; count];
    while step >= LAST && spent < MOST && count > 0 {
        let before = iou;
        for (at, sign) in signs.iter_mut().enumerate() {
            for _ in 0..2 {
                let Some(moved) = moved(&model, at, *sign * step) else { break };
                spent += 1;
                let other = bench.iou(&moved);
                if other > iou {
                    (model, iou) = (moved, other);
                    break;
                }
                *sign = -*sign;
            }
        }
        if iou == before {
            step /= 2.0;
        }
    }
    (model, iou)
}

/// How many numbers of a model may change.
fn parameters(model: &Model) -> usize {
    match model {
        Model::Placed(template, _) => 2 + usize::from(template.turns) + usize::from(template.stretches),
        Model::Polygon(ring) => 2 * ring.len(),
        Model::Itself => 0,
    }
}

/// A model with one number changed; none if it then encloses nothing.
fn moved<'a>(model: &Model<'a>, at: usize, step: f64) -> Option<Model<'a>> {
    match model {
        Model::Placed(template, place) => {
            let mut place = *place;
            match at {
                0 | 1 => place.centre[at] += step,
                2 => place.angle += step,
                _ => place.stretch += step,
            }
            Some(Model::Placed(template, place))
        }
        Model::Polygon(ring) => {
            let mut ring = ring.clone();
            ring.get_mut(at / 2)?[at % 2] += step;
            normalised(&ring).map(Model::Polygon)
        }
        Model::Itself => None,
    }
}
