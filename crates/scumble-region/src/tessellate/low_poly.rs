//! Low-poly pictures: a triangulation whose vertices are moved, and moved elsewhere, until its colours come near the picture.
//!
//! Vertices start where the picture is busy, joined by their Delaunay triangulation. Then passes of local changes follow, each
//! judged by the difference of the triangles it touches, which is exact: the difference to the picture never rises. Two
//! ways are tried side by side in each pass, with and without vertices put elsewhere, and the better is kept.

mod mesh;
mod model;
mod moves;
mod params;
mod relocate;
mod start;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_paint::dice::Dice;
use scumble_paint::painting::Point;

use self::mesh::Mesh;
use self::model::{Fit, Flat, Linear, Model, STEPS};
use super::working::Working;
use super::{Facet, Tessellation};

pub use params::{FacetColour, LowPolyParams};

/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x706f_6c79;
/// The share of the vertices put elsewhere in a pass: at first and at most, and by how much it changes when that was better or
/// was not.
const FIRST_SHARE: f64 = 0.1;
const MORE: f64 = 1.25;
const LESS: f64 = 0.7;

/// Where a low-poly picture stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PolyReport {
    /// Passes done.
    pub pass: u32,
    /// Vertices, the frame's corners among them.
    pub points: usize,
    /// Triangles.
    pub triangles: usize,
    /// Mean of the squared differences to the working copy over pixels and channels, for values from 0 to 1.
    pub mse: f64,
}

/// A low-poly picture in the making.
pub struct LowPoly {
    params: LowPolyParams,
    working: Working,
    mesh: AnyMesh,
    pass: u32,
    share: f64,
}

/// A mesh by the kind of its colours.
enum AnyMesh {
    Flat(Mesh<Flat>),
    Linear(Mesh<Linear>),
}

/// The same for either kind.
macro_rules! with_mesh {
    ($mesh:expr, $name:ident => $value:expr) => {
        match $mesh {
            AnyMesh::Flat($name) => $value,
            AnyMesh::Linear($name) => $value,
        }
    };
}

impl LowPoly {
    /// The Delaunay triangulation of points where the picture is busy.
    ///
    /// Tiny pictures may have room for fewer than [`LowPolyParams::count`] points.
    ///
    /// # Errors
    /// As [`LowPolyParams::validate`]; `Fault::Parameter` if there are more points than pixels.
    pub fn new(picture: &Canvas, params: LowPolyParams) -> Result<Self> {
        params.validate()?;
        let working = Working::new(picture, params.work_px)?;
        super::limits::check_room(params.count, working.size())?;
        let points = start::points(&working, &params)?;
        let mut poly = Self::from_places(working, params, points)?;
        let (seed, wanted, least) = (poly.params.seed, poly.params.count as usize + 4, poly.params.least_shape());
        // Points that fell together are made up for.
        let mut dice = Dice::new(seed, STAGE, 0);
        with_mesh!(&mut poly.mesh, mesh => {
            while mesh.count() < wanted {
                if mesh.add_points(wanted - mesh.count(), &mut dice, least).is_empty() {
                    break;
                }
            }
        });
        Ok(poly)
    }

    /// The Delaunay triangulation of given points in the picture, and of its corners; `count` is not looked at. Points are
    /// rounded to sixteenths of a pixel of the working copy; those that fall together become one.
    ///
    /// # Errors
    /// As [`LowPolyParams::validate`]; `Fault::Input` if a point lies outside of the picture.
    pub fn with_points(picture: &Canvas, points: &[Point], params: LowPolyParams) -> Result<Self> {
        params.validate()?;
        let working = Working::new(picture, params.work_px)?;
        let [width, height] = working.frame;
        if let Some([x, y]) = points.iter().find(|[x, y]| !((0.0..=width).contains(x) && (0.0..=height).contains(y))) {
            return Err(Error::input(format!("the point ({x}, {y}) lies outside of the picture of {width}×{height}")));
        }
        let scale = [working.width as f64 / f64::from(width), working.height as f64 / f64::from(height)];
        let places = points.iter().map(|point| [0, 1].map(|k| f64::from(point[k]) * scale[k]));
        let places = start::places(&working, places);
        Self::from_places(working, params, places)
    }

    fn from_places(working: Working, params: LowPolyParams, places: Vec<model::Place>) -> Result<Self> {
        let size = working.size().map(|side| side as i32 * STEPS);
        let mesh = match params.colour {
            FacetColour::Flat => AnyMesh::Flat(Mesh::new(Arc::new(Flat::new(&working)), size, places)?),
            FacetColour::Linear => AnyMesh::Linear(Mesh::new(Arc::new(Linear::new(&working)), size, places)?),
        };
        Ok(Self { params, working, mesh, pass: 0, share: FIRST_SHARE })
    }

