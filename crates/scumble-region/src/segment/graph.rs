//! Regions of a graph.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use scumble_paint::fields::blur_canvas;
use serde::{Deserialize, Serialize};

use super::Pixels;
use crate::Labels;
use crate::forest::Forest;

/// Parameters of [`graph`](graph()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraphParams {
    /// K: how large regions are, as the difference in levels of 256 that a single pixel bears; 300 is usual.
    #[schemars(range(min = 1.0, max = 100000.0))]
    pub scale: f64,
    /// Deviation of the Gaussian that smooths the picture, in pixels at 512; 0.8 is usual.
    #[schemars(range(min = 0.0, max = 32.0))]
    pub sigma: f64,
    /// Pixels below which a region joins its nearest neighbour, at 512; 50 is usual.
    #[schemars(range(min = 0.0, max = 100000.0))]
    pub min_area: f64,
}

impl GraphParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("scale", self.scale, 1.0, 100_000.0)?;
        within("sigma", self.sigma, 0.0, 32.0)?;
        within("min_area", self.min_area, 0.0, 100_000.0)
    }
}

/// Steps into which differences are divided, so that they can be sorted by counting.
const STEPS: usize = 1 << 16;
/// The largest difference of two colours in levels of 256.
const LARGEST: f32 = 255.0 * 1.732_051;
/// The neighbours of a pixel that come after it: along x and y.
const AFTER: [(isize, isize); 4] = [(1, 0), (-1, 1), (0, 1), (1, 1)];
/// No edge: the neighbour is outside or hidden.
const ABSENT: u16 = u16::MAX;

/// Efficient graph-based segmentation (Felzenszwalb, Huttenlocher 2004): pairs of pixels that share a side or a corner, in
/// the order of the difference w of their sRGB-encoded colours, join their regions if `w ≤ min(Int₁ + K / |C₁|, Int₂ + K /
/// |C₂|)`, where Int is the largest difference that joined a region. Regions are connected through sides and corners.
///
/// # Errors
/// As [`GraphParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn graph(picture: &Canvas, params: &GraphParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let u = picture.size_unit();
    let differences = differences(&pixels, &blur_canvas(&pixels.picture, params.sigma as f32 * u));
    let order = sorted(&differences);
    // Areas grow with the square of the unit, and so does K, which is divided by them.
    let scale = params.scale as f32 * u * u;
    let least = (params.min_area as f32 * u * u) as u32;

    let mut forest = Forest::new(pixels.len());
    // Of each region how many pixels it has, and the largest difference that joins it.
    let mut regions = vec![(1u32, 0.0f32); pixels.len()];
    let ends = |edge: u32| {
        let (i, (dx, dy)) = (edge as usize / AFTER.len(), AFTER[edge as usize % AFTER.len()]);
        (i as u32, i.wrapping_add_signed(dy * pixels.width as isize + dx) as u32)
    };
    let mut join = |may: &dyn Fn(f32, (u32, f32), (u32, f32)) -> bool| {
        for edge in &order {
            let (p, q) = ends(*edge);
            let (p, q) = (forest.find(p), forest.find(q));
            if p == q {
                continue;
            }
            let difference = f32::from(differences[*edge as usize]) * (LARGEST / (STEPS - 1) as f32);
            let (one, other) = (regions[p as usize], regions[q as usize]);
            if may(difference, one, other) {
                // The larger keeps its name, so that ways to it stay short.
                let (from, into) = if one.0 < other.0 { (p, q) } else { (q, p) };
                forest.join(from, into);
                regions[into as usize] = (one.0 + other.0, difference);
            }
        }
    };
    join(&|difference, one, other| {
        let limit = |(size, within): (u32, f32)| within + scale / size as f32;
        difference <= limit(one).min(limit(other))
    });
    join(&|_, one, other| one.0.min(other.0) < least);
    let ids = (0..pixels.len() as u32).map(|i| forest.find(i)).collect();
    pixels.labels(ids)
}

/// The difference of each pixel to each that comes [`AFTER`] it, in steps.
fn differences(pixels: &Pixels, picture: &Canvas) -> Vec<u16> {
    let (width, height) = (pixels.width, pixels.height);
    let colours = picture.pixels();
    let mut out = vec![ABSENT; AFTER.len() * pixels.len()];
    out.par_chunks_mut(AFTER.len() * width).enumerate().for_each(|(y, out)| {
        for (x, out) in out.chunks_exact_mut(AFTER.len()).enumerate() {
            let i = y * width + x;
            for (out, (dx, dy)) in out.iter_mut().zip(AFTER) {
                let (u, v) = (x.wrapping_add_signed(dx), y.wrapping_add_signed(dy));
                if u >= width || v >= height || pixels.is_hidden(i) || pixels.is_hidden(v * width + u) {
                    continue;
                }
                let pairs = colours[i].iter().zip(colours[v * width + u]);
                let distance = pairs.map(|(p, q)| (p - q) * (p - q)).sum::<f32>().sqrt();
                // The last step but one, as the last means none.
                let step = distance * (255.0 * (STEPS - 1) as f32 / LARGEST) + 0.5;
                *out = (step as u16).min(ABSENT - 1);
            }
        }
    });
    out
}

/// The edges that exist in rising order of their differences, by counting.
fn sorted(differences: &[u16]) -> Vec<u32> {
    let mut places = vec![0usize; STEPS + 1];
    differences.iter().for_each(|step| places[usize::from(*step) + 1] += 1);
    for step in 0..STEPS {
        places[step + 1] += places[step];
    }
    let mut order = vec![0; places[usize::from(ABSENT)]];
    for (edge, step) in differences.iter().enumerate().filter(|(_, step)| **step != ABSENT) {
        let place = &mut places[usize::from(*step)];
        order[*place] = edge as u32;
        *place += 1;
    }
    order
}
