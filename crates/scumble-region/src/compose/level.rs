//! One division of the picture, laid on a painting.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_paint::oklab;
use scumble_paint::painters::HexColour;
use scumble_paint::painting::{Blend, Colour, Geometry, Ground, Layer, Painting, Point, Stroke};
use scumble_paint::strokes::StrokesParams;

use super::cell::Cell;
use super::painted::Panes;
use super::ragged::Ragged;
use super::segmented::Segmented;
use super::shaped::{Canopy, fitted};
use super::{brushed, ground, lines, painted};
use crate::contour::{Arc, Contours, Simplify};
use crate::fill::colours::{Look, chosen};
use crate::fill::lines::{dots, hatching};
use crate::fill::ramp::Sums;
use crate::params::{ColourRule, Kind, RegionsParams};
use crate::rules::{Fill, Rule, When};
use crate::shapes::ShapeClass;
use crate::shapes::choose::{Chooser, MOST_ABSTRACTION, ShapesParams};
use crate::shapes::learn::Learned;
use crate::shapes::user::UserShape;
use crate::tessellate::check_strokes;
use crate::{Labels, Region, statistics};

/// Rounds of corner cutting where outlines are rounded.
const ROUNDS: u32 = 2;
/// How far outlines may leave out corners at most, as a share of the root of the smaller region's area.
const BENT: f32 = 0.12;
/// What may be left out of all, if anything, in pixels of the work: the stairs of slanted lines.
const STAIRS: f32 = 0.75;
/// By how much lines of hatching and dots are darker than what they lie on, in Oklab's lightness.
const DARKER: f32 = 0.18;
/// Width of lines of hatching, as a share of their distance.
const LINE: f32 = 0.28;
/// Shadows are this many copies of a shape, each a little farther and of this opacity.
const SHADOWS: usize = 5;
const SHADE: f32 = 0.07;
/// By how much glass is more colourful than the picture.
const SATURATION: f32 = 1.25;

/// What regions are made into a painting with.
pub(crate) struct Composer<'a> {
    pub params: &'a RegionsParams,
    /// The picture, in the style's colours if that is wanted.
    pub picture: &'a Canvas,
    pub style: Option<&'a Canvas>,
    pub presets: &'a BTreeMap<String, StrokesParams>,
    pub palette: &'a [HexColour],
    pub own_shapes: &'a [UserShape],
    /// What was learned from the user's picks.
    pub learned: &'a Learned,
}

/// A division of the picture with everything known about it.
pub(super) struct Division {
    pub regions: Vec<Region>,
    /// The regions' colours, and whether each is the region's own.
    pub colours: Vec<(Colour, bool)>,
    contours: Contours,
    /// Of pixels of the work in units of the frame.
    pub scale: [f32; 2],
    ragged: Option<Ragged>,
    /// The regions, the largest first.
    pub order: Vec<usize>,
}

