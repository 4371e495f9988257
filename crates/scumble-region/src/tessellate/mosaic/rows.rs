//! Rows of tiles along level lines of the distance to the nearest edge.

use super::distance::Distance;
use super::grid::Grid;

/// The least distance from one tile to another, in sides.
const ROOM: f64 = 0.75;
/// How far a tile may be from its row's line, in sides: more is the end of the row, on a ridge.
const ASTRAY: f64 = 0.2;
/// How far from its row's line a row may begin before it is corrected, in pixels: pixels on both sides of a line do.
const SEED: f64 = 0.75;
/// Corrections onto the line.
const CORRECTIONS: usize = 3;

/// The middles of tiles of the given side: row k lies k + 1/2 sides from the edges. Rows nearest to edges come first; where rows
/// from several edges meet, the later ones end.
pub(super) fn rows(distance: &Distance, side: f64) -> Vec<[f64; 2]> {
    let [width, height] = distance.size();
    let mut seeds: Vec<(u32, usize)> = Vec::new();
    for (i, value) in distance.values().iter().enumerate() {
        let row = (f64::from(*value) / side).floor();
        if (f64::from(*value) - (row + 0.5) * side).abs() < SEED {
            seeds.push((row as u32, i));
        }
    }
    seeds.sort_unstable();
    let mut layer = Layer {
        distance,
        side,
        frame: [width as f64, height as f64],
        grid: Grid::new([width, height], side),
        tiles: Vec::new(),
    };
    for (row, i) in seeds {
        let level = (f64::from(row) + 0.5) * side;
        let seed = layer.corrected([(i % width) as f64 + 0.5, (i / width) as f64 + 0.5], level);
        if let Some(seed) = seed.filter(|seed| layer.is_free(*seed)) {
            layer.push(seed);
            layer.walk(seed, 1.0, level);
            layer.walk(seed, -1.0, level);
        }
    }
    layer.tiles
}

/// Tiles as they are laid.
struct Layer<'a> {
    distance: &'a Distance,
    side: f64,
    frame: [f64; 2],
    grid: Grid,
    tiles: Vec<[f64; 2]>,
}

impl Layer<'_> {
    fn push(&mut self, at: [f64; 2]) {
        self.grid.add(at, self.tiles.len() as u32);
        self.tiles.push(at);
    }

    fn is_free(&self, at: [f64; 2]) -> bool {
        let least = ROOM * self.side;
        let far = |other: u32| {
            let [x, y] = self.tiles[other as usize];
            (x - at[0]).hypot(y - at[1]) >= least
        };
        self.grid.near(at, least).all(far)
    }

    /// The point moved onto the line of the given level; none beyond the frame or if there is no line.
    fn corrected(&self, mut at: [f64; 2], level: f64) -> Option<[f64; 2]> {
        for _ in 0..CORRECTIONS {
            let away = self.distance.away(at)?;
            let step = level - self.distance.at(at);
            at = [at[0] + step * away[0], at[1] + step * away[1]];
        }
        let within = (0..2).all(|k| (0.0..=self.frame[k]).contains(&at[k]));
        (within && (self.distance.at(at) - level).abs() < ASTRAY * self.side).then_some(at)
    }

    /// Lays tiles from one on, to the left or right of the way away from the edge, until there is no room.
    fn walk(&mut self, from: [f64; 2], sign: f64, level: f64) {
        let mut at = from;
        let mut way: Option<[f64; 2]> = None;
        while let Some([x, y]) = self.distance.away(at) {
            let mut along = [-y * sign, x * sign];
            // On the other side of a ridge, the same way means the opposite.
            if way.is_some_and(|way| way[0] * along[0] + way[1] * along[1] < 0.0) {
                along = along.map(|v| -v);
            }
            let next = [at[0] + self.side * along[0], at[1] + self.side * along[1]];
            let Some(next) = self.corrected(next, level).filter(|next| self.is_free(*next)) else { return };
            self.push(next);
            way = Some([next[0] - at[0], next[1] - at[1]]);
            at = next;
        }
    }
}
