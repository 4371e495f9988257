//! Polygons that fill a frame, and how they become a painting without seams.

use scumble_core::{Error, Result};
use scumble_paint::Painting;
use scumble_paint::painting::{Colour, Geometry, Layer, MOST_STROKES, Point, Ramp, Stroke};

use crate::plane::principal;

/// A polygon with its colour. Coordinates are those of the frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// Its corners, three or more, in order.
    pub points: Vec<Point>,
    /// For each side, from the corner of the same index to the next, the facet on its other side; none at the frame's border.
    pub beyond: Vec<Option<u32>>,
    /// Its colour at the mean of its corners. With a slope it may be a little beyond 0 to 1.
    pub colour: Colour,
    /// By how much red, green and blue change a unit of the frame along x and along y; the colour is even without.
    pub slope: Option<[[f32; 2]; 3]>,
}

impl Facet {
    /// The mean of the corners.
    pub fn middle(&self) -> Point {
        let count = self.points.len().max(1) as f32;
        [0, 1].map(|k| self.points.iter().map(|p| p[k]).sum::<f32>() / count)
    }

    /// The colour at a point, within 0 to 1.
    pub fn colour_at(&self, point: Point) -> Colour {
        let middle = self.middle();
        let [x, y] = [0, 1].map(|k| point[k] - middle[k]);
        let slope = self.slope.unwrap_or_default();
        [0, 1, 2].map(|c| (self.colour[c] + slope[c][0] * x + slope[c][1] * y).clamp(0.0, 1.0))
    }

    /// The area, by the shoelace formula.
    pub fn area(&self) -> f64 {
        let count = self.points.len();
        let cross = |i: usize| {
            let [p, q] = [self.points[i], self.points[(i + 1) % count]].map(|p| p.map(f64::from));
            p[0] * q[1] - p[1] * q[0]
        };
        (0..count).map(cross).sum::<f64>().abs() / 2.0
    }

    /// The slope reduced to its leading direction, the right singular vector of the matrix of slopes: of all gradients along one
    /// axis the one nearest to it. The colour at the first corner along it, and the ramp from there to the last; none of even
    /// colours.
    pub fn ramp(&self) -> Option<(Colour, Ramp)> {
        let slope = self.slope?.map(|row| row.map(f64::from));
        let sum = |i: usize, j: usize| slope.iter().map(|row| row[i] * row[j]).sum::<f64>();
        let ([largest, _], angle) = principal([sum(0, 0), sum(0, 1), sum(1, 1)]);
        if largest <= 0.0 {
            return None;
        }
        let (sin, cos) = angle.sin_cos();
        let middle = self.middle().map(f64::from);
        let along = |p: &Point| (f64::from(p[0]) - middle[0]) * cos + (f64::from(p[1]) - middle[1]) * sin;
        let ends = self.points.iter().map(along).fold([0.0f64, 0.0], |[a, b], t| [a.min(t), b.max(t)]);
        let place = |t: f64| [(middle[0] + t * cos) as f32, (middle[1] + t * sin) as f32];
        let colour = |t: f64| {
            [0, 1, 2].map(|c| {
                let rate = slope[c][0] * cos + slope[c][1] * sin;
                (f64::from(self.colour[c]) + t * rate).clamp(0.0, 1.0) as f32
            })
        };
        Some((colour(ends[0]), Ramp { from: place(ends[0]), to: place(ends[1]), colour: colour(ends[1]) }))
    }
}

/// A picture divided into facets.
#[derive(Debug, Clone, PartialEq)]
pub struct Tessellation {
    /// Width of the frame.
    pub width: f32,
    /// Height of the frame.
    pub height: f32,
    /// What lies below.
    pub background: Colour,
    /// The seed it was made with.
    pub seed: u64,
    /// The facets, which do not overlap.
    pub facets: Vec<Facet>,
}

impl Tessellation {
    /// The facets as strokes, in their order; those with a slope change along their [`Facet::ramp`].
    ///
    /// Two facets that both cover half a pixel at their common side would let a quarter of the ground through, a line along every
    /// side. So where facets touch there is a layer below: each once more, with a spike over each side to the middle of its
    /// neighbour. There the whole of a side's pixels is covered, by colours of its two facets; the facets themselves, laid over it,
    /// keep their outlines. No line shows in any size, neither here nor in a viewer of the SVG. (Spikes up to the neighbour's far
    /// corner would have edges of their own along its further sides, and leave a line of a third colour there.)
    ///
    /// # Errors
    /// `Fault::Limit` if there are more facets than a painting may have strokes.
    pub fn painting(&self) -> Result<Painting> {
        let touching = self.facets.iter().any(|facet| facet.beyond.iter().any(Option::is_some));
        check_strokes(self.facets.len() * if touching { 2 } else { 1 })?;
        let mut painting = Painting::new(self.width, self.height, self.background, self.seed);
        let facets = Layer { name: "facets".into(), ..painting.layers[0].clone() };
        let below = Layer { name: "below sides".into(), ..facets.clone() };
        painting.layers = if touching { vec![below, facets] } else { vec![facets] };
        let whole = || self.facets.iter().filter(|facet| facet.points.len() > 2);
        if touching {
            painting.strokes.extend(whole().map(|facet| facet.stroke(0, self.spiked(facet))));
        }
        painting.strokes.extend(whole().map(|facet| facet.stroke(usize::from(touching), facet.points.clone())));
        Ok(painting)
    }

    /// The corners of a facet, and between them spikes to the middles of its neighbours. These are convex, so that a spike stays
    /// within.
    fn spiked(&self, facet: &Facet) -> Vec<Point> {
        let mut out = Vec::with_capacity(2 * facet.points.len());
        for (i, point) in facet.points.iter().enumerate() {
            let beyond = facet.beyond.get(i).copied().flatten();
            out.push(*point);
            out.extend(beyond.and_then(|other| self.facets.get(other as usize)).map(Facet::depth));
        }
        out
    }
}

impl Facet {
    /// A point well within: of triangles the centre of the inscribed circle, of others the mean of the corners.
    fn depth(&self) -> Point {
        let [a, b, c] = self.points[..] else { return self.middle() };
        let length = |p: Point, q: Point| (p[0] - q[0]).hypot(p[1] - q[1]);
        let [u, v, w] = [length(b, c), length(c, a), length(a, b)];
        let sum = (u + v + w).max(f32::MIN_POSITIVE);
        [0, 1].map(|k| (u * a[k] + v * b[k] + w * c[k]) / sum)
    }

    /// A stroke with this facet's colour.
    fn stroke(&self, layer: usize, points: Vec<Point>) -> Stroke {
        let geometry = match points.as_slice() {
            [a, b, c] => Geometry::Triangle { points: [*a, *b, *c] },
            _ => Geometry::Polygon { points },
        };
        let (colour, ramp) = match self.ramp() {
            Some((start, ramp)) => (start, Some(ramp)),
            None => (self.colour.map(|v| v.clamp(0.0, 1.0)), None),
        };
        Stroke { layer, geometry, colour, alpha: 1.0, ramp }
    }
}

/// Refuses more strokes than a painting may have.
pub(crate) fn check_strokes(count: usize) -> Result<()> {
    if count <= MOST_STROKES {
        return Ok(());
    }
    let error = Error::limit(format!("{count} strokes are needed, a painting may have {MOST_STROKES}"));
    Err(error.hint("take fewer points or regions, or more room between lines and dots"))
}
