//! Strokes as numbers that can be changed a little.

use crate::painting::{Colour, Geometry, Point, Stroke};

/// Corners of the polygon that stands for an ellipse.
const ROUND: usize = 24;
/// Segments of a curve (CompVis/brushstroke-parameterized-style-transfer), and of each piece of a spline.
const CURVE: usize = 10;
const PIECE: usize = 4;

/// What the numbers of a mark mean. Coordinates and sizes are pixels of the renderer.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// Corners of a closed outline: x, y of each.
    Corners(usize),
    /// Centre x, y, half sizes, angle of something that fills a turned rectangle.
    Oriented { around: Around, upright: bool, even: bool },
    /// Control points x, y of each, then the width at the start and at the end.
    Path { points: usize, spline: bool, tapered: bool },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Around {
    Rectangle,
    /// A superellipse with its exponent; an ellipse has 2.
    Oval(f64),
}

/// What a number of a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// A coordinate in pixels.
    Place,
    /// A half size or width in pixels.
    Size,
    /// An angle in radians.
    Angle,
}

/// A stroke as the renderer knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    form: Form,
    /// Its geometry's numbers, in pixels and radians.
    pub values: Vec<f64>,
    /// Red, green, blue, 0 to 1.
    pub colour: [f64; 3],
    /// Opacity, 0 to 1.
    pub alpha: f64,
}

/// The derivatives of a loss by the numbers of a [`Mark`].
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// By [`Mark::values`].
    pub values: Vec<f64>,
    /// By [`Mark::colour`].
    pub colour: [f64; 3],
    /// By [`Mark::alpha`].
    pub alpha: f64,
}

/// A corner of an outline, or a point of a path with the half width there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Node {
    pub x: f64,
    pub y: f64,
    pub r: f64,
}

impl Mark {
    /// A stroke in pixels, of `scale` a unit of the frame.
    pub fn new(stroke: &Stroke, scale: [f64; 2]) -> Self {
        let place = |p: &Point| [f64::from(p[0]) * scale[0], f64::from(p[1]) * scale[1]];
        let places = |points: &[Point]| -> Vec<f64> { points.iter().flat_map(place).collect() };
        let unit = unit(scale);
        let size = |v: f32| f64::from(v) * unit;
        let oriented = |around, centre: &Point, half: [f32; 2], angle: f32, turns: bool| {
            let [x, y] = place(centre);
            let upright = angle == 0.0 && !turns;
            let form = Form::Oriented { around, upright, even: upright && half[0] == half[1] };
            (form, vec![x, y, size(half[0]), size(half[1]), f64::from(angle)])
        };
        let path = |points: &[Point], widths: [f32; 2], spline: bool, tapered: bool| {
            let mut values = places(points);
            values.extend(widths.map(size));
            (Form::Path { points: points.len(), spline, tapered }, values)
        };
        let (form, values) = match &stroke.geometry {
            Geometry::Triangle { points } => (Form::Corners(3), places(points)),
            Geometry::Polygon { points } => (Form::Corners(points.len()), places(points)),
            Geometry::Rectangle { centre, half, angle } => oriented(Around::Rectangle, centre, *half, *angle, false),
            Geometry::Ellipse { centre, radii, angle } => oriented(Around::Oval(2.0), centre, *radii, *angle, false),
            Geometry::Superellipse { centre, radii, exponent, angle } => {
                oriented(Around::Oval(f64::from(*exponent)), centre, *radii, *angle, false)
            }
            Geometry::Stamp { centre, angle, length, width } => {
                oriented(Around::Rectangle, centre, [length / 2.0, width / 2.0], *angle, true)
            }
            Geometry::Line { points, width } => path(points, [*width; 2], false, false),
            Geometry::Curve { points, widths } => path(points, *widths, false, widths[0] != widths[1]),
            Geometry::Spline { points, width } => path(points, [*width; 2], true, false),
        };
        Self { form, values, colour: stroke.colour.map(f64::from), alpha: f64::from(stroke.alpha) }
    }

    /// Writes the numbers back into the stroke that the mark was made from.
    pub fn write(&self, stroke: &mut Stroke, scale: [f64; 2]) {
        let unit = unit(scale);
        let v = &self.values;
        let place = |i: usize| [(v[2 * i] / scale[0]) as f32, (v[2 * i + 1] / scale[1]) as f32];
        let size = |i: usize| (v[i] / unit).max(0.0) as f32;
        let width = |points: usize| size(2 * points);
        let turn = || v[4] as f32;
        let write = |points: &mut [Point]| points.iter_mut().enumerate().for_each(|(i, p)| *p = place(i));
        match &mut stroke.geometry {
            Geometry::Triangle { points } => write(points),
            Geometry::Polygon { points } => write(points),
            Geometry::Rectangle { centre, half: sizes, angle }
            | Geometry::Ellipse { centre, radii: sizes, angle }
            | Geometry::Superellipse { centre, radii: sizes, angle, .. } => {
                (*centre, *sizes, *angle) = (place(0), [size(2), size(3)], turn());
            }
            Geometry::Stamp { centre, angle, length, width } => {
                (*centre, *angle, *length, *width) = (place(0), turn(), 2.0 * size(2), 2.0 * size(3));
            }
            Geometry::Line { points, width: w } => {
                write(points);
                *w = width(2);
            }
            Geometry::Curve { points, widths } => {
                write(points);
                *widths = [size(6), size(7)];
            }
            Geometry::Spline { points, width: w } => {
                write(points);
                *w = width(points.len());
            }
        }
        stroke.colour = self.colour.map(|v| v.clamp(0.0, 1.0) as f32) as Colour;
        stroke.alpha = self.alpha.clamp(0.0, 1.0) as f32;
    }

