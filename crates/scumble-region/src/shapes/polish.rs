//! Climbing to the largest share in common.

use super::candidate::{Bench, Model};
use super::outline::Outline;

/// Comparisons that one shape is given.
const MOST: usize = 120;
/// First step of centres and corners, in units of the region's size, and of angles, in radians, and stretches.
const FIRST: f64 = 0.06;
/// The step at which nothing more is to be gained that could be seen.
const LAST: f64 = 0.002;

/// Pattern search (Hooke & Jeeves 1961): moves one number after another by a step if the share in common grows, repeats all of these
/// moves at once as long as it does, and halves the step when none is left. Returns the model and its share.
pub(super) fn polish<'a>(bench: &mut Bench<'a, '_>, mut model: Model<'a>, mut iou: f64) -> (Model<'a>, f64) {
    let count = parameters(&model, bench.outline);
    let (mut step, mut spent) = (FIRST, 0);
    // The direction in which each number gained last is tried first.
    let mut signs = vec![1.0; count];
    while step >= LAST && spent < MOST && count > 0 {
        let mut moves = Vec::new();
        for (at, sign) in signs.iter_mut().enumerate() {
            for _ in 0..2 {
                let Some(moved) = moved(&model, at, *sign * step, bench.outline) else { break };
                spent += 1;
                let other = bench.iou(&moved);
                if other > iou {
                    (model, iou) = (moved, other);
                    moves.push((at, *sign * step));
                    break;
                }
                *sign = -*sign;
            }
        }
        if moves.is_empty() {
            step /= 2.0;
        }
        while moves.len() > 1 && spent < MOST {
            let outline = bench.outline;
            let all = |model: &Model<'a>| {
                moves.iter().try_fold(model.clone(), |model, (at, by)| moved(&model, *at, *by, outline))
            };
            let Some(far) = all(&model) else { break };
            spent += 1;
            let other = bench.iou(&far);
            if other <= iou {
                break;
            }
            (model, iou) = (far, other);
        }
    }
    (model, iou)
}

/// How many numbers of a model may change.
pub(super) fn parameters(model: &Model, outline: &Outline) -> usize {
    match model {
        Model::Placed(..) if outline.edge.is_some() => 5,
        Model::Placed(template, _) => 2 + usize::from(template.turns) + usize::from(template.stretches),
        Model::Polygon(ring) => 2 * ring.len(),
        Model::Itself => 0,
    }
}

/// A model with one number changed; none if it then encloses nothing.
pub(super) fn moved<'a>(model: &Model<'a>, at: usize, step: f64, outline: &Outline) -> Option<Model<'a>> {
    match model {
        Model::Placed(template, place) => {
            let mut place = *place;
            match at {
                0 | 1 => place.centre[at] += step,
                2 if template.turns => place.angle += step,
                3 if template.stretches => place.stretch += step,
                4 => place.scale += step,
                _ => return None,
            }
            Some(Model::Placed(template, place))
        }
        Model::Polygon(ring) => {
            let mut ring = ring.clone();
            ring.get_mut(at / 2)?[at % 2] += step;
            Model::polygon(&ring, outline)
        }
        Model::Itself => None,
    }
}
