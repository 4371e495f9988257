//! Superpixels by k-means around a grid.

mod near;
mod tile;

use std::ops::Range;

use pulp::{Arch, NullaryFnOnce};
use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use self::near::{Near, Ordered};
use self::tile::{Centre, ROWS, Square, Sums, Tile};
use super::grid::Grid;
use super::lanes::{LANES, add_squares, take_nearer};
use super::{LAB, NONE, Pixels, join_small};
use crate::Labels;

/// Rows of tiles a block of work.
const BAND: usize = 2;
/// The most superpixels.
const MOST: u32 = 1_000_000;
/// Of pixels that no region reached, and of those that are hidden or outside the picture.
const LOOSE: u32 = NONE - 1;

/// Parameters of [`slic`](slic()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlicParams {
    /// About how many regions; one a pixel at most.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
    /// How even regions are in shape, at the cost of edges; in differences of CIELAB: 10 follows edges closely,
    /// 25 is calmer where there is texture.
    #[schemars(range(min = 0.01, max = 1000.0))]
    pub compactness: f64,
    /// Rounds of assignment; 10 are usual.
    #[schemars(range(min = 1, max = 100))]
    pub rounds: u32,
}

impl SlicParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        check(self.count, self.compactness)?;
        within("rounds", self.rounds, 1, 100)
    }
}

/// Checks what superpixels of both kinds need.
pub(super) fn check(count: u32, compactness: f64) -> Result<()> {
    if !(1..=MOST).contains(&count) {
        let error = Error::parameter(format!("count is {count}, allowed is 1 to {MOST}"));
        return Err(error.hint("some hundred regions show what a picture is of"));
    }
    within("compactness", compactness, 0.01, 1000.0)
}

/// Simple linear iterative clustering (Achanta, Shaji, Smith, Lucchi, Fua, Süsstrunk 2012): k-means in which a pixel looks at
/// the regions whose centre is within S = √(N / k) along x and y, up to seven pixels more. The distance is
/// `D² = dc² + (ds / S)² m²`, dc in Oklab times 250, about CIELAB's, and ds in pixels. Parts that are cut off and smaller than
/// S² / 4 then join the neighbour of least cost of Ward. Regions are connected.
///
/// # Errors
/// As [`SlicParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn slic(picture: &Canvas, params: &SlicParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let grid = Grid::new(&pixels, params.count);
    let mut rounds = Rounds::new(&pixels, &grid, params.compactness as f32 / LAB / grid.step);
    (1..params.rounds).for_each(|_| rounds.step());
    rounds.assign();
    let least = (grid.step * grid.step / 4.0) as usize;
    let ids = join_small(&pixels, rounds.ids(), least);
    pixels.labels(ids)
}

fn centre(pixels: &Pixels, i: usize) -> Centre {
    let [light, a, b] = pixels.at(i);
    [light, a, b, (i % pixels.width) as f32, (i / pixels.width) as f32]
}

/// What a block of rows of tiles needs in each round.
#[derive(Default)]
struct Band {
    /// The centres that reach it.
    near: Vec<u32>,
    ordered: Ordered,
    /// Those of them that may be the nearest of a pixel of a tile.
    nearest: Vec<Near>,
    /// By region, what pixels that changed theirs add to the sums, and take away.
    changes: Vec<(u32, Sums)>,
}

impl Band {
    /// Notes that pixels changed their region. `slots` has the place in `changes` of every region, or `NONE`.
    #[inline(always)]
    fn change(&mut self, from: u32, to: u32, pixels: Sums, slots: &mut [u32]) {
        for (region, sign) in [(from, -1.0), (to, 1.0)] {
            let Some(slot) = slots.get_mut(region as usize) else { continue };
            if *slot == NONE {
                *slot = self.changes.len() as u32;
                self.changes.push((region, [0.0; 6]));
            }
            let sums = &mut self.changes[*slot as usize].1;
            sums.iter_mut().zip(pixels).for_each(|(sum, v)| *sum += sign * v);
        }
    }
}

/// A block of rows of tiles whose pixels go to the nearest centres. A closure would not be compiled for the wider vectors.
struct Work<'a> {
    rounds: &'a Rounds<'a>,
    tiles: &'a [Tile],
    ids: &'a mut [Square<u32>],
    band: &'a mut Band,
    slots: &'a mut [u32],
}

impl NullaryFnOnce for Work<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.rounds.assign_band(self.tiles, self.ids, self.band, self.slots);
    }
}

struct Rounds<'a> {
    /// The widest vectors that the processor has; results are the same.
    arch: Arch,
    pixels: &'a Pixels<'a>,
    /// Of distances in pixels against those of colours.
    scale: f32,
    /// How far a region reaches from its centre along x and y.
    reach: f32,
    centres: Vec<Centre>,
    /// Sums over all pixels, by region.
    totals: Vec<Sums>,
    bands: Vec<Band>,
    /// How many tiles a row has.
    columns: usize,
    tiles: Vec<Tile>,
    /// Of each tile.
    ids: Vec<Square<u32>>,
}

impl<'a> Rounds<'a> {
    fn new(pixels: &'a Pixels<'a>, grid: &Grid, scale: f32) -> Self {
        let [columns, rows] = [pixels.width.div_ceil(LANES), pixels.height.div_ceil(ROWS)];
        let tile = |at: usize| Tile::new(pixels, at % columns * LANES, at / columns * ROWS, scale);
        Self {
            arch: Arch::new(),
            pixels,
            scale,
            reach: grid.step,
            centres: grid.seeds.iter().map(|seed| centre(pixels, *seed)).collect(),
            totals: vec![[0.0; 6]; grid.seeds.len()],
            bands: (0..rows.div_ceil(BAND)).map(|_| Band::default()).collect(),
            columns,
            tiles: (0..columns * rows).into_par_iter().with_min_len(columns).map(tile).collect(),
            ids: vec![[[LOOSE; LANES]; ROWS]; columns * rows],
        }
    }

