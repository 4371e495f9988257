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
/// The least distance from one edge to a stronger one, in sides of a tile: between them is room for a tile.
const APART: f64 = 0.8;

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
    let strength = |line: &[usize]| line.iter().map(|i| f64::from(magnitudes[*i])).sum::<f64>() / line.len() as f64;
    let mut lines = lines(&ridges, width);
    lines.retain(|line| line.len() as f64 >= SHORTEST * side && line.iter().any(|i| magnitudes[*i] >= strong));
    lines.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.cmp(b)));
    Ok(apart(&lines, [width, height], APART * side, SHORTEST * side / 2.0))
}

/// Of lines from the strongest on, what is at least `least` from all before it, if it has `length` pixels still.
fn apart(lines: &[Vec<usize>], [width, height]: [usize; 2], least: f64, length: f64) -> Vec<bool> {
    let mut near = vec![false; width * height];
    let mut out = vec![false; width * height];
    let reach = least as usize;
    for line in lines {
        let kept: Vec<usize> = line.iter().copied().filter(|i| !near[*i]).collect();
        if (kept.len() as f64) < length {
            continue;
        }
        for i in kept {
            out[i] = true;
            let (x, y) = (i % width, i / width);
            for v in y.saturating_sub(reach)..(y + reach + 1).min(height) {
                near[v * width..][x.saturating_sub(reach)..(x + reach + 1).min(width)].fill(true);
            }
        }
    }
    out
}

/// Connected groups of marked pixels, by sides or corners.
fn lines(marked: &[bool], width: usize) -> Vec<Vec<usize>> {
    let height = marked.len() / width;
    let mut seen = vec![false; marked.len()];
    let mut out = Vec::new();
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
        out.push(line);
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
