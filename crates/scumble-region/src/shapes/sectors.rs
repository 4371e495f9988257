//! How far outlines are from a centre, by direction.

use std::f64::consts::TAU;

use super::V2;

/// Directions, evenly spaced. Half as many waves round are told apart.
pub(super) const SECTORS: usize = 128;

/// The rays between sectors, the first along x.
#[derive(Debug, Clone)]
pub(super) struct Sectors {
    rays: [V2; SECTORS],
}

impl Sectors {
    pub fn new() -> Self {
        let ray = |at: usize| (TAU * at as f64 / SECTORS as f64).sin_cos();
        Self { rays: std::array::from_fn(|at| [ray(at).1, ray(at).0]) }
    }

    /// Whether a point is in a sector.
    fn holds(&self, sector: usize, point: V2) -> bool {
        cross(self.rays[sector], point) >= 0.0 && cross(self.rays[(sector + 1) % SECTORS], point) < 0.0
    }

    /// The radii of the circles whose sectors have the area that a ring, run through in the direction of positive area, has in each:
    /// steps of pixels and folds of the outline are averaged, by area.
    pub fn radii(&self, ring: &[V2], centre: V2) -> [f64; SECTORS] {
        let mut areas = [0.0; SECTORS];
        let local = |p: &V2| [p[0] - centre[0], p[1] - centre[1]];
        let Some(mut from) = ring.last().map(local) else { return areas };
        let mut sector = sector(from);
        for to in ring.iter().map(local) {
            let last = if self.holds(sector, to) { sector } else { self::sector(to) };
            let (mut ahead, mut ray) = ((last + SECTORS - sector) % SECTORS, 1);
            // The shorter way round; backwards, the ray that is crossed is the one at which the sector begins.
            let step = if ahead > SECTORS / 2 { SECTORS - 1 } else { 1 };
            if step != 1 {
                (ahead, ray) = (SECTORS - ahead, 0);
            }
            for _ in 0..ahead {
                let along = self.rays[(sector + ray) % SECTORS];
                let (before, after) = (cross(along, from), cross(along, to));
                let share = before / (before - after);
                // Rounding may put a point on a ray to either side.
                let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
                let on = [0, 1].map(|k| from[k] + share * (to[k] - from[k]));
                areas[sector] += cross(from, on) / 2.0;
                (from, sector) = (on, (sector + step) % SECTORS);
            }
            areas[sector] += cross(from, to) / 2.0;
            from = to;
        }
        areas.map(|area| (2.0 * area.max(0.0) * SECTORS as f64 / TAU).sqrt())
    }
}

/// The sector that a point is in.
fn sector([x, y]: V2) -> usize {
    let turn = y.atan2(x) / TAU;
    ((turn - turn.floor()) * SECTORS as f64) as usize % SECTORS
}

fn cross(a: V2, b: V2) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}
