//! How much a seam shows: by how much the pieces on both sides differ where they meet (Kwatra, Schödl, Essa, Turk, Bobick,
//! "Graphcut textures: image and video synthesis using graph cuts", 2003, without their division by gradients, but with
//! small differences counting for less).
//!
//! Of rows, pieces are compared a little to each side of the pixel too, and the largest difference counts. Else joints end blind
//! in steps, from bright over their soft edge to dark, of which each is small.

use super::sheet::Sheet;
use super::source::{STEPS, Source, apart};
use crate::parallel;

/// The largest difference of two colours: black beside white.
const LARGEST: usize = 3 * 255;
/// The difference, in levels of a channel, from which a step is seen rather than grain: costs grow with the square of smaller
/// ones, so that a joint that ends counts for more than a long seam within a stone. Of 10, 20, 40, 60 and 100 forty left fewest
/// joints of a pavement that end blind.
const GRAIN: i32 = 40;
/// What a difference of one level costs where it is large; costs are whole numbers.
const UNIT: i32 = 4;
/// How far around a pixel pieces are compared, of the distance between rows: half a joint of a pavement. Of 0, 0.06 and 0.08 it left
/// fewest joints that end blind, 0 by far the most.
const AROUND: f64 = 0.06;

/// The costs of seams between pieces of one exemplar.
pub(super) struct Seams<'a> {
    pub source: &'a Source<'a>,
    pub wraps: bool,
    /// What a difference costs, summed over channels.
    costs: Vec<i32>,
    /// How far around a pixel pieces are compared, and of each pixel of the exemplar, by bits, to which sides it has one so far away.
    around: Option<(usize, Vec<u8>)>,
}

impl<'a> Seams<'a> {
    /// Of an exemplar with rows `distance` pixels apart, if it has any.
    pub fn new(source: &'a Source<'a>, wraps: bool, distance: Option<f64>) -> Self {
        let cost = |d: i32| (UNIT * d * d) / (d + 3 * GRAIN);
        let around = distance.map(|distance| {
            let reach = (AROUND * distance).round().max(1.0) as usize;
            let there =
                |at: usize, side: usize| source.beside(at as u32, STEPS[side].map(|v| v * reach as i64)).is_some();
            let sides = |at: usize| (0..4).map(|side| u8::from(there(at, side)) << side).sum();
            (reach, parallel::made(source.levels.len(), sides))
        });
        Self { source, wraps, costs: (0..=LARGEST as i32).map(cost).collect(), around }
    }

    /// What it costs at a pixel where two pieces meet that it shows `a` of the exemplar, and would show `b` in the other piece.
    pub fn cost(&self, a: u32, b: u32) -> i32 {
        let [a, b] = [a, b].map(|at| at as usize);
        let levels = &self.source.levels;
        let mut most = apart(&levels[a], &levels[b]);
        if let Some((reach, sides)) = &self.around {
            let both = sides[a] & sides[b];
            let (across, down) = (*reach, reach * self.source.size()[0]);
            let steps = [across, across.wrapping_neg(), down, down.wrapping_neg()];
            for (side, step) in steps.into_iter().enumerate() {
                if both >> side & 1 != 0 {
                    most = most.max(apart(&levels[a.wrapping_add(step)], &levels[b.wrapping_add(step)]));
                }
            }
        }
        self.costs[most as usize]
    }

    /// The cost where a pixel shows `a` of the exemplar and its neighbour on a side shows `b`: that of the difference of the two
    /// pieces at both pixels. 0 if they are one piece.
    pub fn between(&self, a: u32, b: u32, side: usize) -> i32 {
        let on = self.source.next(a, side);
        if on == Some(b) {
            return 0;
        }
        match (self.source.next(b, side ^ 1), on) {
            (Some(back), Some(on)) => self.cost(a, back) + self.cost(on, b),
            (Some(back), None) => 2 * self.cost(a, back),
            (None, Some(on)) => 2 * self.cost(on, b),
            (None, None) => 2 * self.costs[LARGEST],
        }
    }

    /// The costs at a pixel: where it meets its neighbours to the right and below.
    pub fn at(&self, sheet: &Sheet, at: usize) -> i32 {
        let cost = |side: usize| {
            let next = sheet.beside(at, STEPS[side], self.wraps);
            next.map_or(0, |next| self.between(sheet.from[at], sheet.from[next], side))
        };
        cost(0) + cost(2)
    }
}
