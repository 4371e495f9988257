//! One division of the picture, laid on a painting.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_paint::painters::HexColour;
use scumble_paint::painting::{Blend, Colour, Geometry, Ground, Layer, Painting, Stroke};
use scumble_paint::strokes::StrokesParams;

use super::cell::Cell;
use super::division::{Division, stained};
use super::painted::Panes;
use super::segmented::Segmented;
use super::shaped::Canopy;
use super::when::applies;
use super::{brushed, ground, lines, painted};
use crate::Labels;
use crate::fill::ramp::Sums;
use crate::params::{ColourRule, Kind, RegionsParams};
use crate::rules::{Fill, Rule};
use crate::shapes::choose::{Chooser, MOST_ABSTRACTION, ShapesParams};
use crate::shapes::learn::Learned;
use crate::shapes::user::UserShape;
use crate::shapes::{Figure, Fit, ShapeClass};
use crate::tessellate::check_strokes;

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
        let sums = self.sums(&division, &cells, segmented, labels);
        self.lay_cells(painting, &division, &cells, &sums, (segmented, labels))?;
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

    /// Lays those cells that become polygons, with what lies on them.
    fn lay_cells(
        &self,
        painting: &mut Painting,
        division: &Division,
        cells: &[Cell],
        sums: &BTreeMap<usize, Sums>,
        (segmented, labels): (&Segmented, &Labels),
    ) -> Result<()> {
        let layer = layer(painting, "regions");
        let shapes = self.shapes(cells, [painting.width, painting.height])?;
        let chosen = !self.params.shapes.is_empty();
        // What lies on the painting so far, by which shapes are judged.
        let mut canopy = if chosen { Some(Canopy::new(painting, segmented, labels)?) } else { None };
        for ((cell, shapes), region) in cells.iter().zip(shapes).zip(&division.order) {
            if !cell.is_polygon() {
                continue;
            }
            let forced = self.params.shapes.len() < 2 || matches!(cell.fill, Fill::Shape(_));
            let judged = !forced && self.true_colours();
            // Last of all comes the region's own outline, but where nothing shall be left of it.
            let outline = (!judged || self.params.abstraction < 1.0).then(|| cell.polygon());
            let mut fits = shapes.into_iter().chain(outline);
            let geometry = match &mut canopy {
                Some(canopy) if judged => fits.find(|shape| canopy.improves(shape, cell.colour, *region)),
                _ => fits.next(),
            };
            let Some(geometry) = geometry else { continue };
            if let Some(canopy) = &mut canopy {
                canopy.lay(&geometry, cell.colour);
            }
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
        Ok(())
    }

    /// The shapes that those cells may get that get any, the best first, in a frame of some width and height; of a cell that
    /// encloses nothing none.
    fn shapes(&self, cells: &[Cell], frame: [f32; 2]) -> Result<Vec<Vec<Geometry>>> {
        let mut forcing: BTreeMap<ShapeClass, Chooser> = BTreeMap::new();
        for cell in cells {
            if let Fill::Shape(class) = cell.fill
                && let Entry::Vacant(place) = forcing.entry(class)
            {
                place.insert(self.chooser(&[class])?);
            }
        }
        let choosing = match &self.params.shapes[..] {
            [] => None,
            [only] => Some(self.chooser(&[*only])?),
            shapes => {
                let learned = self.learned.classes().into_iter().filter(|class| !shapes.contains(class));
                Some(self.chooser(&shapes.iter().copied().chain(learned).collect::<Vec<_>>())?)
            }
        };
        let geometry = |fit: Fit| match fit.figure {
            Figure::Geometry(geometry) => geometry,
            Figure::Rings(rings) => Geometry::with_holes(&rings),
        };
        let shapes = |cell: &Cell| {
            let chooser = match &cell.fill {
                Fill::Shape(class) => forcing.get(class),
                _ => choosing.as_ref().filter(|_| cell.is_polygon()),
            };
            let fits = chooser.and_then(|chooser| chooser.ranking(&cell.rings, Some(frame)).ok());
            fits.unwrap_or_default().into_iter().map(geometry).collect()
        };
        Ok(cells.par_iter().map(shapes).collect())
    }

    /// Whether regions have colours of the picture, so that what is laid can be judged by it.
    fn true_colours(&self) -> bool {
        self.palette.is_empty() && matches!(self.params.colour, ColourRule::Mean | ColourRule::Median)
    }

    /// What chooses among shapes.
    pub(super) fn chooser(&self, shapes: &[ShapeClass]) -> Result<Chooser> {
        // The higher half of the slider is where shapes become other ones.
        let abstraction = MOST_ABSTRACTION * self.params.abstraction.powi(2);
        let params = ShapesParams { abstraction, shapes: shapes.to_vec(), reflect: true };
        Chooser::new(params, self.own_shapes, self.learned.clone())
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
