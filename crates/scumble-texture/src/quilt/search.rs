//! The search for the place of the exemplar that fits a block's surroundings best.
//!
//! The differences of all places come from two correlations. Levels are whole numbers, so their sums are too: rounded, the
//! transforms' errors are gone, and every machine finds the same places.

use rustfft::num_complex::Complex64;

use super::source::{Levels, Source, difference};
use crate::correlate::Correlator;

/// Longer side in pixels of the copy on which an exemplar is searched first: beyond it transforms, not blocks, take the time.
const COPY: usize = 320;

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
}

impl<'a> Search<'a> {
    /// A search for blocks of `block` pixels, of which parts at least `depth` deep are known.
    pub fn new(source: &'a Source<'a>, tones: Option<&'a [u8]>, block: [usize; 2], depth: usize) -> Self {
        let size = source.size();
        let factor = size[0].max(size[1]).div_ceil(COPY).min(depth / 2).max(1);
        let cells = size.map(|side| side / factor);
        let colours = reduced(&source.levels, size, factor);
        let colour = Correlator::new(
            cells,
            &[
                colours.iter().map(|p| Complex64::new(p[0].into(), p[1].into())).collect(),
                colours.iter().map(|p| Complex64::new(p[2].into(), square(p))).collect(),
            ],
        );
        let tone = tones.map(|tones| {
            let tones: Vec<Levels> = tones.iter().map(|v| [*v, 0, 0]).collect();
            let plane = |p: &Levels| Complex64::new(p[0].into(), square(p));
            Correlator::new(cells, &[reduced(&tones, size, factor).iter().map(plane).collect()])
        });
        let places = [0, 1].map(|i| (size[i] - block[i]) / factor + 1);
        let whole = (0..places[0] * places[1])
            .map(|i| source.whole([i % places[0] * factor, i / places[0] * factor], block))
            .collect();
        Self { source, tones, block, factor, places, colour, tone, whole }
    }

    /// A place whose difference is at most `1 + tolerance` times the least; which of them, `chance` from 0 to 1 says. Places
    /// nearer than `radius` pixels both ways to those of `bars` are left out, to those of later lists only if that leaves half
    /// of all places. `None` if no block is whole.
    pub fn find(
        &mut self,
        wanted: &Wanted,
        tolerance: f64,
        chance: f64,
        bars: &[Vec<[i64; 2]>],
        radius: i64,
    ) -> Option<[usize; 2]> {
        let costs = self.costs(wanted);
        let open = self.open(bars, radius);
        let least = open.iter().map(|i| costs[*i]).fold(f64::INFINITY, f64::min);
        let good: Vec<usize> = open.into_iter().filter(|i| costs[*i] <= (1.0 + tolerance) * least).collect();
        let chosen = self.place(*good.get((chance * good.len() as f64) as usize)?);
        Some(if self.factor == 1 { chosen } else { self.refined(wanted, chosen) })
    }

    /// The places that differ least, the best first: `count` that lie `radius` pixels apart from each other and from those
    /// `used`, in one way at least, or as many as there are.
    pub fn best(&mut self, wanted: &Wanted, count: usize, radius: usize, used: &[[usize; 2]]) -> Vec<[usize; 2]> {
        let costs = self.costs(wanted);
        let mut open = self.whole.clone();
        used.iter().for_each(|place| self.bar(&mut open, place.map(|v| v as i64), radius.max(1) as i64));
        let mut found: Vec<[usize; 2]> = Vec::with_capacity(count);
        while found.len() < count {
            let all = (0..costs.len()).filter(|i| open[*i]);
            let Some(best) = all.min_by(|a, b| costs[*a].total_cmp(&costs[*b])) else { break };
            found.push(self.place(best));
            self.bar(&mut open, self.place(best).map(|v| v as i64), radius.max(1) as i64);
        }
        found.into_iter().map(|place| if self.factor == 1 { place } else { self.refined(wanted, place) }).collect()
    }

    /// Leaves out the places nearer than `radius` pixels both ways to one.
    fn bar(&self, open: &mut [bool], place: [i64; 2], radius: i64) {
        let factor = self.factor as i64;
        // Indices along an axis whose places are near.
        let near = |at: i64, count: usize| {
            let ends = [at - radius + factor, at + radius - 1 + factor].map(|v| v.div_euclid(factor).max(0) as usize);
            ends[0].min(count)..ends[1].min(count)
        };
        for y in near(place[1], self.places[1]) {
            let row = y * self.places[0];
            near(place[0], self.places[0]).for_each(|x| open[row + x] = false);
        }
    }

    /// The place of the exemplar with an index.
    fn place(&self, i: usize) -> [usize; 2] {
        [i % self.places[0] * self.factor, i / self.places[0] * self.factor]
    }

