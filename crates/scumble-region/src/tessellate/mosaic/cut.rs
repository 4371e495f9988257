//! Tiles as polygons: squares cut to fit.

use rayon::prelude::*;

use super::super::polygon::Polygon;
use super::grid::Grid;
use super::level::{Levels, levelled_normal};

/// By how much a tile may be larger than its place, where its neighbours leave room.
const STRETCH: f64 = 1.6;
/// The most cuts along edges.
const CUTS: usize = 4;
/// Splinters below this share of a tile's area are left out.
const SPLINTER: f64 = 0.04;

/// A tile before it is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    pub at: [f64; 2],
    pub angle: f64,
}

impl Tile {
    /// How far a tile of half the side 1 reaches along an axis.
    fn reach(&self, axis: [f64; 2]) -> f64 {
        self.axes().iter().map(|side| dot(*side, axis).abs()).sum()
    }

    /// Its axes.
    fn axes(&self) -> [[f64; 2]; 2] {
        let (sin, cos) = self.angle.sin_cos();
        [[cos, sin], [-sin, cos]]
    }
}

/// Cuts tiles.
pub(super) struct Cutter {
    tiles: Vec<Tile>,
    grid: Grid,
    levels: Levels,
    size: [usize; 2],
    side: f64,
    gap: f64,
    /// Half of a tile's side before it is cut.
    half: f64,
}

impl Cutter {
    /// Tiles of a picture of the given size, of `side` from one to the next, with the share `grout` between them.
    pub fn new(tiles: Vec<Tile>, size: [usize; 2], levels: Levels, side: f64, grout: f64) -> Self {
        let mut grid = Grid::new(size, side);
        tiles.iter().enumerate().for_each(|(i, tile)| grid.add(tile.at, i as u32));
        let gap = grout * side;
        Self { tiles, grid, levels, size, side, gap, half: (STRETCH * side - gap) / 2.0 }
    }

    /// The tiles, less those of which next to nothing is left.
    pub fn polygons(&self, edges: &[bool]) -> Vec<Polygon> {
        (0..self.tiles.len()).into_par_iter().filter_map(|i| self.polygon(i, edges)).collect()
    }

    /// Tile `i`, cut by its neighbours, by edges and by the frame; none if next to nothing is left.
    fn polygon(&self, i: usize, edges: &[bool]) -> Option<Polygon> {
        let tile = self.tiles[i];
        // In a picture smaller than a tile, all of it.
        let place: f64 = self.size.iter().map(|side| self.side.min(*side as f64)).product();
        let [u, v] = tile.axes();
        let mut polygon = Polygon::frame(self.size.map(|side| side as f64));
        for axis in [u, v] {
            let middle = dot(axis, tile.at);
            self.levels.cut(&mut polygon, axis, middle + self.half);
            self.levels.cut(&mut polygon, axis.map(|v| -v), self.half - middle);
        }
        let reach = 2.0 * self.half * std::f64::consts::SQRT_2 + self.gap;
        let mut near: Vec<u32> = self.grid.near(tile.at, reach).filter(|other| *other as usize != i).collect();
        near.sort_unstable();
        for other in near {
            if let Some((axis, limit)) = self.between(i, other as usize) {
                self.levels.cut(&mut polygon, axis, limit);
            }
        }
        trim(&mut polygon, tile.at, edges, self.size, self.levels, self.gap)?;
        (polygon.area() > SPLINTER * place).then_some(polygon)
    }

    /// The cut between two tiles, as the first keeps its distance to it; none if they do not meet. Of their axes, the one along which
    /// they overlap least: tiles in neighbouring rows keep their square corners, wherever they lie along the rows. The
    /// second is cut along the same line.
    fn between(&self, i: usize, j: usize) -> Option<([f64; 2], f64)> {
        let [a, b] = [i.min(j), i.max(j)].map(|k| self.tiles[k]);
        let mut best: Option<(f64, [f64; 2])> = None;
        for axis in [a.axes(), b.axes()].into_iter().flatten() {
            let apart = dot(axis, b.at) - dot(axis, a.at);
            let room = apart.abs() - self.half * (a.reach(axis) + b.reach(axis));
            if room >= self.gap {
                return None;
            }
            if best.is_none_or(|best| room > best.0) {
                best = Some((room, axis.map(|v| v * apart.signum())));
            }
        }
        let (_, axis) = best?;
        let middle = (dot(axis, a.at) + dot(axis, b.at)) / 2.0;
        Some(if i < j { (axis, middle - self.gap / 2.0) } else { (axis.map(|v| -v), -middle - self.gap / 2.0) })
    }
}

/// Cuts a tile around `at` back from edges, half of the grout's width `gap` away; none if it lies on one.
pub(super) fn trim(
    polygon: &mut Polygon,
    at: [f64; 2],
    edges: &[bool],
    size: [usize; 2],
    levels: Levels,
    gap: f64,
) -> Option<()> {
    for _ in 0..CUTS {
        let Some(edge) = nearest_edge(polygon, at, edges, size) else { break };
        let way = [edge[0] - at[0], edge[1] - at[1]];
        let length = way[0].hypot(way[1]);
        if length < 1e-6 {
            return None;
        }
        let normal = levelled_normal(way.map(|v| v / length));
        // At least half a pixel, the edge's own.
        levels.cut(polygon, normal, dot(normal, edge) - 0.5f64.max(gap / 2.0) - 1e-6);
    }
    Some(())
}

/// The middle of the edge pixel within a polygon that is nearest to a point.
fn nearest_edge(polygon: &Polygon, from: [f64; 2], edges: &[bool], [width, height]: [usize; 2]) -> Option<[f64; 2]> {
    let range = |k: usize, side: usize| {
        let ends = polygon.0.iter().map(|corner| corner.at[k]);
        let [low, high] = ends.fold([f64::INFINITY, 0.0], |[a, b]: [f64; 2], v| [a.min(v), b.max(v)]);
        (low.max(0.0) as usize).min(side)..(high.ceil().max(0.0) as usize).min(side)
    };
    let mut best: Option<(f64, [f64; 2])> = None;
    for y in range(1, height) {
        for x in range(0, width).filter(|x| edges[y * width + x]) {
            let at = [x as f64 + 0.5, y as f64 + 0.5];
            let distance = (at[0] - from[0]).hypot(at[1] - from[1]);
            if best.is_none_or(|best| distance < best.0) && polygon.holds(at) {
                best = Some((distance, at));
            }
        }
    }
    best.map(|(_, at)| at)
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
