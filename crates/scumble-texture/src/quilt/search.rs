//! The search for the place of the exemplar that fits a block's surroundings best.
//!
//! The differences of all places come from two correlations. Levels are whole numbers, so their sums are too: rounded, the
//! transforms' errors are gone, and every machine finds the same places. Phases of rows are not whole: where a place is off by just as
//! much as may be, machines may differ.

use std::ops::Range;

use rayon::prelude::*;
use rustfft::num_complex::Complex64;

use super::layout::Room;
use super::source::{Levels, Source, difference};
use crate::correlate::Correlator;

/// Longer side in pixels of the copy on which an exemplar is searched first: beyond it transforms, not blocks, take the time.
const COPY: usize = 320;
/// By how much a place that fits may differ more than the best one: in pictures of few colours nearly all can be cut somewhere. With 2,
/// drawn bricks lost their courses, with 1.3 and 1.1 not.
const WORSE: f64 = 1.3;
/// Added to a number below a quarter of it and taken off again, it leaves a whole one (Knuth, TAOCP 2, §4.2.2).
const WHOLE: f64 = 1.5 * (1u64 << 52) as f64;

/// What a block should look like, row by row.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// The colour each pixel should have, where it matters.
    pub colours: Vec<Option<Levels>>,
    /// The brightness each pixel should have in 256 levels, if a guide says so.
    pub tones: Option<Vec<u8>>,
    /// How much the guide counts, 0 to 1.
    pub guided: f64,
}

/// Which places of the exemplar may be taken.
#[derive(Debug, Clone)]
pub(super) struct Open<'a> {
    pub room: Room<'a>,
    /// What is left out, list by list, up to the first that would leave less than half of the room's places.
    pub bars: &'a [Bars],
}

/// Places that are left out: those nearer than `radius` pixels both ways to these.
#[derive(Debug, Clone)]
pub(super) struct Bars {
    pub places: Vec<[i64; 2]>,
    pub radius: i64,
}

/// Searches one exemplar for blocks of one size.
pub(super) struct Search<'a> {
    source: &'a Source<'a>,
    /// The exemplar's brightness as guides are compared with it.
    tones: Option<&'a [u8]>,
    block: [usize; 2],
    /// Pixels of the exemplar a cell of the copy stands for, along a side.
    factor: usize,
    /// Columns and rows of places in the copy.
    places: [usize; 2],
    colour: Correlator,
    tone: Option<Correlator>,
    /// Whether a block at each place is whole.
    whole: Vec<bool>,
    /// Whether the exemplar has no colours, so that one channel says all.
    grey: bool,
}

impl<'a> Search<'a> {
    /// A search for blocks of `block` pixels, of which parts at least `depth` deep are known.
    pub fn new(source: &'a Source<'a>, tones: Option<&'a [u8]>, block: [usize; 2], depth: usize) -> Self {
        let size = source.size();
        let factor = size[0].max(size[1]).div_ceil(COPY).min(depth / 2).max(1);
        let cells = size.map(|side| side / factor);
        let colours = reduced(&source.levels, size, factor);
        let grey = source.levels.iter().all(|p| p[0] == p[1] && p[1] == p[2]);
        let last = colours.iter().map(|p| Complex64::new(p[2].into(), square(p))).collect();
        let first = || colours.iter().map(|p| Complex64::new(p[0].into(), p[1].into())).collect();
        let colour = if grey { Correlator::new(cells, &[last]) } else { Correlator::new(cells, &[first(), last]) };
        let tone = tones.map(|tones| {
            let tones: Vec<Levels> = tones.iter().map(|v| [*v, 0, 0]).collect();
            let plane = |p: &Levels| Complex64::new(p[0].into(), square(p));
            Correlator::new(cells, &[reduced(&tones, size, factor).iter().map(plane).collect()])
        });
        let places = [0, 1].map(|i| (size[i] - block[i]) / factor + 1);
        let whole = (0..places[0] * places[1])
            .map(|i| source.whole([i % places[0] * factor, i / places[0] * factor], block))
            .collect();
        Self { source, tones, block, factor, places, colour, tone, whole, grey }
    }

