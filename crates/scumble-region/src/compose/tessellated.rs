//! Pictures of facets, cells and tiles by the parameters of all pictures of regions.

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::Painting;
use scumble_paint::filters::{KuwaharaParams, kuwahara};
use scumble_paint::painters::HexColour;

use crate::fill::colours::{self, Look, colours};
use crate::params::{ColourRule, Kind, RegionsParams};
use crate::rules::Fill;
use crate::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};
use crate::tessellate::mosaic::{MosaicParams, mosaic};
use crate::tessellate::voronoi::{VoronoiParams, voronoi};

/// Passes over the mesh after which little is gained.
const PASSES: u32 = 60;
/// The least angle of a triangle in degrees: thinner ones look like splinters.
const LEAST_ANGLE: f64 = 8.0;
/// The smallest tiles, in pixels at 512.
const SMALLEST_TILE: f64 = 3.0;

/// A tessellation of a picture.
pub(crate) fn tessellated(picture: &Canvas, params: &RegionsParams, palette: &[HexColour]) -> Result<Painting> {
    let smooth = match params.colour_smoothing {
        0.0 => None,
        radius => Some(kuwahara(picture, &KuwaharaParams { radius: radius.max(1.0), sharpness: 8.0, roundness: 1.0 })?),
    };
    let picture = smooth.as_ref().unwrap_or(picture);
    let (count, work_px, seed) = (params.count, params.work_px.min(1024), params.seed);
    let mut made = match params.kind {
        Kind::Mosaic => {
            let (width, height) = (picture.width() as f64, picture.height() as f64);
            let unit = f64::from(picture.size_unit());
            let tile = ((width * height / f64::from(count)).sqrt() / unit).clamp(SMALLEST_TILE, 200.0);
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
            mosaic(picture, None, &params)?
        }
        Kind::Voronoi => voronoi(picture, &VoronoiParams { count, even: 0.3, rounds: 20, work_px, seed })?,
        _ => {
            let colour = if params.fill == Fill::Ramp { FacetColour::Linear } else { FacetColour::Flat };
            let least_angle = LEAST_ANGLE;
            let params = LowPolyParams { count, colour, passes: PASSES, least_angle, work_px, seed };
            let mut mesh = LowPoly::new(picture, params)?;
            while mesh.step().is_some() {}
            mesh.tessellation()
        }
    };
    let looks: Vec<Look> = made.facets.iter().map(|facet| Look { mean: facet.colour, median: facet.colour }).collect();
    let own = match params.colour {
        ColourRule::Palette if palette.is_empty() => {
            let areas: Vec<usize> = made.facets.iter().map(|facet| facet.area().round() as usize).collect();
            colours::palette(&looks, &areas, params.palette_size as usize, seed)?
        }
        _ => palette.to_vec(),
    };
    let coloured = colours(&looks, params.colour, &own);
    made.facets.iter_mut().zip(coloured).for_each(|(facet, colour)| facet.colour = colour);
    made.painting()
}
