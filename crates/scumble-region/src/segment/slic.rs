//! Superpixels by k-means around a grid.

mod tile;

use std::ops::Range;

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use self::tile::{Centre, ROWS, Square, Sums, Tile};
use super::grid::Grid;
use super::lanes::{LANES, add_squares, take_nearer};
use super::{LAB, NONE, Pixels, join_small};
use crate::Labels;

/// Rows of tiles a block of work.
const BAND: usize = 2;
/// More than the rounding of a distance, by its size: what is as near as another must not be left out.
const SLACK: f32 = 1e-5;
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

/// A centre that reaches a tile.
struct Near {
    region: u32,
    colour: [f32; 3],
    y: f32,
    /// Its squared distances along x from the tile's columns, scaled.
    across: [f32; LANES],
}

/// What a block of rows of tiles needs in each round.
#[derive(Default)]
struct Band {
    /// The centres that reach it.
    near: Vec<u32>,
    /// They and where they are, by the column of tiles in which they lie, and where those of each column begin.
    ordered: Vec<(u32, Centre)>,
    starts: Vec<u32>,
    /// Of those that reach a tile, the place and how far they are from its middle.
    reaching: Vec<(usize, f32)>,
    /// Those of them that may be the nearest.
    nearest: Vec<Near>,
    /// By region, what pixels that changed theirs add to the sums, and take away.
    changes: Vec<(u32, Sums)>,
}

impl Band {
    /// Notes that pixels changed their region. `slots` has the place in `changes` of every region, or `NONE`.
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

struct Rounds<'a> {
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
            self.order(band);
            band.changes.clear();
            for (at, (tile, ids)) in tiles.iter().zip(ids).enumerate() {
                self.gather(tile, at % self.columns, band);
                self.assign_tile(tile, ids, band, slots);
            }
            band.changes.iter().for_each(|(region, _)| slots[*region as usize] = NONE);
        });
        (self.ids, self.bands) = (ids, bands);
    }

    /// The pixels along a side that a centre at `v` reaches.
    fn range(&self, v: f32, side: usize) -> Range<usize> {
        (v - self.reach).ceil().max(0.0) as usize..((v + self.reach).floor() as usize + 1).min(side)
    }

    /// Orders the centres that reach a band by the columns of tiles.
    fn order(&self, band: &mut Band) {
        let column = |region: u32| (self.centres[region as usize][3] as usize / LANES).min(self.columns - 1);
        band.starts.clear();
        band.starts.resize(self.columns + 2, 0);
        band.near.iter().for_each(|region| band.starts[column(*region) + 2] += 1);
        (2..self.columns + 2).for_each(|i| band.starts[i] += band.starts[i - 1]);
        band.ordered.resize(band.near.len(), (NONE, [0.0; 5]));
        for region in &band.near {
            let at = &mut band.starts[column(*region) + 1];
            band.ordered[*at as usize] = (*region, self.centres[*region as usize]);
            *at += 1;
        }
    }

    /// Gives each pixel of a tile to the nearest of the centres gathered. If there is none, pixels keep theirs.
    fn assign_tile(&self, tile: &Tile, ids: &mut Square<u32>, band: &mut Band, slots: &mut [u32]) {
        for (row, ids) in ids.iter_mut().enumerate() {
            let mut best = *ids;
            match band.nearest.as_slice() {
                [only] => best = [only.region; LANES],
                near => {
                    let colours = [0, 1, 2].map(|c| &tile.colours[c][row]);
                    self.assign_lanes(colours, (tile.top + row) as f32, near, &mut best);
                }
            }
            if tile.seen != u64::MAX {
                let seen = tile.seen >> (row * LANES);
                best.iter_mut().enumerate().filter(|(lane, _)| seen >> lane & 1 == 0).for_each(|(_, id)| *id = LOOSE);
            }
            if best != *ids {
                let mut end = 0;
                while end < LANES {
                    let (first, from, to) = (end, ids[end], best[end]);
                    while end < LANES && (ids[end], best[end]) == (from, to) {
                        end += 1;
                    }
                    if from != to {
                        band.change(from, to, tile.sums(row, first..end), slots);
                    }
                }
                *ids = best;
            }
        }
    }

    /// Finds the centres that may be the nearest of some pixel of a tile: those which the centre nearest to the middle does not
    /// beat everywhere. How much it is better, in squared distances, is linear in the pixel, so that where it is worst follows
    /// from the spread.
    fn gather(&self, tile: &Tile, column: usize, band: &mut Band) {
        // How many columns of tiles beside its own a centre may reach.
        let beside = self.reach as usize / LANES + 1;
        let [first, end] = [column.saturating_sub(beside), (column + beside + 1).min(self.columns)];
        let [first, end] = [first, end].map(|at| band.starts[at] as usize);
        let reach = [LANES, ROWS].map(|side| self.reach + (side - 1) as f32 / 2.0);
        let Band { ordered, reaching, nearest, .. } = band;
        reaching.clear();
        let mut best = (f32::INFINITY, [0.0; 5]);
        for (place, (_, centre)) in (first..end).zip(&ordered[first..end]) {
            let [light, a, b, x, y] = std::array::from_fn(|c| centre[c] - tile.middle[c]);
            if (x.abs() <= reach[0]) & (y.abs() <= reach[1]) {
                let distance = light * light + a * a + b * b + (x * x + y * y) * self.scale * self.scale;
                reaching.push((place, distance));
                best = if distance < best.0 { (distance, *centre) } else { best };
            }
        }
        nearest.clear();
        for (place, distance) in reaching.iter() {
            let (region, centre) = ordered[*place];
            let beaten: f32 = (0..5).map(|c| (centre[c] - best.1[c]).abs() * tile.spread[c]).sum();
            if distance - 2.0 * beaten - SLACK * distance <= best.0 {
                let [light, a, b, x, y] = centre;
                let across = std::array::from_fn(|lane| (((tile.left + lane) as i32 as f32 - x) * self.scale).powi(2));
                nearest.push(Near { region, colour: [light, a, b], y, across });
            }
        }
    }

    /// The nearest centre of some pixels of a row.
    #[inline(always)]
    fn assign_lanes(&self, colours: [&[f32; LANES]; 3], y: f32, near: &[Near], ids: &mut [u32; LANES]) {
        let (mut best, mut distances) = (*ids, [f32::INFINITY; LANES]);
        for near in near {
            let down = ((y - near.y) * self.scale).powi(2);
            let mut sums = near.across.map(|across| across + down);
            for (colours, centre) in colours.into_iter().zip(near.colour) {
                add_squares(&mut sums, colours, centre);
            }
            take_nearer(&mut best, &mut distances, near.region, &sums);
        }
        *ids = best;
    }
}