    /// An open place whose difference is at most `1 + tolerance` times the least; which of them, `chance` from 0 to 1 says.
    /// `None` if no block is whole.
    pub fn find(&mut self, wanted: &Wanted, tolerance: f64, chance: f64, open: &Open<'_>) -> Option<[usize; 2]> {
        let costs = self.costs(wanted);
        let allowed = self.open(open);
        let rated = || costs.iter().zip(&allowed).filter(|(_, open)| **open).map(|(cost, _)| *cost);
        let bound = (1.0 + tolerance) * rated().fold(f64::INFINITY, f64::min);
        let good: Vec<usize> = (0..costs.len()).filter(|i| allowed[*i] && costs[*i] <= bound).collect();
        let chosen = self.place(*good.get((chance * good.len() as f64) as usize)?);
        Some(if self.factor == 1 { chosen } else { self.refined(&Known::of(wanted, self), chosen, &open.room) })
    }

    /// The `count` places of a room that differ least, the best first, of those that lie `radius` pixels from those `used` and
    /// half of that from each other, in one way at least, but for less than a cell.
    pub fn best(
        &mut self,
        wanted: &Wanted,
        count: usize,
        room: &Room<'_>,
        radius: usize,
        used: &[[usize; 2]],
    ) -> Vec<[usize; 2]> {
        let costs = self.costs(wanted);
        let mut open = self.within(room);
        let bar = |open: &mut [bool], place: [usize; 2], radius: usize| {
            self.near(place.map(|v| v as i64), radius.max(1) as i64).for_each(|row| open[row].fill(false));
        };
        let all = open.clone();
        used.iter().for_each(|place| bar(&mut open, *place, radius));
        if !open.contains(&true) {
            open = all;
        }
        let mut found = Vec::new();
        while found.len() < count {
            let Some(place) = self.least(&costs, wanted, 1, &open, room, None).pop() else { break };
            // The cell it was found in goes too, from which it may lie nearly a cell away.
            bar(&mut open, place, (radius / 2).max(self.factor));
            found.push(place);
        }
        found
    }

    /// The `count` open places that differ least, the best first.
    pub fn fitting(&mut self, wanted: &Wanted, count: usize, open: &Open<'_>) -> Vec<[usize; 2]> {
        let (costs, allowed) = (self.costs(wanted), self.open(open));
        self.least(&costs, wanted, count, &allowed, &open.room, Some(WORSE))
    }

    /// The best `count` of the places that are `open`, and, if `most` is given, none that differs more than the best one by that factor.
    fn least(
        &self,
        costs: &[f64],
        wanted: &Wanted,
        count: usize,
        open: &[bool],
        room: &Room<'_>,
        most: Option<f64>,
    ) -> Vec<[usize; 2]> {
        let all = || costs.iter().copied().zip(0..).zip(open).filter(|(_, open)| **open).map(|(rated, _)| rated);
        // Equally good ones in the order in which they lie in the exemplar.
        let order = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        let mut all: Vec<(f64, usize)> = match count {
            1 => all().min_by(order).into_iter().collect(),
            _ => all().collect(),
        };
        if count < all.len() {
            all.select_nth_unstable_by(count, order);
            all.truncate(count);
        }
        all.sort_unstable_by(order);
        if let Some(most) = most {
            let bound = all.first().map_or(0.0, |best| most * best.0);
            all.retain(|(cost, _)| *cost <= bound);
        }
        let mut found: Vec<[usize; 2]> = all.into_iter().map(|(_, i)| self.place(i)).collect();
        if self.factor > 1 {
            let known = Known::of(wanted, self);
            found.par_iter_mut().for_each(|place| *place = self.refined(&known, *place, room));
        }
        found
    }

    /// The places nearer than `radius` pixels both ways to a point, as indices row by row.
    fn near(&self, point: [i64; 2], radius: i64) -> impl Iterator<Item = Range<usize>> + use<> {
        let (factor, columns) = (self.factor as i64, self.places[0]);
        // Indices along an axis whose places are near.
        let near = |at: i64, count: usize| {
            let ends = [at - radius + factor, at + radius - 1 + factor].map(|v| v.div_euclid(factor).max(0) as usize);
            ends[0].min(count)..ends[1].min(count)
        };
        let across = near(point[0], columns);
        near(point[1], self.places[1]).map(move |y| y * columns + across.start..y * columns + across.end)
    }

