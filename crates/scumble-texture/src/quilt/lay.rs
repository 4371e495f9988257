//! Blocks laid one after the other, row by row.

use rayon::prelude::*;
use scumble_core::{Error, Result, Stream};

use super::cut::{self, Sides};
use super::grid::Axis;
use super::guide::Tones;
use super::layout::Plan;
use super::search::{Bars, Open, Search, Wanted};
use super::sheet::Sheet;
use super::source::{Source, difference};
use super::{PASSES, QuiltParams};

/// The stage under which blocks draw random numbers.
const STAGE: u64 = 0x7175_696c;

/// By how much the guide counts in the last pass, of what it counts in the first.
const LAST_SHARE: f64 = 0.6;
/// Blocks that fit what lies there best, of which those that can be cut best are taken. By seams on pavements: of 16, 100 and 400
/// a hundred did best; fewer are quicker, and 60 was not compared by itself.
const FITTING: usize = 60;
/// A block repeats none that lies so many blocks away or less.
const REACH: i64 = 2;
/// With a guide it shows no part of one that lies so many away or less, if the exemplar has as many places: in an even part of the guide
/// one block fits best everywhere.
const GUIDED_REACH: i64 = 4;
/// The least side of a block that smaller ones in later passes come to.
const SMALLEST: usize = 4;

/// What all passes work on.
pub(super) struct Job<'a> {
    pub plan: &'a Plan<'a>,
    pub tones: Option<&'a Tones>,
    pub params: &'a QuiltParams,
    pub seed: u64,
}

/// One time round all blocks.
pub(super) struct Pass {
    pub index: usize,
    pub grid: [Axis; 2],
    /// How much the guide counts.
    pub guided: f64,
}

impl Pass {
    /// Pass `index` of those for an output of `size`. Blocks shrink by a third a pass (Efros & Freeman 2001, §3).
    pub fn new(index: usize, block: [usize; 2], size: [usize; 2], params: &QuiltParams) -> Self {
        let grid = [0, 1].map(|i| {
            let shrunk = (0..index).fold(block[i], |side, _| side * 2 / 3);
            let side = shrunk.max(block[i].min(SMALLEST));
            let shared = (params.overlap * side as f64).round() as usize;
            // Where blocks shall overlap at all, small ones do too, if two fifths are a pixel.
            let least = usize::from(params.overlap > 0.0);
            Axis::new(size[i], side, shared.max(least).min(side * 2 / 5), params.tileable)
        });
        let waning = index as f64 / (PASSES - 1) as f64;
        Self { index, grid, guided: params.guide_weight * (1.0 - waning * (1.0 - LAST_SHARE)) }
    }

    /// The number of blocks.
    pub fn blocks(&self) -> usize {
        self.grid.iter().map(|axis| axis.starts.len()).product()
    }

    /// A block's width and height in pixels.
    fn block(&self) -> [usize; 2] {
        [self.grid[0].block, self.grid[1].block]
    }

    /// Lays every block; whether all were searched for. `row_done` is called after each row and says whether to go on; if
    /// not, blocks are laid without a search.
    pub fn lay(&self, sheet: &mut Sheet, job: &Job<'_>, row_done: &mut dyn FnMut() -> bool) -> Result<bool> {
        let Job { plan, tones, params, seed } = *job;
        let source = plan.source;
        let [columns, rows] = &self.grid;
        let block = self.block();
        // How much of a block is known at least, from one side to the other.
        let depth = [columns, rows].map(|axis| if self.index > 0 { axis.block } else { axis.overlap() });
        let depth = depth[0].min(depth[1]);
        let mut search = Search::new(source, tones.map(|tones| &tones.exemplar[..]), block, depth);
        let mut stream = Stream::new(seed, STAGE + self.index as u64);
        let mut places: Vec<[usize; 2]> = Vec::with_capacity(self.blocks());
        let [mut whole, mut go_on] = [true; 2];
        for r in 0..rows.starts.len() {
            whole &= go_on;
            for c in 0..columns.starts.len() {
                let sides = Sides {
                    left: columns.before(c),
                    right: columns.after(c),
                    top: rows.before(r),
                    bottom: rows.after(r),
                };
                let corner = [columns.starts[c], rows.starts[r]];
                let window = sheet.window(corner, block);
                let chance = stream.uniform(places.len() as u64);
                let room = plan.room(block, corner);
                let place = if go_on {
                    // Held on three sides or four, there is no choice left.
                    let closes = columns.closes(c) || rows.closes(r);
                    let tolerance = if closes { 0.0 } else { params.tolerance };
                    let bars = self.bars(&places, c, r, tones.is_some());
                    let open = Open { room, bars: &bars };
                    let wanted = self.wanted(sheet, source, tones, &window, &sides);
                    if tones.is_none() && wanted.colours.iter().any(Option::is_some) {
                        let places = search.fitting(&wanted, FITTING, &open);
                        let cost = |place: &[usize; 2]| cut(sheet, source, &window, block, *place, &sides).1;
                        let costs: Vec<i64> = places.par_iter().map(cost).collect();
                        let least = costs.iter().min().map_or(0.0, |least| *least as f64);
                        let good = |cost: &i64| *cost as f64 <= (1.0 + tolerance) * least;
                        let good: Vec<&[usize; 2]> =
                            places.iter().zip(&costs).filter(|(_, cost)| good(cost)).map(|(place, _)| place).collect();
                        good.get((chance * good.len() as f64) as usize).map(|place| **place)
                    } else {
                        search.find(&wanted, tolerance, chance, &open)
                    }
                } else {
                    search.any(&room, chance)
                };
                let place = place.ok_or_else(|| {
                    Error::limit(format!("the exemplar has no opaque part of {}x{} pixels", block[0], block[1]))
                        .hint("choose smaller blocks")
                })?;
                put(sheet, source, &window, block, place, &sides);
                places.push(place);
            }
            go_on = go_on && row_done();
        }
        Ok(whole)
    }