    /// Places of whole blocks that are not barred.
    fn open(&self, bars: &[Vec<[i64; 2]>], radius: i64) -> Vec<usize> {
        let indices = |open: &[bool]| (0..open.len()).filter(|i| open[*i]).collect::<Vec<usize>>();
        let mut open = self.whole.clone();
        let mut found = indices(&open);
        let half = found.len().div_ceil(2);
        for list in bars {
            list.iter().for_each(|place| self.bar(&mut open, *place, radius));
            let left = indices(&open);
            if left.len() < half {
                break;
            }
            found = left;
        }
        found
    }

    /// Any place of a whole block, of which `chance` says which.
    pub fn any(&self, chance: f64) -> Option<[usize; 2]> {
        let whole = self.open(&[], 0);
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
            let windows = [
                colours.iter().map(|p| Complex64::new(at(p)[0], at(p)[1])).collect(),
                colours.iter().map(|p| Complex64::new(at(p)[2], counts(p))).collect(),
            ];
            let own: f64 = colours.iter().flatten().map(square).sum();
            let weight = (1.0 - wanted.guided) / known as f64;
            let sums = self.colour.correlate(&windows, cells, self.places);
            costs.iter_mut().zip(sums).for_each(|(cost, sum)| *cost += weight * (own - (2.0 * sum).round()));
        }
        if let (Some(tone), Some(tones)) = (&mut self.tone, &wanted.tones) {
            let tones: Vec<Option<Levels>> = tones.iter().map(|v| Some([*v, 0, 0])).collect();
            let tones: Vec<Levels> = gathered(&tones, self.block, self.factor).into_iter().flatten().collect();
            let window = tones.iter().map(|p| Complex64::new(p[0].into(), -0.5)).collect();
            let own: f64 = tones.iter().map(square).sum();
            // One channel stands for three.
            let weight = 3.0 * wanted.guided / tones.len() as f64;
            let sums = tone.correlate(&[window], cells, self.places);
            costs.iter_mut().zip(sums).for_each(|(cost, sum)| *cost += weight * (own - (2.0 * sum).round()));
        }
        costs
    }

    /// The best whole block less than a cell away.
    fn refined(&self, wanted: &Wanted, [x, y]: [usize; 2]) -> [usize; 2] {
        let reach = self.factor - 1;
        let near = |at: usize| at.saturating_sub(reach)..=at + reach;
        let places = near(y).flat_map(|y| near(x).map(move |x| [x, y]));
        let whole = places.filter(|place| self.source.whole(*place, self.block));
        let rated = whole.map(|place| (self.cost(wanted, place), place));
        rated.min_by(|a, b| a.0.total_cmp(&b.0)).map_or([x, y], |(_, place)| place)
    }

    /// The mean difference of one place of the exemplar.
    fn cost(&self, wanted: &Wanted, [x, y]: [usize; 2]) -> f64 {
        let row = self.source.size()[0];
        let at = |i: usize| (y + i / self.block[0]) * row + x + i % self.block[0];
        let (mut sum, mut known, mut tone) = (0, 0, 0i64);
        for (i, colour) in wanted.colours.iter().enumerate() {
            if let Some(colour) = colour {
                sum += difference(colour, &self.source.levels[at(i)]);
                known += 1;
            }
        }
        if let (Some(own), Some(tones)) = (self.tones, &wanted.tones) {
            tone = tones.iter().enumerate().map(|(i, v)| (i64::from(*v) - i64::from(own[at(i)])).pow(2)).sum();
        }
        let area = (self.block[0] * self.block[1]) as f64;
        (1.0 - wanted.guided) * sum as f64 / f64::from(known.max(1)) + 3.0 * wanted.guided * tone as f64 / area
    }
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
mod tests {
    use scumble_image::Canvas;

    use super::*;

