//! Small tiles for gaps between larger ones.

use scumble_paint::raster::{Scan, Span};

use super::super::polygon::Polygon;
use super::cut::trim;
use super::distance::{Distance, Field};
use super::grid::Grid;
use super::level::{Levels, levelled};

/// The radius of the least circle that fits into a gap which gets a tile, in sides of a tile, and in widths of the grout.
const LEAST: f64 = 0.17;
const LEAST_GROUTS: f64 = 0.8;
/// Half of a small tile's side before it is cut, in such radii; it may be longer than wide.
const LONGEST: f64 = 2.2;
/// The least area, of a tile's.
const SPLINTER: f64 = 0.03;

/// Puts a tile into the middle of each gap between tiles, edges and the frame, from the largest on, cut where the others end.
/// `side` is that of a tile, `grout` the share of it between tiles.
pub(super) fn fill(
    tiles: &mut Vec<Polygon>,
    edges: &[bool],
    field: &Field,
    size: [usize; 2],
    levels: Levels,
    side: f64,
    grout: f64,
) {
    let gap = grout * side;
    let least = (LEAST * side).max(LEAST_GROUTS * gap);
    let mut grid = Grid::new(size, side);
    let mut widest = 0.0f64;
    for (i, tile) in tiles.iter().enumerate() {
        if let Some(middle) = tile.middle() {
            grid.add(middle, i as u32);
            let radius = |corner: &[f64; 2]| (corner[0] - middle[0]).hypot(corner[1] - middle[1]);
            widest = tile.0.iter().map(|corner| radius(&corner.at)).fold(widest, f64::max);
        }
    }
    for (at, radius) in middles(tiles, edges, size, least) {
        let half = LONGEST * radius;
        let reach = half * std::f64::consts::SQRT_2 + widest;
        let Some(tile) = filler(tiles, &grid, levels, at, levelled(field.angle(at)), [half, reach], gap) else {
            continue;
        };
        let mut tile = frame_cut(tile, size);
        if trim(&mut tile, at, edges, size, levels, gap).is_none() || tile.area() < SPLINTER * side * side {
            continue;
        }
        if let Some(middle) = tile.middle() {
            grid.add(middle, tiles.len() as u32);
            tiles.push(tile);
        }
    }
}

/// The places farthest from tiles, edges and the frame near by, with that distance, from the largest on.
fn middles(tiles: &[Polygon], edges: &[bool], size: [usize; 2], least: f64) -> Vec<([f64; 2], f64)> {
    let [width, height] = size;
    let mut covered = edges.to_vec();
    let mut scan = Scan::new(width, 0..height, 1, [1.0; 2]);
    let mut spans: Vec<Span> = Vec::new();
    for tile in tiles {
        scan.polygon(&tile.points());
        scan.spans(&mut spans);
        for span in &spans {
            let row = span.y as usize * width;
            covered[row + span.start as usize..row + span.end as usize].fill(true);
        }
    }
    let distance = Distance::new(&covered, size);
    let values = distance.values();
    let mut peaks: Vec<usize> = (0..values.len()).filter(|i| is_peak(values, width, *i)).collect();
    peaks.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then(a.cmp(b)));
    let place = |i: usize| [(i % width) as f64 + 0.5, (i / width) as f64 + 0.5];
    // Covered pixels reach half a pixel nearer than their middles.
    let found = peaks.into_iter().map(|i| (place(i), f64::from(values[i]) - 0.5));
    found.take_while(|(_, radius)| *radius >= least).collect()
}

/// Whether no pixel beside one has a larger value.
fn is_peak(values: &[f32], width: usize, i: usize) -> bool {
    let (x, y, height) = (i % width, i / width, values.len() / width);
    let mut near = (y.saturating_sub(1)..(y + 2).min(height))
        .flat_map(|v| (x.saturating_sub(1)..(x + 2).min(width)).map(move |u| v * width + u));
    near.all(|j| values[j] <= values[i])
}

/// A square of half side `half`, cut by the nearest side of each tile whose middle is no farther than `reach`; none if a tile
/// is in its middle.
fn filler(
    tiles: &[Polygon],
    grid: &Grid,
    levels: Levels,
    at: [f64; 2],
    angle: f64,
    [half, reach]: [f64; 2],
    gap: f64,
) -> Option<Polygon> {
    let (sin, cos) = angle.sin_cos();
    let mut out = Polygon::square(at, angle, 2.0 * half);
    for axis in [[cos, sin], [-sin, cos], [-cos, -sin], [sin, -cos]] {
        levels.cut(&mut out, axis, axis[0] * at[0] + axis[1] * at[1] + half);
    }
    let mut near: Vec<u32> = grid.near(at, reach + gap).collect();
    near.sort_unstable();
    for other in near {
        let (normal, limit) = tiles[other as usize].facing(at)?;
        levels.cut(&mut out, normal.map(|v| -v), -limit - gap);
    }
    Some(out)
}

/// The part of a polygon within the frame.
fn frame_cut(mut polygon: Polygon, size: [usize; 2]) -> Polygon {
    for (axis, side) in [[1.0, 0.0], [0.0, 1.0]].into_iter().zip(size) {
        polygon.cut(axis, side as f64, None);
        polygon.cut(axis.map(|v: f64| -v), 0.0, None);
    }
    polygon
}
