//! Superpixels by k-means around a grid.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use super::grid::Grid;
use super::lanes::{LANES, add_squares, lanes, take_nearer};
use super::{LAB, NONE, Pixels, join_small};
use crate::Labels;

/// Rows a block of work.
const BAND: usize = 16;
/// The most superpixels.
const MOST: u32 = 1_000_000;
/// Of pixels that no region reached.
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
/// the regions whose centre is within S = √(N / k) along x and y, along x up to seven pixels more. The distance is
/// `D² = dc² + (ds / S)² m²`, dc in Oklab times 250, about CIELAB's, and ds in pixels. Parts that are cut off and smaller than
/// S² / 4 then join the neighbour of least cost of Ward. Regions are connected.
///
/// # Errors
/// As [`SlicParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn slic(picture: &Canvas, params: &SlicParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let grid = Grid::new(&pixels, params.count);
    let mut rounds = Rounds {
        scale: params.compactness as f32 / LAB / grid.step,
        reach: grid.step,
        centres: grid.seeds.iter().map(|seed| centre(&pixels, *seed)).collect(),
        ids: vec![LOOSE; pixels.len()],
        pixels: &pixels,
    };
    (1..params.rounds).for_each(|_| rounds.step());
    rounds.assign();
    let least = (grid.step * grid.step / 4.0) as usize;
    let ids = join_small(&pixels, rounds.ids, least);
    pixels.labels(ids)
}

/// Colour and position of a region.
type Centre = [f32; 5];
/// Of a region's pixels how many there are, and the sums of colours and positions.
type Sums = [f64; 6];

fn centre(pixels: &Pixels, i: usize) -> Centre {
    let [light, a, b] = pixels.at(i);
    [light, a, b, (i % pixels.width) as f32, (i / pixels.width) as f32]
}

/// A centre beside a few columns.
#[derive(Clone, Copy)]
struct Near {
    region: u32,
    /// Colour and scaled column.
    point: [f32; 4],
    y: f32,
}

struct Rounds<'a> {
    pixels: &'a Pixels<'a>,
    /// Of distances in pixels against those of colours.
    scale: f32,
    /// How far a region reaches from its centre along x and y.
    reach: f32,
    centres: Vec<Centre>,
    ids: Vec<u32>,
}