    /// The place of the exemplar with an index.
    fn place(&self, i: usize) -> [usize; 2] {
        [i % self.places[0] * self.factor, i / self.places[0] * self.factor]
    }

    /// Which places of a room are of whole blocks; all of the exemplar's, if none are.
    fn within(&self, room: &Room<'_>) -> Vec<bool> {
        let mut found = vec![false; self.whole.len()];
        // Indices along an axis whose places lie between the ends.
        let [across, down] = [0, 1].map(|i| room.ends[i].map(|end| end.div_ceil(self.factor).min(self.places[i])));
        for y in down[0]..down[1] {
            let row = y * self.places[0] + across[0]..y * self.places[0] + across[1];
            found[row.clone()].copy_from_slice(&self.whole[row]);
        }
        if !found.contains(&true) {
            found.clone_from(&self.whole);
        }
        if let Some(rows) = &room.rows {
            rows.narrow(&mut found, |i| self.place(i));
        }
        found
    }

    /// Which places are of whole blocks and not barred.
    fn open(&self, open: &Open<'_>) -> Vec<bool> {
        let count = |open: &[bool]| open.iter().filter(|open| **open).count();
        let mut found = self.within(&open.room);
        let half = count(&found).div_ceil(2);
        for bars in open.bars {
            let mut left = found.clone();
            bars.places.iter().flat_map(|point| self.near(*point, bars.radius)).for_each(|row| left[row].fill(false));
            if count(&left) < half {
                break;
            }
            found = left;
        }
        found
    }

    /// Any place of a room, of which `chance` says which.
    pub fn any(&self, room: &Room<'_>, chance: f64) -> Option<[usize; 2]> {
        let open = self.within(room);
        let whole: Vec<usize> = (0..open.len()).filter(|i| open[*i]).collect();
        Some(self.place(*whole.get((chance * whole.len() as f64) as usize)?))
    }

    /// The mean difference of every place of the copy, colours and guide weighed.
    fn costs(&mut self, wanted: &Wanted) -> Vec<f64> {
        let cells = self.block.map(|side| side / self.factor);
        let colours = gathered(&wanted.colours, self.block, self.factor);
        let known = colours.iter().flatten().count();
        let mut costs = vec![0.0; self.places[0] * self.places[1]];
        if known > 0 {
            // Of what should not matter, everything is 0: it adds nothing to either sum.
            let at = |p: &Option<Levels>| p.unwrap_or_default().map(f64::from);
            let counts = |p: &Option<Levels>| if p.is_some() { -0.5 } else { 0.0 };
            let last: Vec<Complex64> = if self.grey {
                // Colours count by their sum.
                colours.iter().map(|p| Complex64::new(at(p).iter().sum(), counts(p))).collect()
            } else {
                colours.iter().map(|p| Complex64::new(at(p)[2], counts(p))).collect()
            };
            let first = || colours.iter().map(|p| Complex64::new(at(p)[0], at(p)[1])).collect();
            let windows = if self.grey { vec![last] } else { vec![first(), last] };
            let own: f64 = colours.iter().flatten().map(square).sum();
            let weight = (1.0 - wanted.guided) / known as f64;
            let sums = self.colour.correlate(&windows, cells, self.places);
            costs.iter_mut().zip(sums).for_each(|(cost, sum)| *cost += weight * (own - rounded(2.0 * sum)));
        }
        if let (Some(tone), Some(tones)) = (&mut self.tone, &wanted.tones) {
            let tones: Vec<Option<Levels>> = tones.iter().map(|v| Some([*v, 0, 0])).collect();
            let tones: Vec<Levels> = gathered(&tones, self.block, self.factor).into_iter().flatten().collect();
            let window = tones.iter().map(|p| Complex64::new(p[0].into(), -0.5)).collect();
            let own: f64 = tones.iter().map(square).sum();
            // One channel stands for three.
            let weight = 3.0 * wanted.guided / tones.len() as f64;
            let sums = tone.correlate(&[window], cells, self.places);
            costs.iter_mut().zip(sums).for_each(|(cost, sum)| *cost += weight * (own - rounded(2.0 * sum)));
        }
        costs
    }

