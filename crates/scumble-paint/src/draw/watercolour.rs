//! Watercolour: pigment that gathers in paper, in the flow of water and at the rims of washes (after Bousseau, Kaplan, Thollot, Sillion,
//! "Interactive watercolor rendering with temporal coherence and abstraction", 2006).

use std::ops::Range;

use super::noise::smooth;
use super::ribbon::Grid;

/// Half the width of a rim's darkening in units of size.
const RIM: f32 = 1.5;
/// Density that a rim of full opacity and strength adds.
const RIM_DENSITY: f32 = 9.0;
/// The least density.
const LEAST_DENSITY: f32 = 0.25;
/// Cover at which the water stops, and how far the flow moves it.
const SHORE: f32 = 0.22;
const WANDER: f32 = 0.55;
/// The share of a wash that is as dense at its shore as in its middle.
const EVEN: f32 = 0.6;

/// The wash being laid, and rims of those that are dry.
#[derive(Debug)]
pub(super) struct Wash {
    width: usize,
    reach: usize,
    amount: Vec<f32>,
    rims: Vec<f32>,
    wet: bool,
}

/// Rows beside a band that its rims depend on.
pub(super) fn halo(grid_pixel: f32, unit: f32) -> usize {
    2 * reach(grid_pixel, unit)
}

/// Pixels that a mean reaches to either side.
fn reach(pixel: f32, unit: f32) -> usize {
    (RIM * unit / pixel).round().max(1.0) as usize
}

impl Wash {
    pub fn new(grid: &Grid, unit: f32) -> Self {
        let pixels = grid.width * grid.rows.len();
        let reach = reach(grid.pixel(), unit);
        Self { width: grid.width, reach, amount: vec![0.0; pixels], rims: vec![0.0; pixels], wet: false }
    }

    /// A soft brush's cover where water stops suddenly, sooner or later by the flow.
    pub fn edge(cover: f32, flow: f32) -> f32 {
        let shore = smooth((cover + WANDER * (flow - 0.5) - SHORE) / 0.12 + 0.5) * smooth(cover / 0.02);
        shore * (EVEN + (1.0 - EVEN) * cover)
    }

    /// Adds pigment to the wash.
    pub fn add(&mut self, at: usize, a: f32) {
        self.amount[at] += a * (1.0 - self.amount[at]);
        self.wet = true;
    }

    /// Dries the wash: where it has more than around it, at its rims from inside, pigment stays.
    pub fn dry(&mut self) {
        if !std::mem::take(&mut self.wet) {
            return;
        }
        let mut around = self.amount.clone();
        for _ in 0..2 {
            around = self.mean_of_rows(&around);
            around = self.mean_of_columns(&around);
        }
        for ((rim, amount), around) in self.rims.iter_mut().zip(&mut self.amount).zip(around) {
            *rim += (*amount - around).max(0.0);
            *amount = 0.0;
        }
    }

    /// By how much rims are denser.
    pub fn rim(&self, at: usize) -> f32 {
        RIM_DENSITY * self.rims[at]
    }

    fn mean_of_rows(&self, values: &[f32]) -> Vec<f32> {
        values.chunks(self.width).flat_map(|row| running_mean(row.len(), self.reach, |i| row[i])).collect()
    }

    fn mean_of_columns(&self, values: &[f32]) -> Vec<f32> {
        let rows = values.len() / self.width;
        let mut sums = vec![0.0f32; self.width];
        let mut out = Vec::with_capacity(values.len());
        let row = |y: usize| &values[y * self.width..(y + 1) * self.width];
        let mut held = 0..0;
        for y in 0..rows {
            let want = window(y, self.reach, rows);
            for new in held.end..want.end {
                sums.iter_mut().zip(row(new)).for_each(|(sum, v)| *sum += v);
            }
            for old in held.start..want.start {
                sums.iter_mut().zip(row(old)).for_each(|(sum, v)| *sum -= v);
            }
            let share = 1.0 / want.len() as f32;
            out.extend(sums.iter().map(|sum| sum * share));
            held = want;
        }
        out
    }
}

/// What a mean at `at` reaches.
fn window(at: usize, reach: usize, count: usize) -> Range<usize> {
    at.saturating_sub(reach)..(at + reach + 1).min(count)
}

fn running_mean(count: usize, reach: usize, value: impl Fn(usize) -> f32) -> impl Iterator<Item = f32> {
    let mut held = 0..0;
    let mut sum = 0.0f32;
    (0..count).map(move |at| {
        let want = window(at, reach, count);
        sum += (held.end..want.end).map(&value).sum::<f32>() - (held.start..want.start).map(&value).sum::<f32>();
        held = want;
        sum / held.len() as f32
    })
}

/// An amount of light reflected by paint of density 1, where the density is `density`: `C^d`, of which the paper's
/// `C - (C - C²)(d - 1)` is the first order for light paint; that one goes below 0 for dark paint.
pub(super) fn dense(light: f32, density: f32) -> f32 {
    light.powf(density.max(LEAST_DENSITY))
}