impl Rounds<'_> {
    /// Gives each pixel to the nearest centre and moves centres to the means.
    fn step(&mut self) {
        self.assign();
        let (width, count) = (self.pixels.width, self.centres.len());
        let bands = self.ids.par_chunks(BAND * width).enumerate();
        let sums: Vec<Vec<(u32, Sums)>> =
            bands.map_init(|| vec![NONE; count], |slots, (band, ids)| self.sums(band * BAND, ids, slots)).collect();
        let mut totals = vec![[0.0; 6]; count];
        for (region, sums) in sums.iter().flatten() {
            totals[*region as usize].iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
        }
        for (centre, [count, sums @ ..]) in self.centres.iter_mut().zip(totals) {
            if count > 0.0 {
                *centre = sums.map(|sum| (sum / count) as f32);
            }
        }
    }

    /// Gives each pixel to the nearest centre.
    fn assign(&mut self) {
        let width = self.pixels.width;
        let mut ids = std::mem::take(&mut self.ids);
        let bands = ids.par_chunks_mut(BAND * width).zip(self.bands()).enumerate();
        bands.for_each_init(
            || vec![Vec::new(); width.div_ceil(LANES)],
            |near_chunks, (band, (ids, near))| self.assign_band(band * BAND, ids, &near, near_chunks),
        );
        self.ids = ids;
    }

    /// The centres that reach into each band of rows.
    fn bands(&self) -> Vec<Vec<u32>> {
        let mut bands = vec![Vec::new(); self.pixels.height.div_ceil(BAND)];
        for (region, centre) in self.centres.iter().enumerate() {
            let rows = self.range(centre[4], self.pixels.height);
            for band in &mut bands[rows.start / BAND..rows.end.div_ceil(BAND)] {
                band.push(region as u32);
            }
        }
        bands
    }

    /// The pixels along a side that a centre at `v` reaches.
    fn range(&self, v: f32, side: usize) -> std::ops::Range<usize> {
        (v - self.reach).ceil().max(0.0) as usize..((v + self.reach).floor() as usize + 1).min(side)
    }

    /// The nearest centre of each pixel of the band that begins with row `top`, of those that reach its row and the eight
    /// columns it is compared with. Pixels that none reaches keep theirs. `near_chunks` is room for the centres of every
    /// eight columns.
    fn assign_band(&self, top: usize, ids: &mut [u32], near: &[u32], near_chunks: &mut [Vec<Near>]) {
        let width = self.pixels.width;
        near_chunks.iter_mut().for_each(Vec::clear);
        for region in near {
            let [light, a, b, x, y] = self.centres[*region as usize];
            let near = Near { region: *region, point: [light, a, b, x * self.scale], y };
            let columns = self.range(x, width);
            for chunk in &mut near_chunks[columns.start / LANES..columns.end.div_ceil(LANES)] {
                chunk.push(near);
            }
        }
        for (row, ids) in ids.chunks_mut(width).enumerate() {
            let y = (top + row) as f32;
            let planes = [0, 1, 2].map(|c| &self.pixels.lab[c][(top + row) * width..(top + row + 1) * width]);
            for (chunk, (ids, near)) in ids.chunks_mut(LANES).zip(&*near_chunks).enumerate() {
                let [light, a, b] = planes.map(|plane| lanes(&plane[chunk * LANES..]));
                let xs = std::array::from_fn(|lane| (chunk * LANES + lane) as i32 as f32 * self.scale);
                let points = [light, a, b, xs];
                let (mut best, mut distances) = (lanes(ids), [f32::INFINITY; LANES]);
                for near in near.iter().filter(|near| (y - near.y).abs() <= self.reach) {
                    let mut sums = [((y - near.y) * self.scale).powi(2); LANES];
                    for (point, centre) in points.iter().zip(near.point) {
                        add_squares(&mut sums, point, centre);
                    }
                    take_nearer(&mut best, &mut distances, near.region, &sums);
                }
                ids.copy_from_slice(&best[..ids.len()]);
            }
        }
        if let Some(hidden) = self.pixels.hidden() {
            let hidden = &hidden[top * width..top * width + ids.len()];
            ids.iter_mut().zip(hidden).filter(|(_, hidden)| **hidden).for_each(|(id, _)| *id = LOOSE);
        }
    }

    /// Sums over the pixels of a band, by region. `slots` has `NONE` for every region, before and after.
    fn sums(&self, top: usize, ids: &[u32], slots: &mut [u32]) -> Vec<(u32, Sums)> {
        let width = self.pixels.width;
        let mut out: Vec<(u32, Sums)> = Vec::new();
        for (row, ids) in ids.chunks_exact(width).enumerate() {
            let y = top + row;
            let mut x = 0;
            for run in ids.chunk_by(|p, q| p == q) {
                let (region, first) = (run[0], x);
                x += run.len();
                let Some(slot) = slots.get_mut(region as usize) else { continue };
                if *slot == NONE {
                    *slot = out.len() as u32;
                    out.push((region, [0.0; 6]));
                }
                let sums = &mut out[*slot as usize].1;
                let count = run.len() as f64;
                sums[0] += count;
                let [lights, greens, blues] = [0, 1, 2].map(|c| &self.pixels.lab[c][y * width + first..y * width + x]);
                // Side by side, so that additions need not wait for each other.
                let mut colours = [0.0f32; 3];
                for ((light, a), b) in lights.iter().zip(greens).zip(blues) {
                    colours[0] += light;
                    colours[1] += a;
                    colours[2] += b;
                }
                sums[1..4].iter_mut().zip(colours).for_each(|(sum, colour)| *sum += f64::from(colour));
                sums[4] += count * (first + x - 1) as f64 / 2.0;
                sums[5] += count * y as f64;
            }
        }
        out.iter().for_each(|(region, _)| slots[*region as usize] = NONE);
        out
    }
}
