//! Voronoi mosaics: cells of points spread by where the picture is busy.

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use scumble_paint::painting::Colour;
use scumble_paint::raster::{Scan, Span};
use serde::{Deserialize, Serialize};
use spade::{DelaunayTriangulation, Point2, Triangulation};

use super::limits;
use super::polygon::Polygon;
use super::spread::spread;
use super::working::Working;
use super::{Facet, Tessellation};

/// Everything that defines a Voronoi mosaic, apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoronoiParams {
    /// Number of cells.
    #[schemars(range(min = 1, max = 40_000))]
    pub count: u32,
    /// The share of the cells that is spread evenly; the rest follows the picture's gradients.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub even: f64,
    /// Rounds of Lloyd's algorithm, which makes cells rounder.
    #[schemars(range(min = 0, max = 200))]
    pub rounds: u32,
    /// Longer side in pixels of the copy on which cells are made. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
}

impl VoronoiParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        limits::check_count(self.count)?;
        limits::check_work(self.work_px)?;
        within("even", self.even, 0.0, 1.0)?;
        within("rounds", self.rounds, 0, 200)
    }
}

/// The Voronoi cells of points drawn by the picture's density and evened out by weighted Lloyd rounds (Secord 2002), in the
/// mean colours of their pixels. Points that fall together share a cell.
///
/// # Errors
/// As [`VoronoiParams::validate`]; `Fault::Parameter` if there are more cells than pixels.
pub fn voronoi(picture: &Canvas, params: &VoronoiParams) -> Result<Tessellation> {
    params.validate()?;
    let working = Working::new(picture, params.work_px)?;
    limits::check_room(params.count, working.size())?;
    let mut sites = spread(&working, params.count as usize, params.even, params.rounds, params.seed)?;
    sites.sort_by(|a, b| a[1].total_cmp(&b[1]).then(a[0].total_cmp(&b[0])));
    sites.dedup();
    let cells = cells(&sites, working.size().map(|side| side as f64))?;
    let facets = cells.par_iter().zip(&sites).map(|(cell, site)| Facet {
        points: cell.0.iter().map(|corner| working.place(corner.at)).collect(),
        beyond: cell.0.iter().map(|corner| corner.beyond).collect(),
        colour: mean_colour(&working, cell, *site),
        slope: None,
    });
    Ok(Tessellation {
        width: working.frame[0],
        height: working.frame[1],
        background: working.ground,
        seed: params.seed,
        facets: facets.collect(),
    })
}

/// The cells of distinct points within a frame: each is the frame cut halfway to the point's neighbours in the Delaunay
/// triangulation, which are those it shares a side with.
fn cells(sites: &[[f64; 2]], size: [f64; 2]) -> Result<Vec<Polygon>> {
    let places = sites.iter().map(|[x, y]| Point2::new(*x, *y)).collect();
    let mesh = DelaunayTriangulation::<Point2<f64>>::bulk_load_stable(places)
        .map_err(|e| Error::input(format!("the points cannot be triangulated: {e}")))?;
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); sites.len()];
    for edge in mesh.undirected_edges() {
        let [a, b] = edge.vertices().map(|vertex| vertex.index());
        near[a].push(b as u32);
        near[b].push(a as u32);
    }
    let cell = |(site, near): (&[f64; 2], &mut Vec<u32>)| {
        near.sort_unstable();
        let mut cell = Polygon::frame(size);
        for other in near.iter() {
            let there = sites[*other as usize];
            let normal = [there[0] - site[0], there[1] - site[1]];
            let limit = (there[0] * there[0] + there[1] * there[1] - site[0] * site[0] - site[1] * site[1]) / 2.0;
            cell.cut(normal, limit, Some(*other));
        }
        cell
    };
    Ok(sites.par_iter().zip(near.par_iter_mut()).map(cell).collect())
}

/// The mean of the pixels whose centre lies in a cell; that of its point if there is none.
pub(super) fn mean_colour(working: &Working, cell: &Polygon, site: [f64; 2]) -> Colour {
    let mut scan = Scan::new(working.width, 0..working.height, 1, [1.0; 2]);
    let mut spans: Vec<Span> = Vec::new();
    let points = cell.points();
    if points.len() > 2 {
        scan.polygon(&points);
        scan.spans(&mut spans);
    }
    let (mut sums, mut count) = ([0u64; 3], 0u64);
    for span in &spans {
        let row = span.y as usize * working.width;
        for pixel in &working.pixels[row + span.start as usize..row + span.end as usize] {
            sums.iter_mut().zip(pixel).for_each(|(sum, level)| *sum += u64::from(*level));
            count += 1;
        }
    }
    if count == 0 {
        return working.colour(site);
    }
    sums.map(|sum| (sum as f64 / count as f64 / 255.0) as f32)
}
