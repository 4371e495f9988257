//! The user's own shapes, from SVG files.

mod svg;

use scumble_core::{Error, Result};

use super::template::{Form, Template};
use super::{ShapeClass, V2};
use crate::contour::douglas_peucker;
use crate::procrustes::Matcher;

/// The most bytes of a file.
const MOST_BYTES: usize = 1 << 20;
/// How far the outline is simplified, as a share of its extent: a fifth of a pixel at 100.
const FINE: f64 = 0.002;

/// A shape of the user's: rings filled by the even-odd rule.
#[derive(Debug, Clone, PartialEq)]
pub struct UserShape {
    name: String,
    rings: Vec<Vec<V2>>,
}

impl UserShape {
    /// From the text of an SVG file: the outline of its first `<path>` or `<polygon>`; curves become polylines. Transformations
    /// are not applied: to move, turn and scale a shape is what fitting it does.
    ///
    /// # Errors
    /// `Fault::Input` if the text is not XML, there is no such element, its data are damaged, or it encloses nothing; `Fault::Limit`
    /// if the text is larger than a MiB or the outline has more than 20,000 points.
    pub fn from_svg(name: &str, text: &str) -> Result<Self> {
        if text.len() > MOST_BYTES {
            return Err(Error::limit(format!("{name}: {} bytes, allowed are {MOST_BYTES}", text.len())));
        }
        let rings = svg::rings(text);
        Self::from_rings(name, rings.map_err(|e| e.context(name))?)
    }

    /// From rings of points.
    ///
    /// # Errors
    /// `Fault::Input` if a point is not finite or the rings enclose nothing.
    pub fn from_rings(name: &str, mut rings: Vec<Vec<V2>>) -> Result<Self> {
        if rings.iter().flatten().flatten().any(|v| !(v.is_finite() && v.abs() < 1e9)) {
            return Err(Error::input(format!("{name}: a coordinate is not a number, or beyond 1e9")));
        }
        let points = || rings.iter().flatten();
        let [low, high] = [f64::min, f64::max].map(|f| [0, 1].map(|k| points().map(|p| p[k]).reduce(f).unwrap_or(0.0)));
        let extent = (high[0] - low[0]).max(high[1] - low[1]);
        if extent <= 0.0 {
            return Err(Error::input(format!("{name}: the shape encloses nothing")));
        }
        for ring in &mut rings {
            ring.iter_mut().for_each(|p| *p = [0, 1].map(|k| (p[k] - low[k]) / extent));
            let mut kept = douglas_peucker(ring, true, FINE).into_iter();
            ring.retain(|_| kept.next().unwrap_or(true));
        }
        rings.retain(|ring| ring.len() >= 3);
        if super::spans::even_odd_area(&rings) < 1e-6 {
            return Err(Error::input(format!("{name}: the shape encloses nothing")));
        }
        Ok(Self { name: name.into(), rings })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its rings; the longer side of the box around them is 1.
    pub fn rings(&self) -> &[Vec<[f64; 2]>] {
        &self.rings
    }

    pub(super) fn template(&self, matcher: &Matcher) -> Option<Template> {
        Template::new(ShapeClass::User, Form::Polygon, &self.rings, matcher)
    }
}