    /// The region of each pixel of the picture.
    fn ids(&self) -> Vec<u32> {
        let width = self.pixels.width;
        let mut out = vec![LOOSE; self.pixels.len()];
        let tiles = self.ids.par_chunks(self.columns);
        out.par_chunks_mut(ROWS * width).zip(tiles).for_each(|(out, tiles)| {
            for (row, out) in out.chunks_mut(width).enumerate() {
                for (out, tile) in out.chunks_mut(LANES).zip(tiles) {
                    match out.first_chunk_mut() {
                        Some(out) => *out = tile[row],
                        None => out.copy_from_slice(&tile[row][..out.len()]),
                    }
                }
            }
        });
        out
    }

    /// Gives each pixel to the nearest centre and moves centres to the means.
    fn step(&mut self) {
        self.assign();
        for (region, change) in self.bands.iter().flat_map(|band| &band.changes) {
            self.totals[*region as usize].iter_mut().zip(change).for_each(|(total, v)| *total += v);
        }
        for (centre, [count, sums @ ..]) in self.centres.iter_mut().zip(&self.totals) {
            if *count > 0.0 {
                *centre = sums.map(|sum| (sum / count) as f32);
            }
        }
    }

    /// Gives each pixel to the nearest centre.
    fn assign(&mut self) {
        let (mut ids, mut bands) = (std::mem::take(&mut self.ids), std::mem::take(&mut self.bands));
        bands.iter_mut().for_each(|band| band.near.clear());
        for (region, centre) in self.centres.iter().enumerate() {
            let rows = self.range(centre[4], self.pixels.height);
            for band in &mut bands[rows.start / (BAND * ROWS)..rows.end.div_ceil(BAND * ROWS)] {
                band.near.push(region as u32);
            }
        }
        let blocks = self.tiles.par_chunks(BAND * self.columns).zip(ids.par_chunks_mut(BAND * self.columns));
        let slots = || vec![NONE; self.centres.len()];
        blocks.zip(&mut bands).for_each_init(slots, |slots, ((tiles, ids), band)| {
            self.arch.dispatch(Work { rounds: self, tiles, ids, band, slots });
        });
        (self.ids, self.bands) = (ids, bands);
    }

    /// Gives each pixel of a block of tiles to the nearest centre.
    #[inline(always)]
    fn assign_band(&self, tiles: &[Tile], ids: &mut [Square<u32>], band: &mut Band, slots: &mut [u32]) {
        band.ordered.order(&band.near, &self.centres, self.columns);
        band.changes.clear();
        for (at, (tile, ids)) in tiles.iter().zip(ids).enumerate() {
            band.ordered.gather(tile, at % self.columns, self.reach, self.scale, &mut band.nearest);
            self.assign_tile(tile, ids, band, slots);
        }
        band.changes.iter().for_each(|(region, _)| slots[*region as usize] = NONE);
    }

    /// The pixels along a side that a centre at `v` reaches.
    fn range(&self, v: f32, side: usize) -> Range<usize> {
        (v - self.reach).ceil().max(0.0) as usize..((v + self.reach).floor() as usize + 1).min(side)
    }

    /// Gives each pixel of a tile to the nearest of the centres gathered. If there is none, pixels keep theirs.
    #[inline(always)]
    fn assign_tile(&self, tile: &Tile, ids: &mut Square<u32>, band: &mut Band, slots: &mut [u32]) {
        for (row, ids) in ids.iter_mut().enumerate() {
            let mut best = *ids;
            match band.nearest.as_slice() {
                [only] => best = [only.region; LANES],
                near => {
                    let colours = [0, 1, 2].map(|c| &tile.colours[c][row]);
                    best = nearest(colours, row, near, best);
                }
            }
            if tile.seen != u64::MAX {
                let seen = tile.seen >> (row * LANES);
                best.iter_mut().enumerate().filter(|(lane, _)| seen >> lane & 1 == 0).for_each(|(_, id)| *id = LOOSE);
            }
            let mut changed = (0..LANES).fold(0, |changed, lane| changed | u32::from(best[lane] != ids[lane]) << lane);
            while changed != 0 {
                let first = changed.trailing_zeros() as usize;
                let (from, to) = (ids[first], best[first]);
                let same = (first..LANES).take_while(|lane| (ids[*lane], best[*lane]) == (from, to)).count();
                band.change(from, to, tile.sums(row, first..first + same), slots);
                changed &= u32::MAX << (first + same);
            }
            *ids = best;
        }
    }
}

/// The nearest centre of each pixel of a row of a tile; of those that are as near as another the first.
#[inline(always)]
fn nearest(colours: [&[f32; LANES]; 3], row: usize, near: &[Near], mut best: [u32; LANES]) -> [u32; LANES] {
    let mut distances = [f32::INFINITY; LANES];
    for near in near {
        let mut sums = near.across.map(|across| across + near.down[row]);
        for (colours, centre) in colours.into_iter().zip(near.colour) {
            add_squares(&mut sums, colours, centre);
        }
        take_nearer(&mut best, &mut distances, near.region, &sums);
    }
    best
}
