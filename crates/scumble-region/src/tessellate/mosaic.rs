//! Tile mosaics: nearly square tiles in rows along the picture's edges (opus vermiculatum).
//!
//! Rows follow the level lines of the distance to the nearest strong edge, or to the frame. Their tiles are evened out as
//! centroidal cells of a metric whose unit circle is a square turned along the rows (Hausner 2001), each growing no further than
//! an edge; crowded ones leave, large gaps get another. Then each tile is a square a little larger than its place, cut
//! where it would meet its neighbours or an edge, as one cuts tesserae to fit, and small ones fill what gaps are left: so grout is
//! even, and tiles do not overlap.

mod cut;
mod distance;
mod edges;
mod gaps;
mod grid;
mod level;
mod rows;
mod settle;

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::Canvas;
use scumble_paint::dice::Dice;
use scumble_paint::painters::HexColour;
use serde::{Deserialize, Serialize};

use self::cut::{Cutter, Tile};
use self::distance::Distance;
use self::level::{Levels, levelled};
use super::limits;
use super::voronoi::mean_colour;
use super::working::Working;
use super::{Facet, Tessellation};
use crate::Labels;

/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x6d6f_7361;
/// The least side of a tile in pixels of the working copy: smaller ones have no shape.
const LEAST_SIDE: f64 = 3.0;
/// Everything that defines a tile mosaic, apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MosaicParams {
    /// From one tile to the next, in pixels of a picture whose shorter side is 512.
    #[schemars(range(min = 3.0, max = 200.0))]
    pub tile: f64,
    /// Width of the grout between tiles as a share of that.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub grout: f64,
    /// Colour of the grout, as `#rrggbb`.
    pub grout_colour: HexColour,
    /// Deviation of the tiles' angles, in degrees.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub jitter: f64,
    /// Deviation of the tiles' lightness as a share of it.
    #[schemars(range(min = 0.0, max = 0.3))]
    pub shade: f64,
    /// Contrast of the edges along which rows run, as a share of the full range; tiles do not cross them.
    #[schemars(range(min = 0.01, max = 1.0))]
    pub contrast: f64,
    /// Longer side in pixels of the copy on which tiles are laid. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
}

impl MosaicParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("tile", self.tile, 3.0, 200.0)?;
        within("grout", self.grout, 0.0, 0.5)?;
        within("jitter", self.jitter, 0.0, 20.0)?;
        within("shade", self.shade, 0.0, 0.3)?;
        within("contrast", self.contrast, 0.01, 1.0)?;
        limits::check_work(self.work_px)
    }
}

/// A mosaic of a picture. Its edges are the borders of the given regions, or strong edges of the picture. The tiles are convex and
/// do not overlap; the background is the grout.
///
/// # Errors
/// As [`MosaicParams::validate`]; `Fault::Parameter` if tiles would be smaller than three pixels of the working copy, `Fault::Input` if
/// the regions are not of the picture's size.
pub fn mosaic(picture: &Canvas, regions: Option<&Labels>, params: &MosaicParams) -> Result<Tessellation> {
    params.validate()?;
    if let Some(regions) = regions.filter(|r| (r.width(), r.height()) != (picture.width(), picture.height())) {
        let (width, height) = (regions.width(), regions.height());
        return Err(Error::input(format!(
            "the regions have {width}×{height} pixels, the picture {}×{}",
            picture.width(),
            picture.height()
        )));
    }
    let working = Working::new(picture, params.work_px)?;
    let side = params.tile * working.unit();
    if side < LEAST_SIDE {
        let error = Error::parameter(format!(
            "tile is {}, which is {side:.1} pixels of the working copy, allowed are {LEAST_SIDE} at least",
            params.tile
        ));
        return Err(error.hint("take larger tiles or a larger work_px"));
    }
    let edges = match regions {
        Some(regions) => edges::of_regions(regions, working.size()),
        None => edges::of_picture(&working, side, params.contrast)?,
    };
    let distance = Distance::new(&edges, working.size());
    let field = distance.field(side);
    let mut tiles = rows::rows(&distance, side);
    settle::settle(&mut tiles, &edges, &distance, &field, side);
    let mut dice = Dice::new(params.seed, STAGE, 0);
    let mut angle = |at| levelled(field.angle(at) + (params.jitter * dice.normal_f64()).to_radians());
    let tiles: Vec<Tile> = tiles.into_iter().map(|at| Tile { at, angle: angle(at) }).collect();
    let levels = Levels::new(working.size(), working.frame);
    let mut polygons = Cutter::new(tiles, working.size(), levels, side, params.grout).polygons(&edges);
    gaps::fill(&mut polygons, &edges, &field, working.size(), levels, side, params.grout);
    let shades: Vec<f64> = polygons.iter().map(|_| 1.0 + params.shade * dice.normal_f64()).collect();
    let facets = polygons.par_iter().zip(&shades).filter_map(|(polygon, shade)| {
        let colour = mean_colour(&working, polygon, polygon.middle()?);
        Some(Facet {
            points: polygon.0.iter().map(|corner| working.place(corner.at)).collect(),
            beyond: vec![None; polygon.0.len()],
            colour: colour.map(|v| (f64::from(v) * shade).clamp(0.0, 1.0) as f32),
            slope: None,
        })
    });
    Ok(Tessellation {
        width: working.frame[0],
        height: working.frame[1],
        background: params.grout_colour.0.map(|level| f32::from(level) / 255.0),
        seed: params.seed,
        facets: facets.collect(),
    })
}
