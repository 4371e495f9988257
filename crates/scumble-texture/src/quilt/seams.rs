//! How much a seam shows: by how much the pieces on both sides differ where they meet (Kwatra, Schödl, Essa, Turk, Bobick,
//! "Graphcut textures: image and video synthesis using graph cuts", 2003, without their division by gradients, but with
//! small differences counting for less).
//!
//! Of rows, pieces count as far apart as they are a little beside the pixel too. Else joints end blind in steps, from bright
//! over their soft edge to dark, of which each is small.

use super::sheet::Sheet;
use super::source::{Levels, STEPS, Source, apart};

/// The largest difference of two colours: black beside white.
const LARGEST: usize = 3 * 255;
/// The difference, in levels of a channel, from which a step is seen rather than grain: costs grow with the square of smaller
/// ones, so that a joint that ends counts for more than a long seam within a stone. Of 10, 20, 40, 60 and 100 forty left fewest
/// joints of a pavement that end blind.
const GRAIN: i32 = 40;
/// What a difference of one level costs where it is large; costs are whole numbers.
const UNIT: i32 = 4;
/// How far around a pixel pieces are compared, of the distance between rows: half a joint.
const AROUND: f64 = 0.06;

/// The costs of seams between pieces of one exemplar.
pub(super) struct Seams<'a> {
    pub source: &'a Source<'a>,
    pub wraps: bool,
    /// What a difference costs, summed over channels.
    costs: Vec<i32>,
    /// The colours to all sides of each pixel of the exemplar, where pieces are compared there.
    around: Vec<[Levels; 4]>,
}

impl<'a> Seams<'a> {
    /// Of an exemplar with rows `distance` pixels apart, if it has any.
    pub fn new(source: &'a Source<'a>, wraps: bool, distance: Option<f64>) -> Self {
        let cost = |d: i32| (UNIT * d * d) / (d + 3 * GRAIN);
        let around = distance.map_or_else(Vec::new, |distance| {
            let reach = (AROUND * distance).round().max(1.0) as i64;
            let beside = |at: u32, step: [i64; 2]| source.beside(at, step.map(|v| v * reach)).unwrap_or(at);
            let all = 0..source.levels.len() as u32;
            all.map(|at| STEPS.map(|step| source.levels[beside(at, step) as usize])).collect()
        });
        Self { source, wraps, costs: (0..=LARGEST as i32).map(cost).collect(), around }
    }

    /// What it costs at a pixel where two pieces meet that it shows `a` of the exemplar, and would show `b` in the other piece.
    pub fn cost(&self, a: u32, b: u32) -> i32 {
        let [a, b] = [a, b].map(|at| at as usize);
        let mut most = apart(&self.source.levels[a], &self.source.levels[b]);
        if let (Some(a), Some(b)) = (self.around.get(a), self.around.get(b)) {
            most = a.iter().zip(b).map(|(a, b)| apart(a, b)).fold(most, i32::max);
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