impl Composer<'_> {
    /// Lays larger regions that the last ones will cover.
    pub fn lay_below(&self, painting: &mut Painting, segmented: &Segmented, labels: &Labels) -> Result<()> {
        self.division(segmented, labels, self.params.simplify)?.lay(painting);
        Ok(())
    }

    /// Lays the regions themselves.
    pub fn finish(&self, painting: &mut Painting, segmented: &Segmented, labels: &Labels) -> Result<()> {
        let division = self.division(segmented, labels, self.params.simplify)?;
        // Larger regions have other colours of a palette; where no shapes leave gaps, the regions themselves lie below, too.
        if self.params.shapes.is_empty() && !self.true_colours() {
            division.lay(painting);
        }
        let own = segmented.own_colours(labels, &division.regions);
        let size = [labels.width(), labels.height()];
        let picked = self.picked(labels);
        let cell = |region: &usize| {
            let cell = self.cell(&division, *region, own.get(*region).copied(), size);
            match picked.get(region) {
                Some(class) => Cell { fill: Fill::Shape(*class), ..cell },
                None => cell,
            }
        };
        let cells: Vec<Cell> = division.order.iter().map(cell).collect();
        if cells.iter().any(|cell| cell.fill.is_raster()) {
            let mut below = draw(painting, self.picture.width(), self.picture.height())?;
            let sources = ground::Sources { picture: self.picture, style: self.style, seed: self.params.seed };
            ground::lay(&mut below, &cells, &sources)?;
            painting.ground = Some(Ground::new(&below)?);
            painting.strokes.clear();
        }
        brushed::lay(painting, &cells, self.picture, self.presets, self.params.seed)?;
        let layer = layer(painting, "regions");
        let frame = [painting.width, painting.height];
        // What chooses among the shapes, and what lies on the painting so far.
        let mut choice = match &self.params.shapes[..] {
            [] => None,
            shapes => Some((self.chooser(shapes)?, Canopy::new(painting, &segmented.picture)?)),
        };
        let mut forcing: BTreeMap<ShapeClass, Chooser> = BTreeMap::new();
        let sums = self.sums(&division, &cells, segmented, labels);
        for (cell, region) in cells.iter().zip(&division.order) {
            if cell.fill.is_raster() || matches!(cell.fill, Fill::Strokes(_)) {
                continue;
            }
            let geometry = match (&cell.fill, &mut choice) {
                (Fill::Shape(class), _) => {
                    let chooser = match forcing.entry(*class) {
                        Entry::Occupied(known) => known.into_mut(),
                        Entry::Vacant(place) => place.insert(self.chooser(&[*class])?),
                    };
                    fitted(cell, frame, chooser).unwrap_or_else(|| cell.polygon())
                }
                (_, Some((chooser, canopy))) => match canopy.shape(cell, chooser, self.true_colours()) {
                    Some(geometry) => geometry,
                    None => continue,
                },
                (_, None) => cell.polygon(),
            };
            self.shadow(painting, layer, &geometry);
            push(painting, layer, geometry, cell.colour);
            if let Some((start, ramp)) = sums.get(region).and_then(|sums| sums.ramp(division.reach(*region)))
                && let Some(last) = painting.strokes.last_mut()
            {
                (last.colour, last.ramp) = (start, Some(ramp));
            }
            self.marks(painting, layer, cell);
            check_strokes(painting.strokes.len())?;
        }
        if self.params.kind == Kind::Glass && self.params.shapes.is_empty() {
            painted::lay(
                self,
                painting,
                segmented,
                labels,
                &Panes { division: &division, cells: &cells, sums: &sums },
            )?;
        }
        if self.params.shapes.is_empty() {
            lines::lay(painting, &division.arcs(), self.params);
        }
        check_strokes(painting.strokes.len())
    }

    /// Whether regions have colours of the picture, so that what is laid can be judged by it.
    fn true_colours(&self) -> bool {
        self.palette.is_empty() && matches!(self.params.colour, ColourRule::Mean | ColourRule::Median)
    }

    /// What chooses among shapes.
    pub(super) fn chooser(&self, shapes: &[ShapeClass]) -> Result<Chooser> {
        let abstraction = MOST_ABSTRACTION * self.params.abstraction;
        let params = ShapesParams { abstraction, shapes: shapes.to_vec(), reflect: true };
        Chooser::new(params, self.own_shapes, self.learned.clone())
    }

    /// Measures a division of the picture.
    pub(super) fn division(&self, segmented: &Segmented, labels: &Labels, simplify: f64) -> Result<Division> {
        let frame = [self.picture.width() as f32, self.picture.height() as f32];
        let scale = [frame[0] / labels.width() as f32, frame[1] / labels.height() as f32];
        let regions = statistics(labels, &segmented.picture)?;
        let looks: Vec<Look> = regions.iter().map(|r| Look { mean: r.mean, median: r.median }).collect();
        let areas: Vec<usize> = regions.iter().map(|region| region.area).collect();
        let mut colours = chosen(&looks, &areas, self.params, self.palette)?;
        if self.params.kind == Kind::Glass {
            colours.iter_mut().filter(|(_, own)| *own).for_each(|(colour, _)| *colour = stained(*colour));
        }
        let unit = self.picture.size_unit();
        // In pixels of the work.
        let tolerance = simplify as f32 * unit / scale[0];
        // Small regions keep their form.
        let allowed = |arc: &Arc| {
            let beside = [arc.left, arc.right].into_iter().flatten();
            let smaller = beside.map(|region| regions[region as usize].area).min().unwrap_or_default();
            tolerance.min((BENT * (smaller as f32).sqrt()).max(STAIRS))
        };
        let mut contours = Contours::new(labels).simplified_by(|arc| Simplify::DouglasPeucker(allowed(arc)))?;
        if self.params.round {
            contours = contours.smoothed(ROUNDS);
        }
        let amplitude = self.params.ragged as f32 * unit;
        let ragged = (amplitude > 0.0).then(|| Ragged::new(frame, unit, amplitude, self.params.seed));
        let mut order: Vec<usize> = (0..regions.len()).filter(|i| !regions[*i].hidden).collect();
        order.sort_by_key(|i| std::cmp::Reverse(regions[*i].area));
        Ok(Division { regions, colours, contours, scale, ragged, order })
    }

    /// A region with what it is filled with, of labels of `size` pixels; `own` is its colour in the user's picture of labels.
    fn cell(&self, division: &Division, region: usize, own: Option<HexColour>, size: [usize; 2]) -> Cell {
        let known = &division.regions[region];
        let applies = |rule: &&Rule| applies(&rule.when, known, own, size.map(|side| side as f64));
        let fill = self.params.rules.iter().find(applies).map_or(&self.params.fill, |rule| &rule.fill);
        Cell { rings: division.rings(region), fill: fill.clone(), colour: division.colours[region].0 }
    }

    /// The pixels' sums of those regions that are filled with ramps: of glass all, but none whose colour is not its own.
    fn sums(
        &self,
        division: &Division,
        cells: &[Cell],
        segmented: &Segmented,
        labels: &Labels,
    ) -> BTreeMap<usize, Sums> {
        let glass = self.params.kind == Kind::Glass;
        let filled = cells.iter().zip(&division.order).filter(|(cell, _)| glass || cell.fill == Fill::Ramp);
        let own = filled.filter(|(_, region)| division.colours[**region].1);
        let mut sums: BTreeMap<usize, Sums> = own.map(|(_, region)| (*region, Sums::default())).collect();
        if sums.is_empty() {
            return sums;
        }
        for (i, (id, pixel)) in labels.ids().iter().zip(segmented.picture.pixels()).enumerate() {
            if let Some(sums) = sums.get_mut(&(*id as usize)) {
                let place = [i % labels.width(), i / labels.width()];
                let place = [0, 1].map(|k| (place[k] as f32 + 0.5) * division.scale[k]);
                sums.add(place, if glass { stained(*pixel) } else { *pixel });
            }
        }
        sums
    }

    /// What a shape throws on what is behind it.
    fn shadow(&self, painting: &mut Painting, layer: usize, geometry: &Geometry) {
        let length = self.params.shadow as f32 * self.picture.size_unit();
        if length <= 0.0 {
            return;
        }
        for i in 1..=SHADOWS {
            let by = length * i as f32 / SHADOWS as f32;
            let geometry = geometry.moved([by * 0.6, by * 0.8]);
            painting.strokes.push(Stroke { layer, geometry, colour: [0.0; 3], alpha: SHADE, ramp: None });
        }
    }

    /// Lines and dots on a region.
    fn marks(&self, painting: &mut Painting, layer: usize, cell: &Cell) {
        let unit = self.picture.size_unit();
        let [light, a, b] = oklab::from_srgb(cell.colour);
        let ink = oklab::to_srgb([(light - DARKER).max(0.05), a, b]);
        match cell.fill {
            Fill::Hatch { angle, spacing } => {
                let spacing = spacing as f32 * unit;
                for line in hatching(&cell.rings, (angle as f32).to_radians(), spacing, LINE * spacing) {
                    push(painting, layer, line, ink);
                }
            }
            Fill::Dots { spacing } => {
                let spacing = spacing as f32 * unit;
                for centre in dots(&cell.rings, spacing) {
                    let radius = 0.5 * spacing * (1.0 - self.luma_at(centre)).max(0.03).sqrt();
                    push(painting, layer, Geometry::Ellipse { centre, radii: [radius; 2], angle: 0.0 }, ink);
                }
            }
            _ => {}
        }
    }

    /// The brightness of the picture's pixel that holds a point of the frame, or of the nearest.
    fn luma_at(&self, [x, y]: Point) -> f32 {
        let (width, height) = (self.picture.width(), self.picture.height());
        let [x, y] = [(x.max(0.0) as usize).min(width - 1), (y.max(0.0) as usize).min(height - 1)];
        scumble_image::color::luma(self.picture.pixels()[y * width + x])
    }
}

