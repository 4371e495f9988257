//! Shapes that are placed as they are, or stretched.

use std::f64::consts::PI;

use super::outline::{FRAME, Outline, contains, contour};
use super::spans::even_odd_area;
use super::{Figure, ShapeClass, V2};
use crate::procrustes::{Contour, Matcher};
use scumble_paint::painting::Geometry;

/// Corners of a polygon that stands for a curve.
const CORNERS: usize = 48;

/// What a template is written as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Form {
    Rectangle,
    Ellipse,
    Superellipse(f64),
    Polygon,
}

/// A shape of area 1 whose contour's mean is the origin.
#[derive(Debug, Clone)]
pub(super) struct Template {
    pub class: ShapeClass,
    /// Of user's shapes, which.
    pub user: Option<usize>,
    pub form: Form,
    pub outline: Vec<Vec<V2>>,
    /// Holes that count as filled, as small ones of regions do.
    pub holes: Vec<Vec<V2>>,
    pub contour: Contour,
    /// Whether it looks different when it is turned.
    pub turns: bool,
    /// Whether it may be stretched.
    pub stretches: bool,
}

/// Where a template lies, in a region's frame: mirrored, scaled by `e^scale`, stretched along x by `e^(stretch/2)` and
/// along y by the inverse, turned, moved.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub centre: V2,
    pub angle: f64,
    pub stretch: f64,
    /// 0 unless the region is at the picture's edge, beyond which a shape may go on.
    pub scale: f64,
    pub mirrored: bool,
}

impl Template {
    /// From rings of any size and place, filled by the even-odd rule; none if they enclose nothing.
    pub fn new(class: ShapeClass, form: Form, rings: &[Vec<V2>], matcher: &Matcher) -> Option<Self> {
        let size = |ring: &Vec<V2>| super::hull::area(ring).abs();
        let outer = rings.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let is_hole = |ring: &Vec<V2>| ring != outer && ring.first().is_some_and(|p| contains(outer, *p));
        let (mut holes, mut outline): (Vec<Vec<V2>>, Vec<Vec<V2>>) = rings.iter().cloned().partition(is_hole);
        outline.sort_by(|a, b| size(b).total_cmp(&size(a)));
        if even_odd_area(&holes) > FRAME * even_odd_area(&outline) {
            outline.append(&mut holes);
        }
        let area = even_odd_area(&outline);
        if !(area.is_finite() && area > 0.0) {
            return None;
        }
        let unit = area.sqrt();
        let centre = contour(outer, matcher).centre();
        let place = |p: &mut V2| *p = [(p[0] - centre.re) / unit, (p[1] - centre.im) / unit];
        outline.iter_mut().chain(&mut holes).flatten().for_each(place);
        let contour = contour(outline.first()?, matcher);
        Some(Self { class, user: None, form, outline, holes, contour, turns: true, stretches: false })
    }

    /// One of a single ring.
    pub fn polygon(class: ShapeClass, form: Form, ring: Vec<V2>, matcher: &Matcher) -> Option<Self> {
        Self::new(class, form, &[ring], matcher)
    }

    /// Where it lies on a region by Procrustes analysis, with the region's area.
    pub fn matched(&self, outline: &Outline, matcher: &Matcher, reflect: bool) -> Place {
        let found = matcher.found(&self.contour, &outline.contour, reflect, true);
        let centre = outline.contour.centre();
        Place {
            centre: [centre.re, centre.im],
            angle: found.similarity.turn.arg(),
            stretch: 0.0,
            scale: 0.0,
            mirrored: found.similarity.mirrored,
        }
    }

    /// Its rings at a place, without holes that count as filled.
    pub fn rings(&self, place: &Place, out: &mut Vec<Vec<V2>>) {
        placed(&self.outline, place, out);
    }

    /// What it is drawn as on a region.
    pub fn figure(&self, place: &Place, outline: &Outline) -> Figure {
        let (along, scale) = ((place.stretch / 2.0).exp(), place.scale.exp() * outline.unit);
        let (centre, angle) = (outline.pixels(place.centre), place.angle as f32);
        let sizes = |half: f64| [half * along, half / along].map(|v| (v * scale) as f32);
        Figure::Geometry(match self.form {
            Form::Rectangle => Geometry::Rectangle { centre, half: sizes(0.5), angle },
            Form::Ellipse => Geometry::Ellipse { centre, radii: sizes((1.0 / PI).sqrt()), angle },
            Form::Superellipse(exponent) => {
                let half = super::superellipse::radius(exponent);
                Geometry::Superellipse { centre, radii: sizes(half), exponent: exponent as f32, angle }
            }
            Form::Polygon => {
                let mut rings = Vec::new();
                placed(&[&self.outline[..], &self.holes].concat(), place, &mut rings);
                return Figure::of_rings(outline, &rings);
            }
        })
    }
}

/// `CORNERS` points of a curve given by the sine and cosine of its parameter.
pub(super) fn curve(point: impl Fn(f64, f64) -> V2) -> Vec<V2> {
    (0..CORNERS)
        .map(|at| (at as f64 * std::f64::consts::TAU / CORNERS as f64).sin_cos())
        .map(|(sin, cos)| point(cos, sin))
        .collect()
}

/// Rings mirrored, stretched, turned and moved.
fn placed(rings: &[Vec<V2>], place: &Place, out: &mut Vec<Vec<V2>>) {
    out.resize_with(rings.len(), Vec::new);
    let (sin, cos) = place.angle.sin_cos();
    let (along, scale) = ((place.stretch / 2.0).exp(), place.scale.exp());
    let (along, across) = (scale * along, scale / along * if place.mirrored { -1.0 } else { 1.0 });
    for (ring, out) in rings.iter().zip(out) {
        out.clear();
        out.extend(ring.iter().map(|p| {
            let (x, y) = (p[0] * along, p[1] * across);
            [place.centre[0] + x * cos - y * sin, place.centre[1] + x * sin + y * cos]
        }));
    }
}