    /// Passes done.
    pub fn passes(&self) -> u32 {
        self.pass
    }

    /// One pass over all vertices; none once all passes are done or nothing is left to gain.
    pub fn step(&mut self) -> Option<PolyReport> {
        let sse = with_mesh!(&self.mesh, mesh => mesh.sse());
        if self.pass >= self.params.passes || sse <= 0.0 {
            return None;
        }
        let pass = u64::from(self.pass);
        let dice = |way: u64| Dice::new(self.params.seed, STAGE, 1 + 2 * pass + way);
        let least = self.params.least_shape();
        let share = self.share;
        let better = with_mesh!(&mut self.mesh, mesh => pass_over(mesh, [dice(0), dice(1)], share, least));
        self.share = if better { (self.share * MORE).min(FIRST_SHARE) } else { self.share * LESS };
        self.pass += 1;
        Some(self.report())
    }

    /// Where it stands.
    pub fn report(&self) -> PolyReport {
        let (points, triangles, sse) = with_mesh!(&self.mesh, m => (m.count(), m.alive().count(), m.sse()));
        let values = (3 * self.working.width * self.working.height) as f64 * 255.0 * 255.0;
        PolyReport { pass: self.pass, points, triangles, mse: sse / values }
    }

    /// The triangles with their colours, in coordinates of the source.
    pub fn tessellation(&self) -> Tessellation {
        Tessellation {
            width: self.working.frame[0],
            height: self.working.frame[1],
            background: self.working.ground,
            seed: self.params.seed,
            facets: with_mesh!(&self.mesh, mesh => facets(mesh, &self.working)),
        }
    }
}

/// One pass: the better of a sweep, and of a sweep after a share of the vertices was put elsewhere. Says whether the latter
/// was better.
fn pass_over<M: Model>(mesh: &mut Mesh<M>, [mut one, mut two]: [Dice; 2], share: f64, least: f64) -> bool {
    let count = ((mesh.count() as f64 * share) as usize).max(1);
    let mut other = mesh.clone();
    let ((), moved) = rayon::join(
        || mesh.sweep(&mut one, least),
        || {
            let moved = other.relocate(count, &mut two, least);
            if moved {
                other.sweep(&mut two, least);
            }
            moved
        },
    );
    let better = moved && other.sse() < mesh.sse();
    if better {
        *mesh = other;
    }
    better
}

/// A mesh's triangles as facets.
fn facets<M: Model>(mesh: &Mesh<M>, working: &Working) -> Vec<Facet> {
    let mut numbers = vec![None; mesh.triangles.len()];
    mesh.alive().enumerate().for_each(|(number, at)| numbers[at as usize] = Some(number as u32));
    let pixels = |place: model::Place| place.map(|v| f64::from(v) / f64::from(STEPS));
    let facet = |at: u32| {
        let triangle = &mesh.triangles[at as usize];
        let corners = mesh.places(at).map(pixels);
        let middle = [0, 1].map(|k| (corners[0][k] + corners[1][k] + corners[2][k]) / 3.0);
        let fit = M::fit(&triangle.sums()).unwrap_or_else(|| Fit {
            mean: working.colour(middle).map(|v| f64::from(v) * 255.0),
            centre: middle,
            slope: [[0.0; 2]; 3],
        });
        let scale = [0, 1].map(|k| working.size()[k] as f64 / f64::from(working.frame[k]));
        let from = [middle[0] - fit.centre[0], middle[1] - fit.centre[1]];
        let colour = |c: usize| {
            let moved = if M::SLOPES { fit.slope[c][0] * from[0] + fit.slope[c][1] * from[1] } else { 0.0 };
            ((fit.mean[c] + moved) / 255.0) as f32
        };
        let beyond = |i: usize| numbers.get(triangle.beyond[i] as usize).copied().flatten();
        Facet {
            points: corners.map(|corner| working.place(corner)).to_vec(),
            // The side from corner 0 to 1 is opposite to corner 2.
            beyond: [2, 0, 1].map(beyond).to_vec(),
            colour: [0, 1, 2].map(colour),
            slope: M::SLOPES.then(|| fit.slope.map(|row| [0, 1].map(|k| (row[k] * scale[k] / 255.0) as f32))),
        }
    };
    mesh.alive().map(facet).collect()
}
