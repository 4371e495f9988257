//! Stained glass: panes of saturated colours between lines of lead.

use std::collections::HashSet;

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_image::color::luma;
use scumble_paint::Painting;
use scumble_paint::painters::HexColour;
use scumble_paint::painting::{Blend, Colour, Geometry, Layer, Point, Stroke};
use serde::{Deserialize, Serialize};

use super::dice::Dice;
use super::facet::check_strokes;
use super::limits::within;
use super::{Facet, Tessellation};

/// The stage under which random numbers are drawn.
const STAGE: u64 = 0x676c_6173;
/// Lead is a half cylinder: from its dark sides to its ridge, three strokes, each with its share of the width, by how much it
/// lies towards the light, of the width too, and its lightness beside the lead's colour. As much towards white.
const ROUNDING: [(&str, f32, f32, f32); 3] =
    [("lead", 1.0, 0.0, 0.0), ("rounding", 0.62, 0.07, 0.14), ("ridge", 0.22, 0.13, 0.34)];
/// Ends of sides that are this near in units of the frame are the same.
const SAME: f32 = 1.0 / 64.0;

/// How cells become a window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlassParams {
    /// Width of the lead as a share of the shorter side.
    #[schemars(range(min = 0.0005, max = 0.1))]
    pub lead: f64,
    /// Colour of the lead, as `#rrggbb`.
    pub lead_colour: HexColour,
    /// By how much colours are stronger than the picture's; 1 leaves them.
    #[schemars(range(min = 0.0, max = 3.0))]
    pub saturation: f64,
    /// By how much a pane's lightness changes from end to end, as a share of it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub gradient: f64,
    /// Deviation of the panes' lightness, as a share of it.
    #[schemars(range(min = 0.0, max = 0.3))]
    pub shade: f64,
    /// Seed of every random number.
    pub seed: u64,
}

impl GlassParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("lead", self.lead, 0.0005, 0.1)?;
        within("saturation", self.saturation, 0.0, 3.0)?;
        within("gradient", self.gradient, 0.0, 1.0)?;
        within("shade", self.shade, 0.0, 0.3)
    }
}

/// A window: panes, and the lead between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// The panes with their colours and their slopes of lightness.
    pub panes: Tessellation,
    /// The sides along which lead runs, each once.
    pub leads: Vec<[Point; 2]>,
    /// Width of the lead in units of the frame.
    pub width: f32,
    /// Colour of the lead.
    pub colour: Colour,
}

/// A window made of cells or of regions' outlines: a facet for each ring, in the region's colour. Sides need not be known to
/// both of their facets (`beyond` is not looked at), but where two facets have a side in common they must have the same ends.
///
/// # Errors
/// As [`GlassParams::validate`]; `Fault::Input` if a facet has less than three corners.
pub fn glass(cells: &Tessellation, params: &GlassParams) -> Result<Window> {
    params.validate()?;
    if let Some(at) = cells.facets.iter().position(|facet| facet.points.len() < 3) {
        let count = cells.facets[at].points.len();
        return Err(Error::input(format!("facet {at} has {count} corners, allowed are 3 or more")));
    }
    let panes = cells.facets.iter().enumerate().map(|(i, facet)| pane(facet, i, params)).collect();
    let mut seen = HashSet::new();
    let sides = cells.facets.iter().flat_map(|facet| {
        let count = facet.points.len();
        (0..count).map(move |i| [facet.points[i], facet.points[(i + 1) % count]])
    });
    let leads = sides.filter(|side| {
        let [p, q] = side.map(|p| p.map(|v| (v / SAME).round() as i64));
        p != q && seen.insert(if p < q { [p, q] } else { [q, p] })
    });
    Ok(Window {
        leads: leads.collect(),
        width: params.lead as f32 * cells.width.min(cells.height),
        colour: params.lead_colour.0.map(|level| f32::from(level) / 255.0),
        panes: Tessellation { facets: panes, ..cells.clone() },
    })
}

/// A pane: stronger in colour, lighter towards one side.
fn pane(facet: &Facet, number: usize, params: &GlassParams) -> Facet {
    let mut dice = Dice::new(params.seed, STAGE, number as u64);
    let light = luma(facet.colour);
    let shade = (1.0 + params.shade * dice.normal()) as f32;
    let strong = |v: f32| (light + (v - light) * params.saturation as f32).clamp(0.0, 1.0);
    let colour = facet.colour.map(|v| (strong(v) * shade).clamp(0.0, 1.0));
    let (sin, cos) = (std::f64::consts::TAU * dice.unit()).sin_cos();
    let along = |p: &Point| f64::from(p[0]) * cos + f64::from(p[1]) * sin;
    let ends =
        facet.points.iter().map(along).fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], t| [a.min(t), b.max(t)]);
    let rate = if ends[1] > ends[0] { params.gradient / (ends[1] - ends[0]) } else { 0.0 };
    let slope = colour.map(|v| [cos, sin].map(|way| (f64::from(v) * rate * way) as f32));
    Facet { colour, slope: (params.gradient > 0.0).then_some(slope), ..facet.clone() }
}

impl Window {
    /// The window as a painting: a layer of panes, and three of lead, dark at its sides and lighter towards its ridge, with round
    /// ends that meet as round joins. Panes have their colour at the middle.
    ///
    /// # Errors
    /// `Fault::Limit` if there are more panes and sides than a painting may have strokes.
    pub fn painting(&self) -> Result<Painting> {
        check_strokes(self.panes.facets.len() + ROUNDING.len() * self.leads.len())?;
        let mut painting = self.panes.plain()?;
        let layer = |name: &str| Layer { name: name.into(), brush: 0, blend: Blend::Normal, closed: false };
        painting.layers = std::iter::once("panes").chain(ROUNDING.map(|(name, ..)| name)).map(layer).collect();
        for (i, (_, share, towards, lightness)) in ROUNDING.into_iter().enumerate() {
            let colour = self.colour.map(|v| (v + (1.0 - v) * lightness).clamp(0.0, 1.0));
            let shift = -towards * self.width;
            let line = |side: &[Point; 2]| Stroke {
                layer: i + 1,
                geometry: Geometry::Line { points: side.map(|p| p.map(|v| v + shift)), width: self.width * share },
                colour,
                alpha: 1.0,
                ramp: None,
            };
            painting.strokes.extend(self.leads.iter().map(line));
        }
        Ok(painting)
    }
}