impl Division {
    /// Lays the regions with their outlines.
    fn lay(&self, painting: &mut Painting) {
        let layer = layer(painting, "behind");
        for region in &self.order {
            push(painting, layer, Geometry::with_holes(&self.rings(*region)), self.colours[*region].0);
        }
    }

    /// A region's outlines in the frame.
    pub fn rings(&self, region: usize) -> Vec<Vec<Point>> {
        let rings = self.contours.rings(region).into_iter();
        rings.map(|ring| ring.into_iter().map(|point| self.placed(point)).collect()).collect()
    }

    /// How far a region reaches from its centre in the frame, about.
    pub fn reach(&self, region: usize) -> f32 {
        let region = &self.regions[region];
        // A disc of the area, stretched as the region is.
        (region.area as f32 / std::f32::consts::PI).sqrt() * self.scale[0] * (1.0 + elongation(region) as f32)
    }

    /// The borders between regions in the frame.
    fn arcs(&self) -> Vec<Vec<Point>> {
        let inner = self.contours.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some());
        inner.map(|arc| arc.points.iter().map(|point| self.placed(*point)).collect()).collect()
    }

    /// Where a point of the work lies in the frame.
    fn placed(&self, point: Point) -> Point {
        let point = [0, 1].map(|k| point[k] * self.scale[k]);
        self.ragged.as_ref().map_or(point, |ragged| ragged.moved(point))
    }
}

