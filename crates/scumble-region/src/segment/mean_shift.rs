//! What drifts to one colour.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use scumble_paint::oklab::{self, Lab};
use serde::{Deserialize, Serialize};

use super::{LAB, Pixels, join_small};
use crate::Labels;
use crate::forest::Forest;

/// The most steps of a pixel; few need more than ten.
const STEPS: usize = 20;
/// A step that ends a pixel's way: as a share of the windows in position and colour.
const STILL: f32 = 0.02;

/// Parameters of [`mean_shift`](mean_shift()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeanShiftParams {
    /// Half the side of the window, in pixels at 512; 7 is usual.
    #[schemars(range(min = 1.0, max = 32.0))]
    pub spatial: f64,
    /// Radius of the window in colours, in differences of CIELAB; 6.5 is usual.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub range: f64,
    /// Pixels below which a region joins a neighbour, at 512; 20 is usual.
    #[schemars(range(min = 0.0, max = 100000.0))]
    pub min_area: f64,
}

impl MeanShiftParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("spatial", self.spatial, 1.0, 32.0)?;
        within("range", self.range, 0.1, 100.0)?;
        within("min_area", self.min_area, 0.0, 100_000.0)
    }
}

/// Mean shift (Comaniciu, Meer 2002) with a flat kernel: each pixel moves, in position and colour, to the mean of the pixels
/// around it of like colour, until it stays. Pixels that share a side are of one region if they end within a window of each
/// other. Windows of large pictures are looked at by as many pixels as at 512. Regions are connected. The slowest of all
/// methods.
///
/// # Errors
/// As [`MeanShiftParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn mean_shift(picture: &Canvas, params: &MeanShiftParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let u = picture.size_unit();
    let window = Window {
        pixels: &pixels,
        steps: params.spatial.round() as isize,
        stride: u as isize,
        range: params.range as f32 / LAB,
    };
    let width = pixels.width;
    let mut ends = vec![Point::default(); pixels.len()];
    ends.par_chunks_mut(width).enumerate().for_each(|(y, ends)| {
        for (x, end) in ends.iter_mut().enumerate() {
            *end = window.end(x, y);
        }
    });

    let mut forest = Forest::new(pixels.len());
    let reach = (window.steps * window.stride) as f32;
    let mut join = |i: usize, j: usize| {
        let (p, q) = (&ends[i], &ends[j]);
        let near = (p.x - q.x).abs() <= reach && (p.y - q.y).abs() <= reach;
        if near && oklab::distance(p.colour, q.colour) <= window.range && pixels.is_hidden(i) == pixels.is_hidden(j) {
            let (p, q) = (forest.find(i as u32), forest.find(j as u32));
            forest.join(p.max(q), p.min(q));
        }
    };
    for i in 0..pixels.len() {
        if (i + 1) % width != 0 {
            join(i, i + 1);
        }
        if i + width < pixels.len() {
            join(i, i + width);
        }
    }
    let ids = (0..pixels.len() as u32).map(|i| forest.find(i)).collect();
    pixels.labels(join_small(&pixels, ids, (params.min_area as f32 * u * u) as usize))
}

/// A position and a colour.
#[derive(Clone, Default)]
struct Point {
    x: f32,
    y: f32,
    colour: Lab,
}

/// What a point looks at.
struct Window<'a> {
    pixels: &'a Pixels<'a>,
    /// Pixels that are looked at from the middle to each side.
    steps: isize,
    /// From one pixel that is looked at to the next.
    stride: isize,
    /// Radius in Oklab.
    range: f32,
}

impl Window<'_> {
    /// Where a pixel stays.
    fn end(&self, x: usize, y: usize) -> Point {
        let start = y * self.pixels.width + x;
        let mut at = Point { x: x as f32, y: y as f32, colour: self.pixels.at(start) };
        if self.pixels.is_hidden(start) {
            return at;
        }
        let still = STILL * (self.steps * self.stride) as f32;
        for _ in 0..STEPS {
            let Some(next) = self.mean(&at) else { break };
            let moved = (next.x - at.x).abs().max((next.y - at.y).abs());
            let changed = oklab::distance(next.colour, at.colour);
            at = next;
            if moved <= still && changed <= STILL * self.range {
                break;
            }
        }
        at
    }

    /// The mean of what a point sees.
    fn mean(&self, at: &Point) -> Option<Point> {
        let (width, height) = (self.pixels.width as isize, self.pixels.height as isize);
        let [column, row] = [at.x, at.y].map(|v| (v + 0.5) as isize);
        let limit = self.range * self.range;
        let (mut count, mut sums) = (0.0f32, [0.0f32; 5]);
        let steps = || (-self.steps..=self.steps).map(|step| step * self.stride);
        for y in steps().map(|step| row + step).filter(|y| (0..height).contains(y)) {
            for x in steps().map(|step| column + step).filter(|x| (0..width).contains(x)) {
                let i = (y * width + x) as usize;
                let colour = self.pixels.at(i);
                let distance: f32 = (0..3).map(|c| (colour[c] - at.colour[c]).powi(2)).sum();
                if distance <= limit && !self.pixels.is_hidden(i) {
                    count += 1.0;
                    let [light, a, b] = colour;
                    let terms = [x as f32, y as f32, light, a, b];
                    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
                }
            }
        }
        let [x, y, light, a, b] = sums.map(|sum| sum / count);
        (count > 0.0).then_some(Point { x, y, colour: [light, a, b] })
    }
}
