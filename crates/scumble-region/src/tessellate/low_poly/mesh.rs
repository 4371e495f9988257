//! Triangles that know their neighbours and their difference to the picture.

use std::collections::HashMap;
use std::sync::Arc;

use scumble_core::{Error, Result};
use spade::{DelaunayTriangulation, Point2, Triangulation};

use super::model::{Model, Place};

/// No triangle.
pub(super) const NONE: u32 = u32::MAX;

/// Three corners, turning from the x axis towards the y axis.
#[derive(Debug, Clone)]
pub(super) struct Triangle<S> {
    pub corners: [u32; 3],
    /// The triangle beyond the side opposite to each corner; [`NONE`] at the border.
    pub beyond: [u32; 3],
    /// The sums along those sides, from the next corner to the one after it.
    pub sides: [S; 3],
    pub sse: f64,
}

/// The triangles around a vertex in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Star {
    /// Triangles, and which of their corners is the vertex.
    pub spokes: Vec<(u32, usize)>,
    /// The vertices around: one more than triangles if the vertex lies on the border.
    pub ring: Vec<u32>,
}

/// A triangulation of a picture.
pub(super) struct Mesh<M: Model> {
    pub model: Arc<M>,
    /// The far corner of the frame.
    pub size: Place,
    pub points: Vec<Place>,
    /// A triangle at each vertex; [`NONE`] for vertices that were taken out.
    pub first: Vec<u32>,
    /// Triangles; those taken out have corners [`NONE`].
    pub triangles: Vec<Triangle<M::Sums>>,
    pub free_points: Vec<u32>,
    pub free_triangles: Vec<u32>,
}

impl<M: Model> Clone for Mesh<M> {
    fn clone(&self) -> Self {
        Self {
            model: self.model.clone(),
            size: self.size,
            points: self.points.clone(),
            first: self.first.clone(),
            triangles: self.triangles.clone(),
            free_points: self.free_points.clone(),
            free_triangles: self.free_triangles.clone(),
        }
    }
}

impl<M: Model> Mesh<M> {
    /// The Delaunay triangulation of distinct points, among them the frame's corners.
    pub fn new(model: Arc<M>, size: Place, points: Vec<Place>) -> Result<Self> {
        let corners = delaunay(&points)?;
        let mut mesh = Self {
            model,
            size,
            first: vec![NONE; points.len()],
            points,
            triangles: Vec::with_capacity(corners.len()),
            free_points: Vec::new(),
            free_triangles: Vec::new(),
        };
        let mut sides: HashMap<[u32; 2], (u32, usize)> = HashMap::with_capacity(3 * corners.len());
        for corners in corners {
            let at = mesh.triangles.len() as u32;
            let mut triangle = Triangle { corners, beyond: [NONE; 3], sides: [M::Sums::default(); 3], sse: 0.0 };
            for i in 0..3 {
                let [p, q] = [corners[(i + 1) % 3], corners[(i + 2) % 3]];
                mesh.first[corners[i] as usize] = at;
                // A side summed for the triangle on its other side is this one's turned round.
                if let Some((other, j)) = sides.get(&[q, p]).copied() {
                    triangle.beyond[i] = other;
                    let other = &mut mesh.triangles[other as usize];
                    other.beyond[j] = at;
                    triangle.sides[i] = -other.sides[j];
                } else {
                    triangle.sides[i] = mesh.side(p, q);
                    sides.insert([p, q], (at, i));
                }
            }
            triangle.sse = M::sse(&triangle.sums());
            mesh.triangles.push(triangle);
        }
        Ok(mesh)
    }

    /// The sums along the line from one vertex to another.
    pub fn side(&self, p: u32, q: u32) -> M::Sums {
        self.model.side(self.points[p as usize], self.points[q as usize])
    }

    /// The sum of squared differences over all triangles, in squared levels.
    pub fn sse(&self) -> f64 {
        self.alive().map(|at| self.triangles[at as usize].sse).sum()
    }