    /// What each of the values is.
    pub fn quantities(&self) -> Vec<Quantity> {
        (0..self.values.len())
            .map(|i| match self.form {
                Form::Oriented { .. } => match i {
                    0 | 1 => Quantity::Place,
                    2 | 3 => Quantity::Size,
                    _ => Quantity::Angle,
                },
                Form::Path { points, .. } if i >= 2 * points => Quantity::Size,
                _ => Quantity::Place,
            })
            .collect()
    }

    /// Whether it is a closed outline, and not a path.
    pub(super) fn is_closed(&self) -> bool {
        !matches!(self.form, Form::Path { .. })
    }

    /// Its corners in order, or the points along its path.
    pub(super) fn nodes(&self) -> Vec<Node> {
        let v = &self.values;
        match self.form {
            Form::Corners(_) => v.as_chunks().0.iter().map(|[x, y]| Node { x: *x, y: *y, r: 0.0 }).collect(),
            Form::Oriented { around, .. } => {
                let (sin, cos) = v[4].sin_cos();
                let node = |[a, b]: [f64; 2]| {
                    let (x, y) = (a * v[2], b * v[3]);
                    Node { x: v[0] + x * cos - y * sin, y: v[1] + x * sin + y * cos, r: 0.0 }
                };
                around.corners().into_iter().map(node).collect()
            }
            Form::Path { points, spline, .. } => {
                let mut nodes = Vec::new();
                along(points, spline, |t, weights| {
                    let mut node =
                        Node { r: (v[2 * points] * (1.0 - t) + v[2 * points + 1] * t) / 2.0, ..Node::default() };
                    for (i, weight) in weights {
                        node.x += weight * v[2 * i];
                        node.y += weight * v[2 * i + 1];
                    }
                    nodes.push(node);
                });
                nodes
            }
        }
    }

    /// The derivatives by the values, from those by the nodes.
    pub(super) fn pull(&self, nodes: &[Node]) -> Vec<f64> {
        let v = &self.values;
        let mut out = vec![0.0; v.len()];
        match self.form {
            Form::Corners(_) => {
                for (out, node) in out.as_chunks_mut().0.iter_mut().zip(nodes) {
                    *out = [node.x, node.y];
                }
            }
            Form::Oriented { around, upright, even } => {
                let (sin, cos) = v[4].sin_cos();
                for (node, [a, b]) in nodes.iter().zip(around.corners()) {
                    let (x, y) = (a * v[2], b * v[3]);
                    out[0] += node.x;
                    out[1] += node.y;
                    out[2] += a * (node.x * cos + node.y * sin);
                    out[3] += b * (node.y * cos - node.x * sin);
                    out[4] += node.x * (-x * sin - y * cos) + node.y * (x * cos - y * sin);
                }
                if upright {
                    out[4] = 0.0;
                }
                if even {
                    let both = (out[2] + out[3]) / 2.0;
                    (out[2], out[3]) = (both, both);
                }
            }
            Form::Path { points, spline, tapered } => {
                let mut at = nodes.iter();
                along(points, spline, |t, weights| {
                    let Some(node) = at.next() else { return };
                    out[2 * points] += node.r * (1.0 - t) / 2.0;
                    out[2 * points + 1] += node.r * t / 2.0;
                    for (i, weight) in weights {
                        out[2 * i] += weight * node.x;
                        out[2 * i + 1] += weight * node.y;
                    }
                });
                if !tapered {
                    let both = (out[2 * points] + out[2 * points + 1]) / 2.0;
                    (out[2 * points], out[2 * points + 1]) = (both, both);
                }
            }
        }
        out
    }
}

impl Around {
    /// Corners for half sizes of 1.
    fn corners(self) -> Vec<[f64; 2]> {
        match self {
            Self::Rectangle => vec![[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]],
            Self::Oval(exponent) => (0..ROUND)
                .map(|i| {
                    let (sin, cos) = (i as f64 / ROUND as f64 * std::f64::consts::TAU).sin_cos();
                    [cos, sin].map(|v| v.abs().powf(2.0 / exponent) * v.signum())
                })
                .collect(),
        }
    }
}

/// Tells the points along a path: how far along, and the weights of control points.
fn along(points: usize, spline: bool, mut tell: impl FnMut(f64, &[(usize, f64)])) {
    if !spline {
        let pieces = if points == 3 { CURVE } else { 1 };
        for j in 0..=pieces {
            let t = j as f64 / pieces as f64;
            let s = 1.0 - t;
            match points {
                3 => tell(t, &[(0, s * s), (1, 2.0 * s * t), (2, t * t)]),
                _ => tell(t, &[(0, s), (1, t)]),
            }
        }
        return;
    }
    let last = points.saturating_sub(1);
    let all = (last + 2) * PIECE;
    for j in 0..=all {
        // The end belongs to the last piece.
        let piece = (j / PIECE).min(last + 1);
        let t = (j - piece * PIECE) as f64 / PIECE as f64;
        let s = 1.0 - t;
        let weights = [
            s * s * s / 6.0,
            (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
            (3.0 * s * s * s - 6.0 * s * s + 4.0) / 6.0,
            t * t * t / 6.0,
        ];
        let at = |k: usize| ((piece + k).saturating_sub(2)).min(last);
        tell(j as f64 / all as f64, &[0, 1, 2, 3].map(|k| (at(k), weights[k])));
    }
}

/// Pixels a unit of the frame, for sizes.
fn unit(scale: [f64; 2]) -> f64 {
    (scale[0] * scale[1]).sqrt()
}
