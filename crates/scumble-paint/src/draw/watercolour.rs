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
/// How far the flow carries a wash's edge on wet paper, as a share of its cover.
const RUN: f32 = 0.5;
/// The share of a wash that is as dense at its shore as in its middle.
const EVEN: f32 = 0.6;

/// The wash being laid, and rims of those that are dry.
#[derive(Debug)]
pub(super) struct Wash {
    width: usize,
    reach: f32,
    amount: Vec<f32>,
    rims: Vec<f32>,
    /// How wet the paper is; empty if it is dry.
    wet: Vec<f32>,
    is_laid: bool,
}

/// Rows beside a band that its rims depend on.
pub(super) fn halo(grid_pixel: f32, unit: f32) -> usize {
    2 * (reach(grid_pixel, unit) as usize + 1)
}

/// Pixels that a mean reaches to either side, besides half of the one in its middle.
fn reach(pixel: f32, unit: f32) -> f32 {
    (RIM * unit / pixel - 0.5).max(0.5)
}

/// A soft brush's cover: on dry paper the water stops suddenly, sooner or later by the flow; on wet paper it runs on.
pub(super) fn edge(cover: f32, flow: f32, wet: f32) -> f32 {
    let shore = smooth((cover + WANDER * (flow - 0.5) - SHORE) / 0.12 + 0.5) * smooth(cover / 0.02);
    let dry = shore * (EVEN + (1.0 - EVEN) * cover);
    let run = cover + RUN * (flow - 0.5) * 4.0 * cover * (1.0 - cover);
    dry + wet * (run.clamp(0.0, 1.0) - dry)
}

impl Wash {
    /// No wash yet, on paper that is as wet as the plane says; on dry paper if that is empty.
    pub fn new(grid: &Grid, unit: f32, wet: Vec<f32>) -> Self {
        let pixels = grid.width * grid.rows.len();
        let reach = reach(grid.pixel(), unit);
        Self { width: grid.width, reach, amount: vec![0.0; pixels], rims: vec![0.0; pixels], wet, is_laid: false }
    }

    /// How wet the paper is.
    pub fn wet(&self, at: usize) -> f32 {
        self.wet.get(at).copied().unwrap_or(0.0)
    }

    /// Adds pigment to the wash.
    pub fn add(&mut self, at: usize, a: f32) {
        self.amount[at] += a * (1.0 - self.amount[at]);
        self.is_laid = true;
    }

    /// Dries the wash: where it has more than around it, at its rims from inside, pigment stays.
    pub fn dry(&mut self) {
        if !std::mem::take(&mut self.is_laid) {
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
        RIM_DENSITY * self.rims[at] * (1.0 - self.wet(at))
    }

    fn mean_of_rows(&self, values: &[f32]) -> Vec<f32> {
        let mean = |row: &[f32]| -> Vec<f32> {
            let mut sum = Running::default();
            (0..row.len()).map(|at| sum.mean(at, self.reach, row.len(), |i| row[i])).collect()
        };
        values.chunks(self.width).flat_map(mean).collect()
    }

    fn mean_of_columns(&self, values: &[f32]) -> Vec<f32> {
        let rows = values.len() / self.width;
        let mut sums = vec![Running::default(); self.width];
        let places = (0..rows).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        places.map(|(x, y)| sums[x].mean(y, self.reach, rows, |i| values[i * self.width + x])).collect()
    }
}

/// A sum that moves along.
#[derive(Debug, Clone, Default)]
struct Running {
    held: Range<usize>,
    sum: f32,
}

impl Running {
    /// The mean of what is at most `reach` and half a value beside `at`, of which those at the ends count in part.
    fn mean(&mut self, at: usize, reach: f32, count: usize, value: impl Fn(usize) -> f32) -> f32 {
        let whole = reach as usize;
        let want = at.saturating_sub(whole)..(at + whole + 1).min(count);
        self.sum += (self.held.end..want.end).map(&value).sum::<f32>();
        self.sum -= (self.held.start..want.start).map(&value).sum::<f32>();
        self.held = want;
        let part = reach - whole as f32;
        let (mut sum, mut weight) = (self.sum, self.held.len() as f32);
        if let Some(before) = self.held.start.checked_sub(1) {
            (sum, weight) = (sum + part * value(before), weight + part);
        }
        if self.held.end < count {
            (sum, weight) = (sum + part * value(self.held.end), weight + part);
        }
        sum / weight
    }
}

/// An amount of light reflected by paint of density 1, where the density is `density`: `C^d`, of which the paper's
/// `C - (C - C²)(d - 1)` is the first order for light paint; that one goes below 0 for dark paint.
pub(super) fn dense(light: f32, density: f32) -> f32 {
    light.powf(density.max(LEAST_DENSITY))
}
