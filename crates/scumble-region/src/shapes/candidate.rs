//! A shape on its way to a fit.

use super::colour::Prism;
use super::hull;
use super::library::Library;
use super::outline::{Outline, contour};
use super::spans::Scratch;
use super::template::{Place, Template};
use super::{Figure, Fit, ShapeClass, V2};
use crate::procrustes::Matcher;

/// Where a shape is in a region's frame. All but the region itself have area 1, unless the region is at the picture's edge.
#[derive(Debug, Clone)]
pub(super) enum Model<'a> {
    Placed(&'a Template, Place),
    Polygon(Vec<V2>),
    Itself,
}

impl<'a> Model<'a> {
    /// A polygon scaled about its centroid to area 1, or as it is at the picture's edge; none if it encloses nothing.
    pub fn polygon(ring: &[V2], outline: &Outline) -> Option<Self> {
        let ring = normalised(ring).map(|scaled| if outline.edge.is_some() { ring.to_vec() } else { scaled });
        ring.map(Self::Polygon)
    }

    /// Its rings; none of the region itself.
    pub fn rings(&self, out: &mut Vec<Vec<V2>>) {
        match self {
            Self::Placed(template, place) => template.rings(place, out),
            Self::Polygon(ring) => {
                out.resize_with(1, Vec::new);
                out[0].clone_from(ring);
            }
            Self::Itself => out.clear(),
        }
    }
}

/// A ring scaled about its centroid to area 1.
fn normalised(ring: &[V2]) -> Option<Vec<V2>> {
    let area = hull::area(ring);
    if !(area.is_finite() && area > 1e-9) {
        return None;
    }
    let (mut sum, mut before) = ([0.0; 2], *ring.last()?);
    for &point in ring {
        let cross = before[0] * point[1] - point[0] * before[1];
        sum = [0, 1].map(|k| sum[k] + (before[k] + point[k]) * cross);
        before = point;
    }
    let centre = sum.map(|v| v / (6.0 * area));
    let scale = 1.0 / area.sqrt();
    Some(ring.iter().map(|p| [0, 1].map(|k| centre[k] + (p[k] - centre[k]) * scale)).collect())
}

/// What fits are made with.
pub(super) struct Bench<'a, 'b> {
    pub library: &'a Library,
    pub matcher: &'a Matcher,
    pub prism: &'a Prism,
    pub outline: &'b Outline,
    pub reflect: bool,
    pub scratch: Scratch,
    pub rings: Vec<Vec<V2>>,
}

impl<'a> Bench<'a, '_> {
    /// The share in common with the region.
    pub fn iou(&mut self, model: &Model) -> f64 {
        if matches!(model, Model::Itself) {
            return 1.0;
        }
        model.rings(&mut self.rings);
        let common = self.outline.spans.overlap(&self.rings, &mut self.scratch);
        let area = self.outline.edge.as_ref().map_or(1.0, |edge| edge.area(&self.rings, &mut self.scratch));
        let iou = common / (self.outline.spans.area() + area - common);
        if iou.is_finite() { iou.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The best of models by the share in common, the first of equal ones.
    pub fn best(&mut self, models: impl IntoIterator<Item = Model<'a>>) -> Option<(Model<'a>, f64)> {
        let mut best: Option<(Model, f64)> = None;
        for model in models {
            let iou = self.iou(&model);
            if best.as_ref().is_none_or(|(_, most)| iou > *most) {
                best = Some((model, iou));
            }
        }
        best
    }

    /// Procrustes distance of a model's outline from the region's.
    pub fn distance(&mut self, model: &Model) -> f64 {
        if matches!(model, Model::Itself) {
            return 0.0;
        }
        model.rings(&mut self.rings);
        let outer = self.rings.first().map(Vec::as_slice).unwrap_or_default();
        let clipped = self.outline.edge.as_ref().map(|edge| edge.clip(outer));
        let outer = clipped.as_deref().unwrap_or(outer);
        if outer.len() < 3 {
            return 1.0;
        }
        let other = contour(outer, self.matcher);
        self.matcher.found(&other, &self.outline.contour, false, true).distance
    }

    /// A model as a fit.
    pub fn fit(&mut self, class: ShapeClass, model: &Model, iou: f64, weight: f64) -> Fit {
        let distance = self.distance(model);
        let corners = match model {
            Model::Polygon(ring) => ring.len(),
            _ => 0,
        };
        let complexity = complexity(class, corners);
        let figure = match model {
            Model::Placed(template, place) => template.figure(place, self.outline),
            Model::Polygon(ring) => Figure::of_rings(self.outline, std::slice::from_ref(ring)),
            Model::Itself => Figure::Rings(self.outline.given.clone()),
        };
        let user = if let Model::Placed(template, _) = model { template.user } else { None };
        let score = 0.6 * (1.0 - iou) + 0.4 * distance + weight * complexity;
        Fit { class, user, figure, iou, distance, complexity, score }
    }
}

/// How complex a shape is: about the number of its free parameters, three of a circle counting as 1.
fn complexity(class: ShapeClass, corners: usize) -> f64 {
    match class {
        ShapeClass::Circle => 1.0,
        ShapeClass::Square => 1.1,
        // With as many parameters as a square. Were it 1.6, hexagons with a noise of 10 % would pass for circles.
        ShapeClass::Pentagon | ShapeClass::Hexagon => 1.2,
        // It differs from a circle by a wave of 3 % of the radius: at 1.07, few of either with a noise of 10 % are
        // taken for the other.
        ShapeClass::Octagon => 1.07,
        ShapeClass::Ellipse | ShapeClass::Rectangle => 1.3,
        ShapeClass::Triangle => 1.4,
        ShapeClass::Superellipse | ShapeClass::Star | ShapeClass::User => 1.6,
        ShapeClass::Hull => 1.5 + 0.1 * corners as f64,
        ShapeClass::Polygon => 1.5 + 0.15 * corners as f64,
        ShapeClass::Region => 4.0,
    }
}
