//! Changes of a mesh, each judged by what it changes about the difference to the picture: moved vertices and flipped sides.

use scumble_paint::dice::Dice;

use super::mesh::{Mesh, NONE, Star, shape};
use super::model::{Model, Place};

/// Tries for each vertex in a sweep.
const TRIES: usize = 8;
/// Deviation of the widest tries, as a share of the mean length of the vertex's sides.
const WIDEST: f64 = 0.25;
/// The narrowest tries are this much narrower, down to a fraction of a pixel.
const NARROWEST: f64 = 0.08;
/// Rounds of flips after a sweep, if there is something to flip.
const ROUNDS: usize = 3;
/// A change of the difference that is more than rounding, in squared levels.
const GAIN: f64 = 1e-6;

/// Room for the sums along a vertex's sides.
pub(super) struct Room<S> {
    pub star: Star,
    spokes: Vec<S>,
}

impl<S> Default for Room<S> {
    fn default() -> Self {
        Self { star: Star::default(), spokes: Vec::new() }
    }
}

impl<M: Model> Mesh<M> {
    /// Tries to move each vertex, then to flip sides. The difference never rises. `least` is the squared sine of the least angle
    /// that changes may leave where there was none less.
    pub fn sweep(&mut self, dice: &mut Dice, least: f64) {
        let mut room = Room::default();
        for vertex in 0..self.points.len() as u32 {
            if self.first[vertex as usize] != NONE {
                self.nudge(vertex, dice, least, &mut room);
            }
        }
        for _ in 0..ROUNDS {
            let mut flips = 0;
            for at in 0..self.triangles.len() as u32 {
                flips += (0..3).filter(|i| self.flip_if_better(at, *i, least)).count();
            }
            if flips == 0 {
                break;
            }
        }
    }

    /// Tries a few places near a vertex's.
    pub fn nudge(&mut self, vertex: u32, dice: &mut Dice, least: f64, room: &mut Room<M::Sums>) {
        let free = self.free(vertex);
        if free == [false; 2] {
            return;
        }
        self.star(vertex, &mut room.star);
        let triangles = room.star.spokes.iter().map(|(at, _)| *at);
        let mut sse: f64 = triangles.clone().map(|at| self.triangles[at as usize].sse).sum();
        if sse <= GAIN {
            return;
        }
        let shapes = triangles.map(|at| self.places(at)).map(|[a, b, c]| shape(a, b, c));
        let mut worst = shapes.fold(f64::INFINITY, f64::min);
        let here = self.points[vertex as usize];
        let lengths = room.star.ring.iter().map(|other| {
            let [x, y] = self.points[*other as usize];
            f64::from(x - here[0]).hypot(f64::from(y - here[1]))
        });
        let widest = WIDEST * lengths.sum::<f64>() / room.star.ring.len() as f64;
        for _ in 0..TRIES {
            let deviation = (widest * NARROWEST.powf(dice.unit_f64())).max(1.0);
            let here = self.points[vertex as usize];
            let step = [0, 1].map(|k| if free[k] { (deviation * dice.normal_f64()).round() as i32 } else { 0 });
            let to = [here[0] + step[0], here[1] + step[1]];
            if step == [0; 2] || (0..2).any(|k| free[k] && (to[k] <= 0 || to[k] >= self.size[k])) {
                continue;
            }
            if let Some((new, shape)) = self.moved(to, sse - GAIN, least.min(worst), room) {
                self.commit(vertex, to, room);
                (sse, worst) = (new, shape);
            }
        }
    }

    /// The difference of a star's triangles with their vertex at `to`, and their least shape; none if that is not below
    /// `bound`, or a shape is below `least`. The sums along the sides are left in the room.
    fn moved(&self, to: Place, bound: f64, least: f64, room: &mut Room<M::Sums>) -> Option<(f64, f64)> {
        let Star { spokes, ring } = &room.star;
        let next = |k: usize| ring[(k + 1) % ring.len()];
        let place = |vertex: u32| self.points[vertex as usize];
        let mut worst = f64::INFINITY;
        for (k, vertex) in ring.iter().take(spokes.len()).enumerate() {
            worst = worst.min(shape(to, place(*vertex), place(next(k))));
            if worst <= 0.0 || worst < least {
                return None;
            }
        }
        room.spokes.clear();
        room.spokes.extend(ring.iter().map(|vertex| self.model.side(to, place(*vertex))));
        let mut sse = 0.0;
        for (k, (at, corner)) in spokes.iter().enumerate() {
            let outer = self.triangles[*at as usize].sides[*corner];
            sse += M::sse(&(outer + room.spokes[k] + -room.spokes[(k + 1) % ring.len()]));
            if sse >= bound {
                return None;
            }
        }
        Some((sse, worst))
    }

    /// Moves a vertex to where [`Mesh::moved`] has looked.
    fn commit(&mut self, vertex: u32, to: Place, room: &Room<M::Sums>) {
        self.points[vertex as usize] = to;
        let count = room.star.ring.len();
        for (k, (at, corner)) in room.star.spokes.iter().enumerate() {
            let triangle = &mut self.triangles[*at as usize];
            triangle.sides[(corner + 2) % 3] = room.spokes[k];
            triangle.sides[(corner + 1) % 3] = -room.spokes[(k + 1) % count];
            triangle.sse = M::sse(&triangle.sums());
        }
    }

    /// Flips the side of a triangle opposite to corner `i` if that lowers the difference, or leaves it and widens the
    /// least angle. Looks at sides from the triangle with the lower number.
    pub fn flip_if_better(&mut self, at: u32, i: usize, least: f64) -> bool {
        let t = &self.triangles[at as usize];
        let other = t.beyond[i];
        if t.corners[0] == NONE || other == NONE || other < at {
            return false;
        }
        let u = &self.triangles[other as usize];
        let [a, b, c] = [0, 1, 2].map(|k| t.corners[(i + k) % 3]);
        let Some(j) = u.beyond.iter().position(|beyond| *beyond == at) else { return false };
        let d = u.corners[j];
        let [pa, pb, pc, pd] = [a, b, c, d].map(|vertex| self.points[vertex as usize]);
        let before = shape(pa, pb, pc).min(shape(pd, pc, pb));
        let after = shape(pa, pb, pd).min(shape(pa, pd, pc));
        if after <= 0.0 || after < least.min(before) {
            return false;
        }
        let diagonal = self.model.side(pa, pd);
        // Of u, whose corners are d, c, b: from b to d, from d to c.
        let [bd, dc] = [u.sides[(j + 1) % 3], u.sides[(j + 2) % 3]];
        let [ca, ab] = [t.sides[(i + 1) % 3], t.sides[(i + 2) % 3]];
        let change = M::sse(&(ab + bd + -diagonal)) + M::sse(&(diagonal + dc + ca)) - t.sse - u.sse;
        if change > -GAIN && !(change <= 0.0 && after > before * 1.01) {
            return false;
        }
        let ([beyond_bd, beyond_dc], [beyond_ca, beyond_ab]) =
            ([u.beyond[(j + 1) % 3], u.beyond[(j + 2) % 3]], [t.beyond[(i + 1) % 3], t.beyond[(i + 2) % 3]]);
        self.set(at, [a, b, d], [beyond_bd, other, beyond_ab], [bd, -diagonal, ab]);
        self.set(other, [a, d, c], [beyond_dc, beyond_ca, at], [dc, ca, diagonal]);
        self.relink(beyond_bd, other, at);
        self.relink(beyond_ca, at, other);
        true
    }
}