/// A new layer with a solid brush.
pub(super) fn layer(painting: &mut Painting, name: &str) -> usize {
    let brush = painting.brushes.len();
    painting.brushes.push(scumble_paint::painting::Brush::solid());
    painting.layers.push(Layer { name: name.into(), brush, blend: Blend::Normal, closed: false });
    painting.layers.len() - 1
}

/// Lays a stroke of an even colour, opaque.
pub(super) fn push(painting: &mut Painting, layer: usize, geometry: Geometry, colour: Colour) {
    painting.strokes.push(Stroke {
        layer,
        geometry,
        colour: colour.map(|v| v.clamp(0.0, 1.0)),
        alpha: 1.0,
        ramp: None,
    });
}

/// Whether all that a rule says is true of a region of a picture of `size` pixels.
fn applies(when: &When, region: &Region, own: Option<HexColour>, size: [f64; 2]) -> bool {
    let [light, a, b] = region.mean_oklab.map(f64::from);
    let hue = b.atan2(a).to_degrees().rem_euclid(360.0);
    let facts = [
        (when.area, region.area as f64 / (size[0] * size[1])),
        (when.lightness, light),
        (when.chroma, a.hypot(b)),
        (when.hue, hue),
        (when.texture, region.energy),
        (when.anisotropy, region.anisotropy),
        (when.elongation, elongation(region)),
        (when.x, region.centroid[0] / size[0]),
        (when.y, region.centroid[1] / size[1]),
    ];
    facts.iter().all(|(range, value)| range.is_none_or(|range| range.contains(*value)))
        && when.border.is_none_or(|border| border == region.touches_border)
        && (when.label.is_empty() || own.is_some_and(|own| when.label.contains(&own)))
}

/// How long a region is, 0 to 1: one less the ratio of the axes of the ellipse with its moments.
fn elongation(region: &Region) -> f64 {
    let [xx, xy, yy] = region.covariance;
    let (mean, half) = ((xx + yy) / 2.0, ((xx - yy) / 2.0).hypot(xy));
    1.0 - ((mean - half).max(0.0) / (mean + half).max(f64::MIN_POSITIVE)).sqrt()
}

/// A colour as glass has it.
fn stained(colour: Colour) -> Colour {
    let [light, a, b] = oklab::from_srgb(colour);
    oklab::to_srgb([light, SATURATION * a, SATURATION * b])
}
