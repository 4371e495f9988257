//! Where a watercolour's paper is wet.

use rayon::prelude::*;
use scumble_image::Canvas;

use crate::draw::noise::smooth;
use crate::fields::{blur, blur_canvas};
use crate::oklab::{self, Lab};
use crate::painting::Wet;

/// Deviation of the blur before slopes are taken, in pixels at 512.
const BLUR: f32 = 1.5;
/// Change of Oklab a pixel at 512 at which an edge begins to be crisp, and is.
const EDGES: [f32; 2] = [0.005, 0.02];
/// Side of a value's square in pixels at 512. Washes do not end right at an edge, so that its square is dry, and those beside it are in
/// part.
const CELL: f32 = 4.0;
/// How dry paper gets: where small washes end in the middle of others, their ends should not be crisp.
const DRIEST: f32 = 0.75;
/// Deviation of the values' blur in squares.
const SPREAD: f32 = 0.8;

/// A paper that is as wet as `most` where a picture of `unit` pixels at 512 is smooth, and nearly dry along its edges.
pub(super) fn wetness(picture: &Canvas, unit: f32, most: f32) -> Wet {
    let (width, height) = (picture.width(), picture.height());
    let lab: Vec<Lab> = blur_canvas(picture, BLUR * unit).pixels().par_iter().map(|p| oklab::from_srgb(*p)).collect();
    let slope = |x: usize, y: usize| {
        let at = |x: usize, y: usize| lab[y * width + x];
        let (left, right) = (x.saturating_sub(1), (x + 1).min(width - 1));
        let (up, down) = (y.saturating_sub(1), (y + 1).min(height - 1));
        let per = |a: Lab, b: Lab, count: usize| oklab::distance(a, b) / count.max(1) as f32;
        per(at(left, y), at(right, y), right - left).hypot(per(at(x, up), at(x, down), down - up))
    };
    let [columns, rows] = [width, height].map(|side| ((side as f32 / (CELL * unit)).ceil() as usize).max(1));
    let of = |cell: usize, side: usize, cells: usize| cell * side / cells..((cell + 1) * side).div_ceil(cells);
    let steepest = |cell: usize| {
        let (xs, ys) = (of(cell % columns, width, columns), of(cell / columns, height, rows));
        ys.flat_map(|y| xs.clone().map(move |x| (x, y))).map(|(x, y)| slope(x, y)).fold(0.0, f32::max)
    };
    let crisp = |slope: f32| smooth((slope * unit - EDGES[0]) / (EDGES[1] - EDGES[0]));
    let dry: Vec<f32> = (0..columns * rows).into_par_iter().map(|cell| crisp(steepest(cell))).collect();
    let wet = blur(&dry, columns, SPREAD).into_iter().map(|dry| (100.0 * most * (1.0 - DRIEST * dry)).round() / 100.0);
    Wet { width: columns, values: wet.map(|v| v.clamp(0.0, 1.0)).collect() }
}
