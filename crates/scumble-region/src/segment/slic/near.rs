//! The centres that may be the nearest of some pixel of a tile.

use super::tile::{Centre, ROWS, Tile};
use crate::segment::NONE;
use crate::segment::lanes::LANES;

/// More than the rounding of a distance, by its size: what is as near as another must not be left out.
const SLACK: f32 = 1e-5;

/// A centre that may be the nearest of a pixel of a tile.
pub(super) struct Near {
    pub region: u32,
    pub colour: [f32; 3],
    /// Its squared distances along x from the tile's columns and along y from its rows, scaled.
    pub across: [f32; LANES],
    pub down: [f32; ROWS],
}

/// Some centres side by side.
#[derive(Clone)]
struct Group {
    regions: [u32; LANES],
    places: [[f32; LANES]; 5],
}

impl Group {
    #[inline(always)]
    fn place(&self, lane: usize) -> Centre {
        let at = |c: usize| self.places[c][lane];
        [at(0), at(1), at(2), at(3), at(4)]
    }
}

/// Out of every tile's reach.
const NOWHERE: Group = Group { regions: [NONE; LANES], places: [[f32::INFINITY; LANES]; 5] };

/// Centres in the order of the columns of tiles in which they lie.
#[derive(Default)]
pub(super) struct Ordered {
    groups: Vec<Group>,
    /// Where those of each column begin.
    starts: Vec<usize>,
    /// The distances of those beside a tile from its middle; infinite if they do not reach it.
    distances: Vec<[f32; LANES]>,
}

impl Ordered {
    /// Takes over the centres of some regions.
    pub fn order(&mut self, near: &[u32], centres: &[Centre], columns: usize) {
        let column = |region: u32| (centres[region as usize][3] as usize / LANES).min(columns - 1);
        self.starts.clear();
        self.starts.resize(columns + 2, 0);
        near.iter().for_each(|region| self.starts[column(*region) + 2] += 1);
        (2..columns + 2).for_each(|i| self.starts[i] += self.starts[i - 1]);
        self.groups.clear();
        self.groups.resize(near.len().div_ceil(LANES), NOWHERE);
        for region in near {
            let at = &mut self.starts[column(*region) + 1];
            let (group, lane) = (&mut self.groups[*at / LANES], *at % LANES);
            group.regions[lane] = *region;
            (0..5).for_each(|c| group.places[c][lane] = centres[*region as usize][c]);
            *at += 1;
        }
    }

    /// Finds the centres within `reach` along x and y that may be the nearest of some pixel of a tile: those which the centre
    /// nearest to the middle does not beat everywhere. How much it is better, in squared distances, is linear in the pixel, so
    /// that where it is worst follows from the spread. `scale` is of positions.
    #[inline(always)]
    pub fn gather(&mut self, tile: &Tile, column: usize, reach: f32, scale: f32, nearest: &mut Vec<Near>) {
        // How many columns of tiles beside its own a centre may reach.
        let beside = reach as usize / LANES + 1;
        let last = self.starts.len() - 2;
        let [first, end] = [column.saturating_sub(beside), (column + beside + 1).min(last)].map(|at| self.starts[at]);
        let groups = &self.groups[first / LANES..end.div_ceil(LANES)];
        let [reach_x, reach_y] = [LANES, ROWS].map(|side| reach + (side - 1) as f32 / 2.0);
        self.distances.clear();
        let mut least = [f32::INFINITY; LANES];
        for group in groups {
            let mut distances = [f32::INFINITY; LANES];
            for lane in 0..LANES {
                let away = |c: usize| group.places[c][lane] - tile.middle[c];
                let [light, a, b, x, y] = [away(0), away(1), away(2), away(3), away(4)];
                let distance = light * light + a * a + b * b + (x * x + y * y) * scale * scale;
                let reaches = (x.abs() <= reach_x) & (y.abs() <= reach_y);
                distances[lane] = if reaches { distance } else { f32::INFINITY };
                least[lane] = if distances[lane] < least[lane] { distances[lane] } else { least[lane] };
            }
            self.distances.push(distances);
        }
        let least = least.into_iter().fold(f32::INFINITY, f32::min);
        nearest.clear();
        let found = groups.iter().zip(&self.distances).find_map(|(group, distances)| {
            let lane = distances.iter().position(|distance| *distance == least && least < f32::INFINITY)?;
            Some(group.place(lane))
        });
        let Some(best) = found else { return };
        for (group, distances) in groups.iter().zip(&self.distances) {
            let mut stays = [false; LANES];
            for lane in 0..LANES {
                let beaten: f32 = (0..5).map(|c| (group.places[c][lane] - best[c]).abs() * tile.spread[c]).sum();
                stays[lane] = distances[lane] - 2.0 * beaten - SLACK * distances[lane] <= least;
            }
            for lane in (0..LANES).filter(|lane| stays[*lane]) {
                let [light, a, b, x, y] = group.place(lane);
                let square = |at: usize, v: f32| ((at as i32 as f32 - v) * scale).powi(2);
                let across = std::array::from_fn(|lane| square(tile.left + lane, x));
                let down = std::array::from_fn(|row| square(tile.top + row, y));
                nearest.push(Near { region: group.regions[lane], colour: [light, a, b], across, down });
            }
        }
    }
}
