//! One stroke's visit: another depth, better paint, a better place.

use super::Relax;
use super::climb::{Judge, Proposal, levels};
use crate::dice::Dice;
use crate::energy::{Area, Depth, Slot};

/// Share of visits at which another depth is tried.
const DEPTHS: f32 = 0.5;
/// The most overlapping strokes past which a stroke is moved at once.
const FARTHEST: usize = 4;
/// The first steps of the two climbs: pixels, and a share of the stroke's extent.
const NEAR: f32 = 1.0;
const FAR: f32 = 0.12;

/// What a visit found.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub id: usize,
    /// By how much the stroke as it was lowers the sum of squared differences.
    pub use_of: f64,
    /// What is better.
    pub better: Option<(Proposal, Option<Depth>)>,
}

impl Relax {
    /// The pixels that a visit of a stroke looks at and may change.
    pub(super) fn window(&self, id: usize) -> Area {
        let area = self.stack.coats()[id].mask.area();
        let extent = area.width().max(area.height());
        area.grown((extent / 4).clamp(4, 64), self.stack.size())
    }

    pub(super) fn visit(&self, id: usize, judge: &Judge, dice: impl Fn(u64) -> Dice + Sync) -> Visit {
        let window = self.window(id);
        let coat = &self.stack.coats()[id];
        let like = self.stroke(id);
        let mut slot = self.stack.slot_of(id, window);
        let before = slot.moments_of(&coat.mask).change(coat.alpha, coat.colour);
        let mut chance = dice(0);
        let mut depth = None;
        if chance.unit() < DEPTHS
            && let Some((other, to)) = self.other_depth(id, &window, &mut chance)
        {
            let alpha = (!judge.solve_alpha).then_some(coat.alpha);
            let change = |slot: &Slot| judge.paint.mix_at(&slot.moments_of(&coat.mask), alpha).change;
            if change(&other) < change(&slot) {
                (slot, depth) = (other, Some(to));
            }
        }
        let extent = coat.mask.area().width().max(coat.mask.area().height()) as f32;
        let climbed = |far: bool| {
            let first = if far { (extent * FAR).max(2.0 * NEAR) } else { NEAR };
            judge.climb(&slot, like, &like.geometry, first, self.params.tries, &mut dice(1 + u64::from(far)))
        };
        let (near, far) = rayon::join(|| climbed(false), || climbed(true));
        let found = [like.geometry.clone(), near, far];
        let proposals = found.into_iter().filter_map(|geometry| judge.propose(&slot, geometry, like));
        let best = proposals.min_by(|a, b| a.change.total_cmp(&b.change));
        let better = best.filter(|best| best.change < before - self.rounding()).map(|best| (best, depth));
        Visit { id, use_of: -before, better }
    }

    /// A depth next to a stroke that overlaps, above or below the stroke's own.
    fn other_depth(&self, id: usize, window: &Area, dice: &mut Dice) -> Option<(Slot, Depth)> {
        let area = self.stack.coats()[id].mask.area();
        let members = self.stack.touching(&area);
        let at = members.iter().position(|other| *other == id)?;
        let by = 1 + dice.below(FARTHEST);
        let depth = if dice.below(2) == 0 {
            let to = (at + by).min(members.len() - 1);
            (to > at).then(|| Depth::Above(members[to]))?
        } else {
            let to = at.checked_sub(by + 1);
            match to {
                Some(to) => Depth::Above(members[to]),
                None => Depth::Bottom,
            }
        };
        Some((self.stack.slot(*window, Some(id), depth), depth))
    }

    /// A change of the sum of squared differences that may be rounding.
    pub(super) fn rounding(&self) -> f64 {
        1e-9 * self.stack.sse()
    }

    /// What a stroke as it is changes, compared with the painting without it.
    pub(super) fn change_of(&self, id: usize) -> f64 {
        let coat = &self.stack.coats()[id];
        let colour = levels(self.stroke(id).colour);
        self.stack.slot_of(id, coat.mask.area()).moments_of(&coat.mask).change(coat.alpha, colour)
    }
}
