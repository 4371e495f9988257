//! Changes of a mesh's vertices: put in where the difference is largest, taken out where that costs least.

use scumble_paint::dice::Dice;

use super::mesh::{Mesh, NONE, Star, shape};
use super::model::{Model, Place};
use super::moves::Room;

/// Places tried for a new vertex.
const CANDIDATES: usize = 12;
/// Triangles looked at for each new vertex.
const LOOKED_AT: usize = 3;
/// Rounds in which new vertices settle.
const SETTLING: usize = 3;

/// A vertex that may be put into a triangle, on a side of the border if one is named.
struct Split {
    at: u32,
    border: Option<usize>,
    place: Place,
    /// What the difference falls by.
    gain: f64,
}

impl<M: Model> Mesh<M> {
    /// Takes vertices out and puts as many in elsewhere; says whether it could.
    pub fn relocate(&mut self, count: usize, dice: &mut Dice, least: f64) -> bool {
        let new = self.add_points(count, dice, least);
        let mut left = new.len();
        let mut kept = vec![false; self.points.len()];
        new.iter().for_each(|vertex| kept[*vertex as usize] = true);
        while left > 0 {
            let taken = self.take_points(left, &kept, least);
            if taken == 0 {
                return false;
            }
            left -= taken;
        }
        !new.is_empty()
    }

    /// Puts vertices where they help most, at most `count`, one a triangle, and lets them settle. Only triangles with much
    /// difference are looked at.
    pub fn add_points(&mut self, count: usize, dice: &mut Dice, least: f64) -> Vec<u32> {
        let mut order: Vec<u32> = self.alive().collect();
        let sse = |at: &u32| self.triangles[*at as usize].sse;
        order.sort_by(|a, b| sse(b).total_cmp(&sse(a)));
        let splits = order.into_iter().filter_map(|at| self.best_split(at, dice, least));
        let mut splits: Vec<Split> = splits.take(LOOKED_AT * count).collect();
        splits.sort_by(|a, b| b.gain.total_cmp(&a.gain));
        splits.truncate(count);
        let new: Vec<u32> = splits.iter().map(|split| self.split(split)).collect();
        let mut room = Room::default();
        for _ in 0..SETTLING {
            for vertex in &new {
                self.nudge(*vertex, dice, least, &mut room);
                self.flip_around(*vertex, least, &mut room.star);
            }
        }
        new
    }

    /// The best of a few places for a vertex in a triangle; none if it has no room.
    fn best_split(&self, at: u32, dice: &mut Dice, least: f64) -> Option<Split> {
        let places = self.places(at);
        let [a, b, c] = places;
        // An angle halved has a quarter of the squared sine, about.
        let least = least.min(shape(a, b, c) / 4.0);
        let mix = |u: f64, v: f64| {
            [0, 1].map(|k| {
                let [a, b, c] = places.map(|p| f64::from(p[k]));
                (a + u * (b - a) + v * (c - a)).round() as i32
            })
        };
        let border = (0..3).find(|i| self.triangles[at as usize].beyond[*i] == NONE);
        let mut best: Option<Split> = None;
        for k in 0..CANDIDATES {
            let (u, v) = (dice.unit_f64(), dice.unit_f64());
            // On the border every third one; the first in the middle, others anywhere within.
            let border = border.filter(|_| k % 3 == 2);
            let place = match (border, k) {
                (Some(0), _) => mix(u, 1.0 - u),
                (Some(1), _) => mix(0.0, u),
                (Some(_), _) => mix(u, 0.0),
                (None, 0) => mix(1.0 / 3.0, 1.0 / 3.0),
                (None, _) if u + v > 1.0 => mix(1.0 - u, 1.0 - v),
                (None, _) => mix(u, v),
            };
            if let Some(gain) = self.gain(at, border, place, least)
                && best.as_ref().is_none_or(|best| gain > best.gain)
            {
                best = Some(Split { at, border, place, gain });
            }
        }
        best
    }

    /// What a triangle's difference falls by once it is split, on side `border` or within.
    fn gain(&self, at: u32, border: Option<usize>, place: Place, least: f64) -> Option<f64> {
        let triangle = &self.triangles[at as usize];
        let places = self.places(at);
        let mut gain = triangle.sse;
        for i in (0..3).filter(|i| Some(*i) != border) {
            let [p, q] = [places[(i + 1) % 3], places[(i + 2) % 3]];
            let shape = shape(place, p, q);
            if shape <= 0.0 || shape < least {
                return None;
            }
            gain -= M::sse(&(triangle.sides[i] + self.model.side(q, place) + self.model.side(place, p)));
        }
        Some(gain)
    }

    /// Splits a triangle at a new vertex.
    fn split(&mut self, split: &Split) -> u32 {
        let vertex = self.new_point(split.place);
        match split.border {
            Some(i) => self.split_border(split.at, i, vertex),
            None => self.split_triangle(split.at, vertex),
        }
        vertex
    }

    fn split_triangle(&mut self, at: u32, v: u32) {
        let t = self.triangles[at as usize].clone();
        let [a, b, c] = t.corners;
        let [va, vb, vc] = t.corners.map(|corner| self.side(v, corner));
        let (second, third) = (self.new_triangle(), self.new_triangle());
        self.set(at, [v, b, c], [t.beyond[0], second, third], [t.sides[0], -vc, vb]);
        self.set(second, [v, c, a], [t.beyond[1], third, at], [t.sides[1], -va, vc]);
        self.set(third, [v, a, b], [t.beyond[2], at, second], [t.sides[2], -vb, va]);
        self.relink(t.beyond[1], at, second);
        self.relink(t.beyond[2], at, third);
    }