    /// What the next block should look like: in a first pass like what it overlaps, later like what is there.
    fn wanted(
        &self,
        sheet: &Sheet,
        source: &Source<'_>,
        tones: Option<&Tones>,
        window: &[usize],
        sides: &Sides,
    ) -> Wanted {
        let block = self.block();
        let known = |i: usize| self.index > 0 || sides.covers(i % block[0], i / block[0], block);
        let colour = |(i, at): (usize, &usize)| known(i).then(|| source.levels[sheet.from[*at] as usize]);
        Wanted {
            colours: window.iter().enumerate().map(colour).collect(),
            tones: tones.map(|tones| window.iter().map(|at| tones.wanted[*at]).collect()),
            guided: if tones.is_some() { self.guided } else { 0.0 },
        }
    }

    /// Where in the exemplar the block at (c, r) would continue a neighbour that is laid, if it must not, where it would repeat one
    /// that lies near, and, with a guide, where it would show a part of one.
    fn bars(&self, places: &[[usize; 2]], c: usize, r: usize, guided: bool) -> Vec<Bars> {
        let [columns, rows] = &self.grid;
        let (mut continuing, mut near, mut around) = (Vec::new(), Vec::new(), Vec::new());
        let reach = -GUIDED_REACH..=GUIDED_REACH;
        for (down, across) in reach.clone().flat_map(|down| reach.clone().map(move |across| (down, across))) {
            let (Some((nr, y)), Some((nc, x))) = (rows.neighbour(r, down), columns.neighbour(c, across)) else {
                continue;
            };
            let Some(place) = places.get(nr * columns.starts.len() + nc) else { continue };
            let place = place.map(|v| v as i64);
            around.push(place);
            if down.abs().max(across.abs()) <= REACH {
                near.push(place);
            }
            if down.abs().max(across.abs()) <= 1 {
                continuing.push([place[0] - x, place[1] - y]);
            }
        }
        let side = self.grid[0].block.min(self.grid[1].block) as i64;
        let quarter = (side / 4).max(1);
        let near = Bars { places: near, radius: quarter };
        if guided {
            return vec![near, Bars { places: around, radius: side }];
        }
        vec![Bars { places: continuing, radius: quarter }, near]
    }
}

/// Which pixels of a block of the exemplar are laid where it is cut best, and the sum of squared differences along the cuts.
fn cut(
    sheet: &Sheet,
    source: &Source<'_>,
    window: &[usize],
    block: [usize; 2],
    place: [usize; 2],
    sides: &Sides,
) -> (Vec<bool>, i64) {
    let width = source.size()[0];
    let from = |i: usize| (place[1] + i / block[0]) * width + place[0] + i % block[0];
    let error = |(i, at): (usize, &usize)| {
        let covered = sides.covers(i % block[0], i / block[0], block);
        if covered { difference(&source.levels[sheet.from[*at] as usize], &source.levels[from(i)]) } else { 0 }
    };
    let error: Vec<i64> = window.iter().enumerate().map(error).collect();
    cut::share(&error, block, sides)
}

/// Lays a block of the exemplar, cut along the sides where something is laid.
fn put(sheet: &mut Sheet, source: &Source<'_>, window: &[usize], block: [usize; 2], place: [usize; 2], sides: &Sides) {
    let width = source.size()[0];
    let from = |i: usize| (place[1] + i / block[0]) * width + place[0] + i % block[0];
    let (share, _) = cut(sheet, source, window, block, place, sides);
    for (i, at) in window.iter().enumerate().filter(|(i, _)| share[*i]) {
        sheet.from[*at] = from(i) as u32;
    }
}
