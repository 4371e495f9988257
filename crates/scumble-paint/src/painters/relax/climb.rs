//! The best place near a first one, in one slot of the stack.

use super::moves::{Bounds, Reach, neighbour};
use crate::dice::Dice;
use crate::energy::{Mask, Mix, Paint, Slot, Stack};
use crate::painting::{Colour, Geometry, Stroke};
use crate::raster::{FINE, Scan};

/// Scanlines a row while climbing: enough to see which way an edge should go. Those of small steps, and of large ones.
const LINES: usize = 4;
const FAST_LINES: usize = 1;
/// Steps in pixels that count as large.
const LARGE_STEP: f32 = 2.0;
/// What a failure and a success make of the size of steps.
const SHRINK: f32 = 0.95;
const GROW: f32 = 2.0;
/// The least step in pixels.
const LEAST_STEP: f32 = 0.1;

/// What judging strokes depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'a> {
    pub paint: &'a Paint,
    pub stack: &'a Stack,
    pub bounds: Bounds,
    /// Size of the working copy in pixels.
    pub size: [usize; 2],
    /// Pixels a unit of the frame.
    pub scale: [f32; 2],
    /// Whether opacities are solved.
    pub solve_alpha: bool,
}

/// A stroke, what it covers, and by how much it changes the sum of squared differences of a painting without it.
#[derive(Debug, Clone)]
pub(super) struct Proposal {
    pub stroke: Stroke,
    pub mask: Mask,
    pub change: f64,
}

impl Judge<'_> {
    pub fn scan(&self, lines: usize) -> Scan {
        Scan::new(self.size[0], 0..self.size[1], lines, self.scale)
    }

    /// A geometry's change in a slot with the best paint, by coarse coverage; infinite if it may not be.
    pub fn glance(&self, slot: &Slot, geometry: &Geometry, like: &Stroke, scan: &mut Scan) -> f64 {
        if !self.bounds.allow(geometry, &like.geometry) {
            return f64::INFINITY;
        }
        scan.trace(geometry);
        slot.moments(scan).map_or(f64::INFINITY, |moments| self.paint.mix_at(&moments, self.alpha(like)).change)
    }

    /// A stroke like another with the geometry and the best paint, exactly; none if it covers nothing or reaches out of
    /// the slot.
    pub fn propose(&self, slot: &Slot, geometry: Geometry, like: &Stroke) -> Option<Proposal> {
        let mut scan = self.scan(FINE);
        let mask = Mask::new(&geometry, &mut scan);
        let area = mask.area();
        if area.is_empty() || slot.area().with(area) != slot.area() {
            return None;
        }
        let moments = slot.moments_of(&mask);
        let Mix { colour, alpha, .. } = self.paint.mix_at(&moments, self.alpha(like));
        let alpha = if self.solve_alpha { alpha as f32 } else { like.alpha };
        let [low, high] = self.stack.bounds(&mask, f64::from(alpha));
        let free = self.paint.palette.is_empty();
        let colour = if free { [0, 1, 2].map(|c| colour[c].clamp(low[c], high[c])) } else { colour };
        let stroke = Stroke { geometry, colour: stored(colour), alpha, layer: like.layer, ramp: None };
        let change = moments.change(f64::from(stroke.alpha), levels(stroke.colour));
        Some(Proposal { stroke, mask, change })
    }

    /// The best geometry that steps from a first one find; the first step's deviation is `first` pixels.
    pub fn climb(
        &self,
        slot: &Slot,
        like: &Stroke,
        start: &Geometry,
        first: f32,
        tries: u32,
        dice: &mut Dice,
    ) -> Geometry {
        let mut scan = self.scan(if first < LARGE_STEP { LINES } else { FAST_LINES });
        let mut best = start.clone();
        let mut least = self.glance(slot, &best, like, &mut scan);
        let rows = scan.rows();
        let unit = self.scale[0];
        let radius = self.radius(start).max(rows.len() as f32 / 2.0 / self.scale[1]);
        let mut step = first;
        for _ in 0..tries {
            let new = neighbour(&best, Reach { shift: step / unit, radius }, dice);
            let change = self.glance(slot, &new, like, &mut scan);
            step = (step * SHRINK).max(LEAST_STEP);
            if change < least {
                (best, least) = (new, change);
                step = (step * GROW).min(first);
            }
        }
        best
    }

    /// A geometry not far from a stroke's, some pixels away; the stroke's own if none is allowed.
    pub fn kicked(&self, like: &Stroke, by: f32, dice: &mut Dice) -> Geometry {
        let reach = Reach { shift: by / self.scale[0], radius: self.radius(&like.geometry) };
        let twice = neighbour(&neighbour(&like.geometry, reach, dice), reach, dice);
        if self.bounds.allow(&twice, &like.geometry) { twice } else { like.geometry.clone() }
    }

    /// A length of the order of half the geometry's extent.
    fn radius(&self, geometry: &Geometry) -> f32 {
        let spread = |points: &[[f32; 2]]| {
            let ends = [0, 1].map(|i| {
                let values = points.iter().map(|p| p[i]);
                values.clone().fold(f32::NEG_INFINITY, f32::max) - values.fold(f32::INFINITY, f32::min)
            });
            ends[0].hypot(ends[1]) / 2.0
        };
        match geometry {
            Geometry::Triangle { points } | Geometry::Curve { points, .. } => spread(points),
            Geometry::Polygon { points } | Geometry::Spline { points, .. } => spread(points),
            Geometry::Line { points, .. } => spread(points),
            Geometry::Rectangle { half: sizes, .. }
            | Geometry::Ellipse { radii: sizes, .. }
            | Geometry::Superellipse { radii: sizes, .. } => sizes[0].max(sizes[1]),
            Geometry::Stamp { length, width, .. } => length.max(*width) / 2.0,
        }
    }

    fn alpha(&self, like: &Stroke) -> Option<f64> {
        (!self.solve_alpha).then_some(f64::from(like.alpha))
    }
}

/// A colour of the painting in levels.
pub(super) fn levels(colour: Colour) -> [f64; 3] {
    colour.map(|v| f64::from(v) * 255.0)
}

/// Levels as a colour of the painting.
fn stored(levels: [f64; 3]) -> Colour {
    levels.map(|v| (v / 255.0).clamp(0.0, 1.0) as f32)
}
