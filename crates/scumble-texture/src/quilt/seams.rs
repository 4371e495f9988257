//! How much a seam shows: by how much the pieces on both sides differ where they meet (Kwatra, Schödl, Essa, Turk, Bobick,
//! "Graphcut textures: image and video synthesis using graph cuts", 2003, without their division by gradients).

use super::sheet::Sheet;
use super::source::{Source, apart};

/// The largest cost of a place where two pieces meet: black beside white, twice.
const LARGEST: i64 = 2 * 3 * 255;

/// The costs of seams between pieces of one exemplar.
pub(super) struct Seams<'a> {
    pub source: &'a Source<'a>,
    pub wraps: bool,
}

impl Seams<'_> {
    /// The cost where a pixel shows `a` of the exemplar and its neighbour, a step away, shows `b`: the difference of the two
    /// pieces at both pixels, summed over channels, in 256 levels. 0 if they are one piece.
    pub fn between(&self, a: u32, b: u32, step: [i64; 2]) -> i64 {
        let (on, back) = (self.source.beside(a, step), self.source.beside(b, step.map(|v| -v)));
        if on == Some(b) {
            return 0;
        }
        let levels = &self.source.levels;
        let here = back.map(|back| apart(&levels[a as usize], &levels[back as usize]));
        let there = on.map(|on| apart(&levels[on as usize], &levels[b as usize]));
        match (here, there) {
            (Some(here), Some(there)) => here + there,
            (Some(known), None) | (None, Some(known)) => 2 * known,
            (None, None) => LARGEST,
        }
    }

    /// The costs at a pixel: where it meets its neighbours to the right and below.
    pub fn at(&self, sheet: &Sheet, at: usize) -> i64 {
        let cost = |step: [i64; 2]| {
            sheet.beside(at, step, self.wraps).map_or(0, |next| self.between(sheet.from[at], sheet.from[next], step))
        };
        cost([1, 0]) + cost([0, 1])
    }
}
