//! Pictures of facets, cells and tiles by the parameters of all pictures of regions.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::Painting;
use scumble_paint::painters::HexColour;
use scumble_paint::painting::Point;

use super::lines;
use super::segmented::smoothed;
use crate::fill::colours::{Look, chosen};
use crate::params::{Kind, RegionsParams};
use crate::rules::Fill;
use crate::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};
use crate::tessellate::mosaic::{MosaicParams, mosaic};
use crate::tessellate::voronoi::{VoronoiParams, voronoi};
use crate::tessellate::{Facet, MOST_WORK, Tessellation, check_strokes};

/// Passes over the mesh after which little is gained, and those of a step.
const PASSES: u32 = 60;
const PASSES_A_STEP: u32 = 5;
/// The least angle of a triangle in degrees: thinner ones look like splinters.
const LEAST_ANGLE: f64 = 8.0;
/// The smallest and the largest tiles, in pixels at 512, and the smallest in pixels of the working copy.
const SMALLEST_TILE: f64 = 3.0;
const LARGEST_TILE: f64 = 200.0;
const LEAST_PIXELS: f64 = 3.01;

/// The fewest pixels of the work for each facet.
const PIXELS: f64 = 4.0;

/// A tessellation under way.
pub(crate) enum Tessellating {
    /// Triangles that can be moved on.
    Mesh(Box<LowPoly>),
    /// What is made at once.
    Whole(Tessellation),
}

impl Tessellating {
    /// Goes on; whether there is more to do.
    pub fn step(&mut self) -> bool {
        match self {
            Self::Mesh(mesh) => (0..PASSES_A_STEP).all(|_| mesh.step().is_some()),
            Self::Whole(_) => false,
        }
    }

    /// How much is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        match self {
            Self::Mesh(mesh) => f64::from(mesh.passes()) / f64::from(PASSES),
            Self::Whole(_) => 0.0,
        }
    }

    /// The painting of it. The lines between facets are grout of a mosaic, and lie along the sides of others.
    pub fn painting(&self, params: &RegionsParams, palette: &[HexColour]) -> Result<Painting> {
        let mut made = match self {
            Self::Mesh(mesh) => mesh.tessellation(),
            Self::Whole(whole) => whole.clone(),
        };
        let look = |facet: &Facet| Look { mean: facet.colour, median: facet.colour };
        let looks: Vec<Look> = made.facets.iter().map(look).collect();
        let areas: Vec<usize> = made.facets.iter().map(|facet| facet.area().round() as usize).collect();
        for (facet, (colour, own)) in made.facets.iter_mut().zip(chosen(&looks, &areas, params, palette)?) {
            (facet.colour, facet.slope) = (colour, facet.slope.filter(|_| own));
        }
        let mut painting = made.painting()?;
        lines::lay(&mut painting, &sides(&made), params);
        check_strokes(painting.strokes.len())?;
        Ok(painting)
    }
}

/// The tessellation of a picture.
pub(crate) fn tessellated(picture: &Canvas, params: &RegionsParams) -> Result<Tessellating> {
    let picture = &*smoothed(picture, params.colour_smoothing)?;
    let (work_px, seed) = (params.work_px.min(MOST_WORK), params.seed);
    // Small pictures have no room for as many.
    let longer = picture.width().max(picture.height()) as f64;
    let scale = (f64::from(work_px) / longer).min(1.0);
    let pixels = picture.width() as f64 * picture.height() as f64 * scale * scale;
    let count = params.count.min((pixels / PIXELS).max(1.0) as u32);
    Ok(match params.kind {
        Kind::Mosaic => {
            let (width, height) = (picture.width() as f64, picture.height() as f64);
            let unit = f64::from(picture.size_unit());
            let pixel = (width.max(height) / f64::from(work_px)).max(1.0) / unit;
            let tile = (width * height / f64::from(count)).sqrt() / unit;
            let tile = tile.max(SMALLEST_TILE).max(LEAST_PIXELS * pixel).min(LARGEST_TILE);
            let params = MosaicParams {
                tile,
                grout: (params.outline / tile).min(0.5),
                grout_colour: params.outline_colour,
                jitter: 2.0,
                shade: 0.04,
                contrast: 0.15,
                work_px,
                seed,
            };
            Tessellating::Whole(mosaic(picture, None, &params)?)
        }
        Kind::Voronoi => {
            let params = VoronoiParams { count, even: 0.3, rounds: 20, work_px, seed };
            Tessellating::Whole(voronoi(picture, &params)?)
        }
        _ => {
            let colour = if params.fill == Fill::Ramp { FacetColour::Linear } else { FacetColour::Flat };
            let least_angle = LEAST_ANGLE;
            let params = LowPolyParams { count, colour, passes: PASSES, least_angle, work_px, seed };
            Tessellating::Mesh(Box::new(LowPoly::new(picture, params)?))
        }
    })
}

/// The sides that two facets share, each once.
fn sides(tessellation: &Tessellation) -> Vec<Vec<Point>> {
    let mut sides = Vec::new();
    for (at, facet) in tessellation.facets.iter().enumerate() {
        let next = facet.points.iter().cycle().skip(1);
        for ((from, to), beyond) in facet.points.iter().zip(next).zip(&facet.beyond) {
            if beyond.is_some_and(|other| other as usize > at) {
                sides.push(vec![*from, *to]);
            }
        }
    }
    sides
}
