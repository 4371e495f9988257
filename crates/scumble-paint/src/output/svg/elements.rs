//! One stroke as one SVG element, without its closing `/>`.

use std::fmt::{Result, Write};

use super::{Fill, Hex, Number, superellipse};
use crate::painting::{Colour, Geometry, Point, Ramp, Stroke};
use crate::raster::flatten::{self, Detail};

/// How fine curves that SVG lacks are written: for pictures of twice the frame's size.
const DETAIL: Detail = Detail { unit: 2.0, tolerance: 0.05 };

/// Lines up to this many pixels wide are written as what they cover: viewers that draw as Skia does, many browsers and resvg, take strokes of a
/// pixel or less for hairlines and fade them, which is not what the line covers.
const HAIRLINE: f32 = 1.0;

/// A ramp's definition.
pub(super) fn ramp(number: usize, start: Colour, ramp: &Ramp, text: &mut String) -> Result {
    let [x1, y1, x2, y2] = [ramp.from[0], ramp.from[1], ramp.to[0], ramp.to[1]].map(Number);
    let (start, end) = (Hex(start), Hex(ramp.colour));
    write!(
        text,
        r#"<linearGradient id="r{number}" gradientUnits="userSpaceOnUse" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">"#
    )?;
    writeln!(text, r#"<stop stop-color="{start}"/><stop offset="1" stop-color="{end}"/></linearGradient>"#)
}

/// A stroke's element, in an SVG that has `scale` pixels a unit of the frame.
pub(super) fn element(stroke: &Stroke, paint: Fill, scale: f32, text: &mut String) -> Result {
    match &stroke.geometry {
        Geometry::Triangle { points } => polygon(points, stroke, paint, text),
        Geometry::Polygon { points } => polygon(points, stroke, paint, text),
        Geometry::Rectangle { centre, half, angle } => rectangle(*centre, *half, *angle, stroke, paint, text),
        Geometry::Stamp { centre, angle, length, width } => {
            rectangle(*centre, [length / 2.0, width / 2.0], *angle, stroke, paint, text)
        }
        Geometry::Ellipse { centre, radii, angle } => ellipse(*centre, *radii, *angle, stroke, paint, text),
        Geometry::Superellipse { centre, radii, exponent, angle } if *exponent >= 1.0 => {
            let path = superellipse::path(*centre, *radii, *exponent, *angle);
            write!(text, r#"<path d="M{}"#, At(path[0]))?;
            for [a, b, c] in path[1..].as_chunks().0 {
                write!(text, "C{} {} {}", At(*a), At(*b), At(*c))?;
            }
            text.push('"');
            fill(stroke, paint, text)
        }
        Geometry::Superellipse { centre, radii, exponent, angle } => {
            let mut points = Vec::new();
            flatten::superellipse(*centre, *radii, *exponent, *angle, DETAIL, &mut points);
            polygon(&points, stroke, paint, text)
        }
        Geometry::Line { points, width } if width.abs() * scale <= HAIRLINE => {
            thin(*points, *width, stroke, paint, text)
        }
        Geometry::Line { points: [a, b], width } => {
            let [x1, y1, x2, y2] = [a[0], a[1], b[0], b[1]].map(Number);
            write!(text, r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}""#)?;
            pen(*width, stroke, paint, text)
        }
        Geometry::Curve { points, widths } if widths[0] == widths[1] => {
            let [a, b, c] = points.map(At);
            write!(text, r#"<path d="M{a}Q{b} {c}""#)?;
            pen(widths[0], stroke, paint, text)
        }
        Geometry::Curve { points, widths } => tapered(points, *widths, stroke, paint, text),
        Geometry::Spline { points, width } => spline(points, *width, stroke, paint, text),
    }
}

/// A point, as `x y`.
struct At(Point);

impl std::fmt::Display for At {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> Result {
        write!(f, "{} {}", Number(self.0[0]), Number(self.0[1]))
    }
}

/// A share with four decimals.
fn share(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

fn fill(stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    write!(text, r#" fill="{paint}""#)?;
    if stroke.alpha < 1.0 {
        write!(text, r#" fill-opacity="{}""#, share(stroke.alpha))?;
    }
    Ok(())
}

fn pen(width: f32, stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let width = Number(width.abs());
    write!(text, r#" fill="none" stroke="{paint}" stroke-width="{width}" stroke-linecap="round""#)?;
    text.push_str(r#" stroke-linejoin="round""#);
    if stroke.alpha < 1.0 {
        write!(text, r#" stroke-opacity="{}""#, share(stroke.alpha))?;
    }
    Ok(())
}

fn turn(centre: Point, angle: f32, text: &mut String) -> Result {
    if angle != 0.0 {
        let [x, y] = centre.map(Number);
        write!(text, r#" transform="rotate({} {x} {y})""#, Number(angle.to_degrees() % 360.0))?;
    }
    Ok(())
}

fn polygon(points: &[Point], stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    text.push_str(r#"<polygon points=""#);
    for (i, point) in points.iter().enumerate() {
        write!(text, "{}{}", if i == 0 { "" } else { " " }, At(*point))?;
    }
    text.push('"');
    if points.len() > 3 {
        text.push_str(r#" fill-rule="evenodd""#);
    }
    fill(stroke, paint, text)
}

fn rectangle(centre: Point, half: [f32; 2], angle: f32, stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let half = half.map(f32::abs);
    let [x, y, width, height] = [centre[0] - half[0], centre[1] - half[1], half[0] * 2.0, half[1] * 2.0].map(Number);
    write!(text, r#"<rect x="{x}" y="{y}" width="{width}" height="{height}""#)?;
    turn(centre, angle, text)?;
    fill(stroke, paint, text)
}

fn ellipse(centre: Point, radii: [f32; 2], angle: f32, stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let ([x, y], [a, b]) = (centre.map(Number), radii.map(f32::abs));
    if a == b {
        write!(text, r#"<circle cx="{x}" cy="{y}" r="{}""#, Number(a))?;
    } else {
        write!(text, r#"<ellipse cx="{x}" cy="{y}" rx="{}" ry="{}""#, Number(a), Number(b))?;
        turn(centre, angle, text)?;
    }
    fill(stroke, paint, text)
}

/// A line as the area that it covers: its long sides, and half a circle around each end.
fn thin([a, b]: [Point; 2], width: f32, stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let r = width.abs() / 2.0;
    let length = (b[0] - a[0]).hypot(b[1] - a[1]);
    let across = if length > 0.0 { [(a[1] - b[1]) / length, (b[0] - a[0]) / length] } else { [0.0, 1.0] };
    let beside = |p: Point, r: f32| At([p[0] + across[0] * r, p[1] + across[1] * r]);
    let (radius, [left, right]) = (Number(r), [r, -r]);
    write!(text, r#"<path d="M{}A{radius} {radius} 0 0 1 {}"#, beside(a, left), beside(a, right))?;
    write!(text, r#"L{}A{radius} {radius} 0 0 1 {}Z""#, beside(b, right), beside(b, left))?;
    fill(stroke, paint, text)
}

/// A curve whose width changes: the parts of its pen's way, all turning the same way, filled as one.
fn tapered(points: &[Point; 3], widths: [f32; 2], stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let mut path = Vec::new();
    flatten::quadratic(points, DETAIL, |p, t| path.push((p, (widths[0] + (widths[1] - widths[0]) * t).abs() / 2.0)));
    text.push_str(r#"<path d=""#);
    for (p, r) in &path {
        let (left, right, radius) = (At([p[0] - r, p[1]]), At([p[0] + r, p[1]]), Number(*r));
        write!(text, "M{left}A{radius} {radius} 0 0 0 {right}A{radius} {radius} 0 0 0 {left}Z")?;
    }
    for [(a, ar), (b, br)] in path.array_windows() {
        let length = (b[0] - a[0]).hypot(b[1] - a[1]).max(f32::MIN_POSITIVE);
        let across = [(a[1] - b[1]) / length, (b[0] - a[0]) / length];
        let beside = |p: &Point, r: f32| At([p[0] + across[0] * r, p[1] + across[1] * r]);
        write!(text, "M{}L{} {} {}Z", beside(a, *ar), beside(b, *br), beside(b, -br), beside(a, -ar))?;
    }
    text.push('"');
    fill(stroke, paint, text)
}

/// A uniform B-spline's pieces as Bézier curves.
fn spline(points: &[Point], width: f32, stroke: &Stroke, paint: Fill, text: &mut String) -> Result {
    let last = points.len().saturating_sub(1);
    let mix = |a: Point, b: Point, share: f32| [0, 1].map(|i| a[i] + (b[i] - a[i]) * share);
    let at = |i: usize| points[i.saturating_sub(2).min(last)];
    write!(text, r#"<path d="M{}"#, At(at(0)))?;
    for piece in 0..last + 2 {
        let [b, c, d] = [1, 2, 3].map(|k| at(piece + k));
        let end = mix(mix(b, c, 2.0 / 3.0), mix(c, d, 1.0 / 3.0), 0.5);
        write!(text, "C{} {} {}", At(mix(b, c, 1.0 / 3.0)), At(mix(b, c, 2.0 / 3.0)), At(end))?;
    }
    text.push('"');
    pen(width, stroke, paint, text)
}