    /// Numbers every 12 pixels, linear between them: smooth, and alike to itself nowhere.
    fn picture(width: usize, height: usize) -> Canvas {
        let number =
            |x: usize, y: usize, c: usize| ((x * x * 7 + y * y * 13 + x * y * 5 + c * 11) % 101) as f32 / 100.0;
        let value = |x: usize, y: usize, c: usize| {
            let [(x, u), (y, v)] = [x, y].map(|at| (at / 12, (at % 12) as f32 / 12.0));
            let row = |y: usize| number(x, y, c) * (1.0 - u) + number(x + 1, y, c) * u;
            row(y) * (1.0 - v) + row(y + 1) * v
        };
        let pixel = |i: usize| [0, 1, 2].map(|c| value(i % width, i / width, c * (1 + i / width / 12)));
        Canvas::new(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
    }

    fn tones(canvas: &Canvas) -> Vec<u8> {
        canvas.pixels().iter().map(|p| (p[1] * 255.0) as u8).collect()
    }

    #[test]
    fn costs_are_what_summing_says() {
        let canvas = picture(43, 31);
        let (source, tones) = (Source::new(&canvas), tones(&canvas));
        let block = [12, 9];
        let known = |i: usize| i % 12 < 3 || i / 12 < 2 || i.is_multiple_of(7);
        let wanted = Wanted {
            colours: (0..108).map(|i| known(i).then_some([(i * 37 % 256) as u8, (i * 91 % 256) as u8, 7])).collect(),
            tones: Some((0..108).map(|i| (i * 53 % 256) as u8).collect()),
            guided: 0.3,
        };
        let mut search = Search::new(&source, Some(&tones), block, 3);
        let costs = search.costs(&wanted);
        assert_eq!(costs.len(), 32 * 23);
        for (i, cost) in costs.iter().enumerate() {
            let summed = search.cost(&wanted, [i % 32, i / 32]);
            assert!((cost - summed).abs() < 1e-9 * summed, "{cost} {summed}");
        }
    }

    #[test]
    fn large_exemplars_are_met_to_the_pixel() {
        let canvas = picture(700, 400);
        let source = Source::new(&canvas);
        let at = [401, 203];
        let colours = (0..40 * 30).map(|i| Some(source.levels[(at[1] + i / 40) * 700 + at[0] + i % 40])).collect();
        let wanted = Wanted { colours, tones: None, guided: 0.0 };
        let mut search = Search::new(&source, None, [40, 30], 30);
        assert_eq!(search.factor, 3);
        assert_eq!(search.find(&wanted, 0.0, 0.5, &[], 0), Some(at));
    }

    #[test]
    fn the_best_places_come_first_and_apart() {
        let canvas = picture(60, 50);
        let source = Source::new(&canvas);
        let colours = (0..80).map(|i| Some(source.levels[(20 + i / 10) * 60 + 30 + i % 10])).collect();
        let wanted = Wanted { colours, tones: None, guided: 0.0 };
        let found = Search::new(&source, None, [10, 8], 8).best(&wanted, 3, 5, &[]);
        let costs: Vec<f64> =
            found.iter().map(|place| Search::new(&source, None, [10, 8], 8).cost(&wanted, *place)).collect();
        assert!(found[0] == [30, 20] && costs[0] == 0.0 && costs.is_sorted(), "{found:?} {costs:?}");
        let apart = |a: usize, b: usize| (0..2).any(|i| found[a][i].abs_diff(found[b][i]) >= 5);
        assert!(apart(0, 1) && apart(0, 2) && apart(1, 2), "{found:?}");
        assert_eq!(Search::new(&source, None, [10, 8], 8).best(&wanted, 9, 60, &[]).len(), 1);
        let others = Search::new(&source, None, [10, 8], 8).best(&wanted, 2, 5, &found[..1]);
        assert_eq!(others, found[1..]);
    }

    #[test]
    fn barred_places_are_left_out() {
        let canvas = Canvas::filled(30, 20, [0.5; 3]);
        let source = Source::new(&canvas);
        let wanted = Wanted { colours: vec![None; 64], tones: None, guided: 0.0 };
        let mut search = Search::new(&source, None, [8, 8], 2);
        let mut found = |bars: &[Vec<[i64; 2]>], radius: i64| -> Vec<[usize; 2]> {
            (0..500).filter_map(|i| search.find(&wanted, 0.1, f64::from(i) / 500.0, bars, radius)).collect()
        };
        let near = |place: &[usize; 2], at: usize| place[0].abs_diff(at) < 3 && place[1].abs_diff(at) < 3;
        // All 23 by 13 places but 5 by 5.
        let places = found(&[vec![[4, 4]]], 3);
        assert!(places.iter().all(|place| !near(place, 4)));
        assert!([[0, 0], [22, 12], [7, 4], [4, 1], [1, 4]].iter().all(|place| places.contains(place)));
        // A second list that would leave too little is dropped, the first one stays.
        let places =
            found(&[vec![[4, 4]], vec![[5, 9], [9, 9], [13, 9], [17, 9], [17, 4], [13, 4], [9, 4], [21, 4]]], 3);
        assert!(places.iter().all(|place| !near(place, 4)) && places.contains(&[9, 9]));
        assert!(found(&[vec![[4, 4]]], 20).contains(&[4, 4]));
    }

    #[test]
    fn bars_of_large_exemplars_count_pixels() {
        let canvas = picture(700, 400);
        let source = Source::new(&canvas);
        let search = Search::new(&source, None, [40, 30], 30);
        let open = search.open(&[vec![[100, 50]]], 10);
        let barred = |place: [usize; 2]| place[0].abs_diff(100) < 10 && place[1].abs_diff(50) < 10;
        assert_eq!(open.len(), (0..search.whole.len()).filter(|i| !barred(search.place(*i))).count());
        assert!(open.iter().all(|i| !barred(search.place(*i))));
    }
}
