//! Edges that tiles follow and do not cross, a pixel wide.

use scumble_core::Result;
use scumble_paint::fields::{Fields, FieldsOptions};

use super::super::working::Working;
use crate::Labels;

/// Deviation of the blur before edges are looked for, as a share of a tile's side: finer ones lie within a tile.
const BLUR: f64 = 0.2;
/// Contrast down to which a strong edge is followed, as a share of its least.
const WEAK: f64 = 0.4;
/// The shortest edge, in sides of a tile.
const SHORTEST: f64 = 4.0;

/// The strong edges of a picture (after Canny 1986): ridges of the gradient, of at least `contrast` somewhere and at least four
/// tiles long.
pub(super) fn of_picture(working: &Working, side: f64, contrast: f64) -> Result<Vec<bool>> {
    let sigma = (BLUR * side).max(1.0);
    let options = FieldsOptions { blur: sigma as f32, spread: 0.0, flat: 0.0, ..FieldsOptions::new(1.0) };
    let fields = Fields::new(&working.canvas, &options)?;
    let [width, height] = working.size();
    let magnitudes = fields.magnitudes();
    // The gradient of a step of 1 in all three channels, blurred.
    let step = 3f64.sqrt() / (sigma * std::f64::consts::TAU.sqrt());
    let (strong, weak) = ((contrast * step) as f32, (WEAK * contrast * step) as f32);
    let ridge = |i: usize| {
        let (x, y) = (i % width, i / width);
        let own = magnitudes[i];
        if own < weak {
            return false;
        }
        let [tx, ty] = fields.tangent(x as f32 + 0.5, y as f32 + 0.5);
        let [dx, dy] = [-ty.round() as isize, tx.round() as isize];
        let beside = |sign: isize| {
            let x = x.checked_add_signed(sign * dx).filter(|x| *x < width);
            let y = y.checked_add_signed(sign * dy).filter(|y| *y < height);
            x.zip(y).map_or(0.0, |(x, y)| magnitudes[y * width + x])
        };
        own > beside(1) && own >= beside(-1)
    };
    let ridges: Vec<bool> = (0..width * height).map(ridge).collect();
    let is_strong =
        |line: &[usize]| line.len() as f64 >= SHORTEST * side && line.iter().any(|i| magnitudes[*i] >= strong);
    Ok(lines(&ridges, width, is_strong))
}

/// Keeps those connected groups of marked pixels (by sides or corners) that pass.
fn lines(marked: &[bool], width: usize, keep: impl Fn(&[usize]) -> bool) -> Vec<bool> {
    let height = marked.len() / width;
    let mut seen = vec![false; marked.len()];
    let mut out = vec![false; marked.len()];
    for first in 0..marked.len() {
        if !marked[first] || seen[first] {
            continue;
        }
        seen[first] = true;
        let mut line = vec![first];
        let mut next = 0;
        while let Some(i) = line.get(next).copied() {
            next += 1;
            let (x, y) = (i % width, i / width);
            for v in y.saturating_sub(1)..(y + 2).min(height) {
                for u in x.saturating_sub(1)..(x + 2).min(width) {
                    let j = v * width + u;
                    if marked[j] && !seen[j] {
                        seen[j] = true;
                        line.push(j);
                    }
                }
            }
        }
        if keep(&line) {
            line.into_iter().for_each(|i| out[i] = true);
        }
    }
    out
}

/// The borders of regions, in another size: pixels whose right or lower neighbour is of another region.
pub(super) fn of_regions(regions: &Labels, [width, height]: [usize; 2]) -> Vec<bool> {
    let label = |x: usize, y: usize| {
        let (u, v) = ((2 * x + 1) * regions.width() / (2 * width), (2 * y + 1) * regions.height() / (2 * height));
        regions.ids()[v * regions.width() + u]
    };
    let border = |i: usize| {
        let (x, y) = (i % width, i / width);
        let own = label(x, y);
        (x + 1 < width && label(x + 1, y) != own) || (y + 1 < height && label(x, y + 1) != own)
    };
    (0..width * height).map(border).collect()
}
