//! One stroke's visit: another depth, better paint, a better place.

use super::Relax;
use super::climb::{Judge, Proposal, levels};
use crate::dice::Dice;
use crate::energy::{Area, Depth, Slot};

/// Share of visits at which another depth is tried.
const DEPTHS: f32 = 0.5;
/// The most overlapping strokes past which a stroke is moved at once.
const FARTHEST: usize = 4;
/// The first steps of climbs: pixels, and a share of the stroke's extent.
const NEAR: f32 = 1.0;
const FAR: f32 = 0.12;
/// How far the start of the last climb is away, as a share of the stroke's extent.
const KICK: f32 = 0.25;

/// Where a climb starts, and how.
#[derive(Clone, Copy)]
enum Way {
    /// From the stroke in small steps.
    Near,
    /// From the stroke in large steps, at another depth if there is one.
    Far,
    /// From a place not far from it, in large steps.
    Kicked,
}

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
        let slot = self.stack.slot_of(id, window);
        let before = slot.moments_of(&coat.mask).change(coat.alpha, coat.colour);
        let mut chance = dice(0);
        let other = (chance.unit() < DEPTHS).then(|| self.other_depth(id, &window, &mut chance)).flatten();
        // All changes are against the same painting without the stroke, whatever the depth.
        let (other, depth) = other.as_ref().map_or((&slot, None), |(other, depth)| (other, Some(*depth)));
        let extent = coat.mask.area().width().max(coat.mask.area().height()) as f32;
        let far = (extent * FAR).max(2.0 * NEAR);
        let climb = |slot: &Slot, first: f32, way: Way| {
            let mut dice = dice(1 + way as u64);
            let start = match way {
                Way::Kicked => judge.kicked(like, extent * KICK, &mut dice),
                _ => like.geometry.clone(),
            };
            judge.climb(slot, like, &start, first, self.params.tries, &mut dice)
        };
        let (near, (wide, kicked)) = rayon::join(
            || climb(&slot, NEAR, Way::Near),
            || rayon::join(|| climb(other, far, Way::Far), || climb(&slot, far, Way::Kicked)),
        );
        let own = || like.geometry.clone();
        let found = [(&slot, own(), None), (&slot, near, None), (other, wide, depth), (&slot, kicked, None)];
        let proposals = found.into_iter().filter_map(|(slot, geometry, depth)| {
            judge.propose(slot, geometry, like).map(|proposal| (proposal, depth))
        });
        let best = proposals.min_by(|a, b| a.0.change.total_cmp(&b.0.change));
        let better = best.filter(|(best, _)| best.change < before - self.rounding());
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
