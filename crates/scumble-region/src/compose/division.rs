//! One division of the picture, measured.

use scumble_core::Result;
use scumble_paint::oklab;
use scumble_paint::painting::{Colour, Geometry, Painting, Point};

use super::level::{Composer, layer, push};
use super::ragged::Ragged;
use super::segmented::Segmented;
use super::when::elongation;
use crate::contour::{Arc, Contours, Simplify};
use crate::fill::colours::{Look, chosen};
use crate::params::Kind;
use crate::{Labels, Region, statistics};

/// Rounds of corner cutting where outlines are rounded.
const ROUNDS: u32 = 2;
/// How far outlines may leave out corners at most, as a share of the root of the smaller region's area.
const BENT: f32 = 0.12;
/// What may be left out of all, if anything, in pixels of the work: the stairs of slanted lines.
const STAIRS: f32 = 0.75;
/// By how much glass is more colourful than the picture.
const SATURATION: f32 = 1.25;

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
}

impl Division {
    /// Lays the regions with their outlines.
    pub fn lay(&self, painting: &mut Painting) {
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
    pub fn arcs(&self) -> Vec<Vec<Point>> {
        let inner = self.contours.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some());
        inner.map(|arc| arc.points.iter().map(|point| self.placed(*point)).collect()).collect()
    }

    /// Where a point of the work lies in the frame.
    fn placed(&self, point: Point) -> Point {
        let point = [0, 1].map(|k| point[k] * self.scale[k]);
        self.ragged.as_ref().map_or(point, |ragged| ragged.moved(point))
    }
}

/// A colour as glass has it.
pub(super) fn stained(colour: Colour) -> Colour {
    let [light, a, b] = oklab::from_srgb(colour);
    oklab::to_srgb([light, SATURATION * a, SATURATION * b])
}
