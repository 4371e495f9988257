//! Points spread by a density.

use rayon::prelude::*;

use crate::dice::Dice;
use crate::painting::Point;

/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x706f_696e;
/// No point.
const NONE: u32 = u32::MAX;

/// Points drawn by a density of points a pixel, in rows of `width` values, and evened out by weighted Lloyd rounds
/// (Secord 2002; Im2Oil uses 15, 5 are usual here): each point goes to the centre of weight of the pixels nearest to it. As many
/// as the density's sum, rounded, but no more than pixels. Values that are negative or not numbers count as 0.
///
/// Cells are found by jump flooding (Rong and Tan 2006).
pub fn points(density: &[f32], width: usize, seed: u64, rounds: u32) -> Vec<Point> {
    let mut sum = 0.0f64;
    let sums: Vec<f64> = density
        .iter()
        .map(|value| {
            sum += f64::from(value.max(0.0));
            sum
        })
        .collect();
    if !(sum.is_finite() && sum > 0.0) || width == 0 {
        return Vec::new();
    }
    let count = (sum.round() as usize).min(density.len());
    let mut dice = Dice::new(seed, STAGE, 0);
    let draw = |i: usize| {
        // One draw from each of `count` equal parts of the density: as even as can be before the first round.
        let wanted = (i as f64 + f64::from(dice.unit())) / count as f64 * sum;
        let pixel = sums.partition_point(|sum| *sum <= wanted).min(sums.len() - 1);
        [(pixel % width) as f32 + dice.unit(), (pixel / width) as f32 + dice.unit()]
    };
    let mut points: Vec<Point> = (0..count).map(draw).collect();
    for _ in 0..rounds {
        let cells = cells(&points, width, density.len() / width);
        even_out(&mut points, &cells, density, width);
    }
    points
}

/// Moves points to the centres of weight of their cells. Those without a cell or weight stay.
fn even_out(points: &mut [Point], cells: &[u32], density: &[f32], width: usize) {
    let mut sums = vec![[0.0f64; 3]; points.len()];
    for (i, (cell, weight)) in cells.iter().zip(density).enumerate() {
        if let Some(sum) = sums.get_mut(*cell as usize) {
            let weight = f64::from(weight.max(0.0));
            sum[0] += weight * ((i % width) as f64 + 0.5);
            sum[1] += weight * ((i / width) as f64 + 0.5);
            sum[2] += weight;
        }
    }
    for (point, [x, y, weight]) in points.iter_mut().zip(sums) {
        if weight > 0.0 {
            *point = [(x / weight) as f32, (y / weight) as f32];
        }
    }
}

/// The point nearest to each pixel, nearly always.
fn cells(points: &[Point], width: usize, height: usize) -> Vec<u32> {
    let mut cells = vec![NONE; width * height];
    for (i, [x, y]) in points.iter().enumerate() {
        let at = (*y as usize).min(height - 1) * width + (*x as usize).min(width - 1);
        if cells[at] == NONE {
            cells[at] = i as u32;
        }
    }
    let mut next = cells.clone();
    let mut step = width.max(height).next_power_of_two() / 2;
    // A first round with step 1 repairs most of what jump flooding gets wrong.
    let mut steps = vec![1];
    while step > 0 {
        steps.push(step);
        step /= 2;
    }
    for step in steps {
        next.par_chunks_mut(width).enumerate().for_each(|(y, row)| flood_row(row, y, &cells, points, step));
        std::mem::swap(&mut cells, &mut next);
    }
    cells
}

/// One round of jump flooding for a row: the nearest of what nine pixels `step` apart know.
fn flood_row(row: &mut [u32], y: usize, cells: &[u32], points: &[Point], step: usize) {
    let width = row.len();
    let height = cells.len() / width;
    let rows = [y.checked_sub(step), Some(y), Some(y + step).filter(|y| *y < height)];
    for (x, out) in row.iter_mut().enumerate() {
        let columns = [x.checked_sub(step), Some(x), Some(x + step).filter(|x| *x < width)];
        let mut best = (f32::INFINITY, NONE);
        for v in rows.into_iter().flatten() {
            for u in columns.into_iter().flatten() {
                let known = cells[v * width + u];
                if known == NONE || known == best.1 {
                    continue;
                }
                let [px, py] = points[known as usize];
                let distance = (px - x as f32 - 0.5).powi(2) + (py - y as f32 - 0.5).powi(2);
                // Of equally near ones the first, whatever the order of looking.
                if distance < best.0 || (distance == best.0 && known < best.1) {
                    best = (distance, known);
                }
            }
        }
        *out = best.1;
    }
}