    /// Splits a triangle from corner `i` to a vertex on the side opposite to it.
    fn split_border(&mut self, at: u32, i: usize, v: u32) {
        let t = self.triangles[at as usize].clone();
        let [a, b, c] = [0, 1, 2].map(|k| t.corners[(i + k) % 3]);
        let (ca, ab) = ((i + 1) % 3, (i + 2) % 3);
        let [va, vb, vc] = [a, b, c].map(|corner| self.side(v, corner));
        let second = self.new_triangle();
        self.set(at, [a, b, v], [NONE, second, t.beyond[ab]], [-vb, va, t.sides[ab]]);
        self.set(second, [a, v, c], [NONE, t.beyond[ca], at], [vc, t.sides[ca], -va]);
        self.relink(t.beyond[ca], at, second);
    }

    /// Flips the sides around a vertex that gain by it.
    fn flip_around(&mut self, vertex: u32, least: f64, star: &mut Star) {
        self.star(vertex, star);
        for (at, _) in &star.spokes {
            for i in 0..3 {
                self.flip_if_better(*at, i, least);
            }
        }
    }

    /// Takes out vertices whose loss costs least, at most `count` and none of those kept, none beside another; says how many.
    fn take_points(&mut self, count: usize, kept: &[bool], least: f64) -> usize {
        let mut star = Star::default();
        let mut order = Vec::new();
        for vertex in self.vertices() {
            if !kept.get(vertex as usize).copied().unwrap_or(false)
                && let Some((cost, into)) = self.cheapest(vertex, least, &mut star)
            {
                order.push((cost, vertex, into));
            }
        }
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut touched = vec![false; self.points.len()];
        let mut taken = Vec::new();
        for (_, vertex, into) in order {
            self.star(vertex, &mut star);
            if touched[vertex as usize] || star.ring.iter().any(|other| touched[*other as usize]) {
                continue;
            }
            star.ring.iter().for_each(|other| touched[*other as usize] = true);
            self.collapse(vertex, into, &star);
            taken.push(into);
            if taken.len() == count {
                break;
            }
        }
        for vertex in &taken {
            self.flip_around(*vertex, least, &mut star);
        }
        taken.len()
    }

    /// What the cheapest way to take out a vertex costs: to draw it into a neighbour, named second. None if it is a corner of the
    /// frame or no neighbour sees all of the others.
    fn cheapest(&self, vertex: u32, least: f64, star: &mut Star) -> Option<(f64, u32)> {
        let free = self.free(vertex);
        if free == [false; 2] {
            return None;
        }
        self.star(vertex, star);
        let triangles = star.spokes.iter().map(|(at, _)| *at);
        let before: f64 = triangles.clone().map(|at| self.triangles[at as usize].sse).sum();
        let shapes = triangles.map(|at| self.places(at)).map(|[a, b, c]| shape(a, b, c));
        let least = least.min(shapes.fold(f64::INFINITY, f64::min));
        let open = star.ring.len() > star.spokes.len();
        let ends = [star.ring.first().copied(), star.ring.last().copied()];
        let mut best: Option<(f64, u32)> = None;
        // On the border, along the border only.
        for into in star.ring.iter().copied().filter(|into| !open || ends.contains(&Some(*into))) {
            let bound = best.map_or(f64::INFINITY, |best| best.0);
            if let Some(after) = self.collapsed(into, star, least, bound + before) {
                best = Some((after - before, into));
            }
        }
        best
    }

    /// The difference of a star's triangles once its vertex is drawn into `into`; none if that is not below `bound`.
    fn collapsed(&self, into: u32, star: &Star, least: f64, bound: f64) -> Option<f64> {
        let place = |vertex: u32| self.points[vertex as usize];
        let mut sse = 0.0;
        for (k, (at, corner)) in star.spokes.iter().enumerate() {
            let (p, q) = (star.ring[k], star.ring[(k + 1) % star.ring.len()]);
            if p == into || q == into {
                continue;
            }
            let shape = shape(place(into), place(p), place(q));
            if shape <= 0.0 || shape < least {
                return None;
            }
            let outer = self.triangles[*at as usize].sides[*corner];
            sse += M::sse(&(outer + self.side(into, p) + self.side(q, into)));
            if sse >= bound {
                return None;
            }
        }
        Some(sse)
    }

    /// Draws a vertex into a neighbour.
    fn collapse(&mut self, vertex: u32, into: u32, star: &Star) {
        for (at, corner) in star.spokes.iter().copied() {
            let t = self.triangles[at as usize].clone();
            let (next, last) = ((corner + 1) % 3, (corner + 2) % 3);
            let (p, q) = (t.corners[next], t.corners[last]);
            if p == into || q == into {
                // Beyond the side from `into` to the third corner, and beyond that from the vertex to it.
                let inner = if p == into { next } else { last };
                let (outside, inside) = (t.beyond[corner], t.beyond[inner]);
                self.relink(outside, at, inside);
                self.relink(inside, at, outside);
                let third = if p == into { q } else { p };
                for kept in [into, third] {
                    let there = if outside == NONE { inside } else { outside };
                    self.first[kept as usize] = there;
                }
                self.triangles[at as usize].corners = [NONE; 3];
                self.free_triangles.push(at);
            }
        }
        for (at, corner) in star.spokes.iter().copied() {
            let t = self.triangles[at as usize].clone();
            if t.corners[0] == NONE {
                continue;
            }
            let (p, q) = (t.corners[(corner + 1) % 3], t.corners[(corner + 2) % 3]);
            let sides = [t.sides[corner], self.side(q, into), self.side(into, p)];
            let beyond = [t.beyond[corner], t.beyond[(corner + 1) % 3], t.beyond[(corner + 2) % 3]];
            self.set(at, [into, p, q], beyond, sides);
        }
        self.first[vertex as usize] = NONE;
        self.free_points.push(vertex);
    }
}