    /// The best whole block less than a cell away, of which rows lie as well.
    fn refined(&self, known: &Known, [x, y]: [usize; 2], room: &Room<'_>) -> [usize; 2] {
        let reach = self.factor - 1;
        let near = |at: usize| at.saturating_sub(reach)..=at + reach;
        let places = near(y).flat_map(|y| near(x).map(move |x| [x, y]));
        let suits = |place: &[usize; 2]| room.rows.as_ref().is_none_or(|rows| rows.suit(*place, [x, y]));
        let whole = places.filter(|place| self.source.whole(*place, self.block) && suits(place));
        let rated = whole.map(|place| (self.cost(known, place), place));
        rated.min_by(|a, b| a.0.total_cmp(&b.0)).map_or([x, y], |(_, place)| place)
    }

    /// The mean difference of one place of the exemplar.
    fn cost(&self, known: &Known, [x, y]: [usize; 2]) -> f64 {
        let at = y * self.source.size()[0] + x;
        let sum: i64 =
            known.colours.iter().map(|(step, colour)| difference(colour, &self.source.levels[at + step])).sum();
        let mut cost = (1.0 - known.guided) * sum as f64 / known.colours.len().max(1) as f64;
        if let Some(own) = self.tones {
            let apart = |(step, tone): &(usize, u8)| (i64::from(*tone) - i64::from(own[at + step])).pow(2);
            let area = (self.block[0] * self.block[1]) as f64;
            cost += 3.0 * known.guided * known.tones.iter().map(apart).sum::<i64>() as f64 / area;
        }
        cost
    }
}

/// What a block should look like where that matters, with steps from the place's pixel of the exemplar.
struct Known {
    colours: Vec<(usize, Levels)>,
    tones: Vec<(usize, u8)>,
    guided: f64,
}

impl Known {
    fn of(wanted: &Wanted, search: &Search<'_>) -> Self {
        let (width, row) = (search.block[0], search.source.size()[0]);
        let step = |i: usize| i / width * row + i % width;
        let colours = wanted.colours.iter().enumerate().filter_map(|(i, colour)| Some((step(i), (*colour)?)));
        let tones = wanted.tones.iter().flatten().enumerate().map(|(i, tone)| (step(i), *tone));
        Self { colours: colours.collect(), tones: tones.collect(), guided: wanted.guided }
    }
}

/// The whole number next to one below 2^50.
fn rounded(value: f64) -> f64 {
    (value + WHOLE) - WHOLE
}

/// The sum of a colour's squares.
fn square(colour: &Levels) -> f64 {
    colour.iter().map(|v| f64::from(*v).powi(2)).sum()
}

/// A picture in cells of `factor` by `factor` pixels, their rounded means; what is left over at the ends is dropped.
fn reduced(values: &[Levels], size: [usize; 2], factor: usize) -> Vec<Levels> {
    let values: Vec<Option<Levels>> = values.iter().map(|v| Some(*v)).collect();
    gathered(&values, size, factor).into_iter().flatten().collect()
}

/// The same of a picture that is known in part: a cell is known if all its pixels are.
fn gathered(values: &[Option<Levels>], [width, height]: [usize; 2], factor: usize) -> Vec<Option<Levels>> {
    if factor == 1 {
        return values.to_vec();
    }
    let count = (factor * factor) as u32;
    let cell = |cx: usize, cy: usize| {
        let mut sum = [0u32; 3];
        for i in 0..factor * factor {
            let value = values[(cy * factor + i / factor) * width + cx * factor + i % factor]?;
            sum.iter_mut().zip(value).for_each(|(sum, v)| *sum += u32::from(v));
        }
        Some(sum.map(|v| ((v + count / 2) / count) as u8))
    };
    (0..height / factor).flat_map(|cy| (0..width / factor).map(move |cx| cell(cx, cy))).collect()
}

#[cfg(test)]
mod tests;
