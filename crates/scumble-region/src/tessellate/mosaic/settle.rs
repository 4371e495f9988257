//! Evens out tiles: Lloyd's algorithm in a metric whose unit circle is a square along the rows (Hausner, "Simulating
//! decorative mosaics", 2001). Cells end at edges.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::distance::{Distance, Field};

/// Rounds, and those at the end in which no tile comes or goes.
const ROUNDS: usize = 9;
const CALM: usize = 3;
/// Cells below this share of a tile's area go; above that one, they get another tile.
const CROWDED: f64 = 0.45;
const ROOMY: f64 = 1.6;
/// The part of the metric that is not that of squares: it keeps cells whole where rows meet.
const ROUND: f64 = 0.1;
/// The share of a move across its row that a tile makes: rows keep their distance.
const ACROSS: f64 = 0.25;
/// No tile.
const NONE: u32 = u32::MAX;

/// Moves tiles to the middles of their cells, takes out some where they are crowded, and puts some where there are none.
pub(super) fn settle(tiles: &mut Vec<[f64; 2]>, edges: &[bool], distance: &Distance, field: &Field, side: f64) {
    let size = distance.size();
    for round in 0..ROUNDS {
        let cells = cells(tiles, edges, size, field);
        let missing = missing(&cells, edges, distance);
        let mut sums = vec![([0.0f64; 2], 0.0f64, (0.0f64, [0.0f64; 2])); tiles.len()];
        for (i, cell) in cells.iter().enumerate() {
            if let Some((sum, count, farthest)) = sums.get_mut(*cell as usize) {
                let at = middle(i, size[0]);
                *sum = [sum[0] + at[0], sum[1] + at[1]];
                *count += 1.0;
                let far = span(tiles[*cell as usize], at, field.angle(tiles[*cell as usize]));
                if far > farthest.0 {
                    *farthest = (far, at);
                }
            }
        }
        let changes = round + CALM < ROUNDS;
        let mut next = Vec::with_capacity(tiles.len());
        for (tile, (sum, count, (_, farthest))) in tiles.iter().zip(sums) {
            let share = count / (side * side);
            // In a picture smaller than a tile, the only one stays.
            if count == 0.0 || (changes && share < CROWDED && tiles.len() > 1) {
                continue;
            }
            let way = [sum[0] / count - tile[0], sum[1] / count - tile[1]];
            let back = distance.away(*tile).map_or([0.0; 2], |[x, y]| {
                let across = (1.0 - ACROSS) * (way[0] * x + way[1] * y);
                [across * x, across * y]
            });
            next.push([0, 1].map(|k| tile[k] + way[k] - back[k]));
            if changes && share > ROOMY {
                next.push(farthest);
            }
        }
        next.extend(missing);
        *tiles = next;
    }
}

fn middle(i: usize, width: usize) -> [f64; 2] {
    [(i % width) as f64 + 0.5, (i / width) as f64 + 0.5]
}

/// The distance from a tile turned by an angle.
fn span(tile: [f64; 2], at: [f64; 2], angle: f64) -> f64 {
    let (sin, cos) = angle.sin_cos();
    let (x, y) = (at[0] - tile[0], at[1] - tile[1]);
    let (u, v) = ((x * cos + y * sin).abs(), (y * cos - x * sin).abs());
    u.max(v) + ROUND * u.min(v)
}

/// The tile of each pixel: cells grow from tiles, nearest pixels first, by pixels' sides and not into edges. Those of edges and
/// what edges enclose have none.
fn cells(tiles: &[[f64; 2]], edges: &[bool], [width, height]: [usize; 2], field: &Field) -> Vec<u32> {
    let angles: Vec<f64> = tiles.iter().map(|tile| field.angle(*tile)).collect();
    let mut cells = vec![NONE; edges.len()];
    let mut nearest = vec![u64::MAX; edges.len()];
    let mut heap = BinaryHeap::new();
    let mut offer = |heap: &mut BinaryHeap<Reverse<u64>>, pixel: usize, tile: u32| {
        let far = span(tiles[tile as usize], middle(pixel, width), angles[tile as usize]);
        // In one number, for speed: 1/64 pixel in 20 bits, a pixel of 1024² at most in 20, a tile in 24.
        let far = ((far * 64.0) as u64).min((1 << 20) - 1);
        if far < nearest[pixel] {
            nearest[pixel] = far;
            heap.push(Reverse(far << 44 | (pixel as u64) << 24 | u64::from(tile)));
        }
    };
    for (tile, [x, y]) in tiles.iter().enumerate() {
        let at = |v: f64, side: usize| (v.max(0.0) as usize).min(side - 1);
        let pixel = at(*y, height) * width + at(*x, width);
        if !edges[pixel] {
            offer(&mut heap, pixel, tile as u32);
        }
    }
    while let Some(Reverse(key)) = heap.pop() {
        let (pixel, tile) = ((key >> 24 & 0xf_ffff) as usize, (key & 0xff_ffff) as u32);
        if cells[pixel] != NONE {
            continue;
        }
        cells[pixel] = tile;
        let (x, y) = (pixel % width, pixel / width);
        let beside = [
            (x > 0).then(|| pixel - 1),
            (x + 1 < width).then(|| pixel + 1),
            (y > 0).then(|| pixel - width),
            (y + 1 < height).then(|| pixel + width),
        ];
        for next in beside.into_iter().flatten().filter(|next| !edges[*next] && cells[*next] == NONE) {
            offer(&mut heap, next, tile);
        }
    }
    cells
}

/// For each area without a tile, the place farthest from edges.
fn missing(cells: &[u32], edges: &[bool], distance: &Distance) -> Vec<[f64; 2]> {
    let size = distance.size();
    let mut open: Vec<bool> = cells.iter().map(|cell| *cell == NONE).collect();
    let mut out = Vec::new();
    open.iter_mut().zip(edges).for_each(|(open, edge)| *open &= !edge);
    let mut area = Vec::new();
    for first in 0..open.len() {
        if !open[first] {
            continue;
        }
        open[first] = false;
        area.clear();
        area.push(first);
        let mut next = 0;
        while let Some(pixel) = area.get(next).copied() {
            next += 1;
            let (x, y) = (pixel % size[0], pixel / size[0]);
            let beside = [
                (x > 0).then(|| pixel - 1),
                (x + 1 < size[0]).then(|| pixel + 1),
                (y > 0).then(|| pixel - size[0]),
                (y + 1 < size[1]).then(|| pixel + size[0]),
            ];
            for other in beside.into_iter().flatten() {
                if open[other] {
                    open[other] = false;
                    area.push(other);
                }
            }
        }
        let value = |pixel: usize| distance.values()[pixel];
        let deepest = area.iter().copied().max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)));
        out.extend(deepest.map(|pixel| middle(pixel, size[0])));
    }
    out
}