    /// The triangles there are.
    pub fn alive(&self) -> impl Iterator<Item = u32> + '_ {
        let there = self.triangles.iter().enumerate().filter(|(_, triangle)| triangle.corners[0] != NONE);
        there.map(|(at, _)| at as u32)
    }

    /// The vertices there are.
    pub fn vertices(&self) -> impl Iterator<Item = u32> + '_ {
        self.first.iter().enumerate().filter(|(_, first)| **first != NONE).map(|(at, _)| at as u32)
    }

    /// How many vertices there are.
    pub fn count(&self) -> usize {
        self.points.len() - self.free_points.len()
    }

    /// The places of a triangle's corners.
    pub fn places(&self, at: u32) -> [Place; 3] {
        self.triangles[at as usize].corners.map(|corner| self.points[corner as usize])
    }

    /// Along which axes a vertex may move: not across the border.
    pub fn free(&self, vertex: u32) -> [bool; 2] {
        let place = self.points[vertex as usize];
        [0, 1].map(|k| place[k] != 0 && place[k] != self.size[k])
    }

    /// Fills in the triangles around a vertex.
    pub fn star(&self, vertex: u32, star: &mut Star) {
        star.spokes.clear();
        star.ring.clear();
        let start = self.first[vertex as usize];
        let corner = |at: u32| {
            let corners = &self.triangles[at as usize].corners;
            if corners[0] == vertex { 0 } else { 1 + usize::from(corners[2] == vertex) }
        };
        // Back to where a star on the border begins; around others, to where we are.
        let mut at = start;
        loop {
            let back = self.triangles[at as usize].beyond[(corner(at) + 2) % 3];
            if back == NONE || back == start {
                break;
            }
            at = back;
        }
        let begin = at;
        loop {
            let i = corner(at);
            let triangle = &self.triangles[at as usize];
            star.spokes.push((at, i));
            star.ring.push(triangle.corners[(i + 1) % 3]);
            let next = triangle.beyond[(i + 1) % 3];
            if next == NONE {
                star.ring.push(triangle.corners[(i + 2) % 3]);
                break;
            }
            if next == begin {
                break;
            }
            at = next;
        }
    }

    /// Tells a neighbour that triangle `new` lies where `old` was.
    pub fn relink(&mut self, neighbour: u32, old: u32, new: u32) {
        if let Some(triangle) = self.triangles.get_mut(neighbour as usize) {
            triangle.beyond.iter_mut().filter(|beyond| **beyond == old).for_each(|beyond| *beyond = new);
        }
    }

    /// Replaces a triangle.
    pub fn set(&mut self, at: u32, corners: [u32; 3], beyond: [u32; 3], sides: [M::Sums; 3]) {
        let mut triangle = Triangle { corners, beyond, sides, sse: 0.0 };
        triangle.sse = M::sse(&triangle.sums());
        corners.iter().for_each(|corner| self.first[*corner as usize] = at);
        self.triangles[at as usize] = triangle;
    }

    /// Room for another triangle.
    pub fn new_triangle(&mut self) -> u32 {
        self.free_triangles.pop().unwrap_or_else(|| {
            let empty = Triangle { corners: [NONE; 3], beyond: [NONE; 3], sides: [M::Sums::default(); 3], sse: 0.0 };
            self.triangles.push(empty);
            self.triangles.len() as u32 - 1
        })
    }

    /// Another vertex, without triangles yet.
    pub fn new_point(&mut self, place: Place) -> u32 {
        if let Some(at) = self.free_points.pop() {
            self.points[at as usize] = place;
            return at;
        }
        self.points.push(place);
        self.first.push(NONE);
        self.points.len() as u32 - 1
    }
}

impl<S: Copy + std::ops::Add<Output = S>> Triangle<S> {
    /// The sums over the triangle's pixels.
    pub fn sums(&self) -> S {
        self.sides[0] + self.sides[1] + self.sides[2]
    }
}

/// The triangles of the Delaunay triangulation of distinct points.
fn delaunay(points: &[Place]) -> Result<Vec<[u32; 3]>> {
    let places = points.iter().map(|[x, y]| Point2::new(f64::from(*x), f64::from(*y))).collect();
    let mesh = DelaunayTriangulation::<Point2<f64>>::bulk_load_stable(places)
        .map_err(|e| Error::input(format!("the points cannot be triangulated: {e}")))?;
    let triangles = mesh.inner_faces().map(|face| {
        let [a, b, c] = face.vertices().map(|vertex| vertex.index() as u32);
        let [p, q, r] = [a, b, c].map(|at| points[at as usize]);
        if cross(p, q, r) < 0 { [a, c, b] } else { [a, b, c] }
    });
    Ok(triangles.collect())
}

/// Twice the area of a triangle, positive if it turns from x towards y.
pub(super) fn cross(a: Place, b: Place, c: Place) -> i64 {
    let [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], c[0] - a[0], c[1] - a[1]].map(i64::from);
    ux * vy - uy * vx
}

/// The squared sine of a triangle's least angle; -1 if it has no area or turns the wrong way.
pub(super) fn shape(a: Place, b: Place, c: Place) -> f64 {
    let area = cross(a, b, c);
    if area <= 0 {
        return -1.0;
    }
    let square = |p: Place, q: Place| {
        let [x, y] = [p[0] - q[0], p[1] - q[1]].map(i64::from);
        (x * x + y * y) as f64
    };
    let [ab, bc, ca] = [square(a, b), square(b, c), square(c, a)];
    let least = ab.min(bc).min(ca);
    // The least angle lies between the two longer sides.
    (area as f64).powi(2) * least / (ab * bc * ca)
}
