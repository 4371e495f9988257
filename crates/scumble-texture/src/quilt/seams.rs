//! How much a seam shows: by how much the pieces on both sides differ where they meet (Kwatra, Schödl, Essa, Turk, Bobick,
//! "Graphcut textures: image and video synthesis using graph cuts", 2003, without their division by gradients, but with
//! small differences counting for less).

use super::sheet::Sheet;
use super::source::{STEPS, Source, apart};

/// The largest difference of two colours: black beside white.
const LARGEST: usize = 3 * 255;
/// The difference, in levels of a channel, from which a step is seen rather than grain: costs grow with the square of smaller
/// ones, so that a joint that ends counts for more than a long seam within a stone. Of 10, 20, 40, 60 and 100 forty left fewest
/// joints of a pavement that end blind.
const GRAIN: i32 = 40;
/// What a difference of one level costs where it is large; costs are whole numbers.
const UNIT: i32 = 4;

/// The costs of seams between pieces of one exemplar.
pub(super) struct Seams<'a> {
    pub source: &'a Source<'a>,
    pub wraps: bool,
    /// What a difference costs, summed over channels.
    costs: Vec<i32>,
}

impl<'a> Seams<'a> {
    pub fn new(source: &'a Source<'a>, wraps: bool) -> Self {
        let cost = |d: i32| (UNIT * d * d) / (d + 3 * GRAIN);
        Self { source, wraps, costs: (0..=LARGEST as i32).map(cost).collect() }
    }

    /// What it costs at a pixel where two pieces meet that it shows `a` of the exemplar, and would show `b` in the other piece.
    pub fn cost(&self, a: u32, b: u32) -> i32 {
        let levels = &self.source.levels;
        self.costs[apart(&levels[a as usize], &levels[b as usize]) as usize]
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
