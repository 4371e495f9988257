//! The outline in an SVG file.

use roxmltree::{Document, ParsingOptions};
use scumble_core::{Error, Result};
use svgtypes::{PointsParser, SimplePathSegment, SimplifyingPathParser};

use super::super::V2;

/// Segments of a curve.
const SEGMENTS: usize = 16;
/// The most points of an outline.
const MOST: usize = 20_000;
/// The most elements, attributes and texts of a file.
const NODES: u32 = 1 << 20;

/// The rings of the first path or polygon that has any data; those left open are closed.
pub(super) fn rings(text: &str) -> Result<Vec<Vec<V2>>> {
    // Drawing programs write a document type.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|e| Error::input(format!("not an SVG file: {e}")).hint("save the shape as plain SVG"))?;
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        let attribute = |name: &str| element.attribute(name);
        match element.tag_name().name() {
            "path" => {
                if let Some(data) = attribute("d") {
                    return path(data);
                }
            }
            "polygon" => {
                if let Some(points) = attribute("points") {
                    let ring: Vec<V2> = PointsParser::from(points).take(MOST + 1).map(|(x, y)| [x, y]).collect();
                    return if ring.len() > MOST { Err(too_many()) } else { Ok(vec![ring]) };
                }
            }
            _ => {}
        }
    }
    Err(Error::input("no <path> with data and no <polygon> with points")
        .hint("convert the shape to a path before it is saved"))
}

/// The rings of path data.
fn path(data: &str) -> Result<Vec<Vec<V2>>> {
    let mut rings: Vec<Vec<V2>> = Vec::new();
    let (mut at, mut points) = ([0.0; 2], 0);
    for segment in SimplifyingPathParser::from(data) {
        let segment = segment.map_err(|e| Error::input(format!("path data cannot be read: {e}")))?;
        let new = match segment {
            SimplePathSegment::MoveTo { x, y } => {
                rings.push(Vec::new());
                vec![[x, y]]
            }
            SimplePathSegment::LineTo { x, y } => vec![[x, y]],
            SimplePathSegment::CurveTo { x1, y1, x2, y2, x, y } => curve(|t| {
                let s = 1.0 - t;
                let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
                mixed(weights, [at, [x1, y1], [x2, y2], [x, y]])
            }),
            SimplePathSegment::Quadratic { x1, y1, x, y } => curve(|t| {
                let s = 1.0 - t;
                mixed([s * s, 2.0 * s * t, t * t], [at, [x1, y1], [x, y]])
            }),
            SimplePathSegment::ClosePath => Vec::new(),
        };
        points += new.len();
        if points > MOST {
            return Err(too_many());
        }
        at = new.last().copied().unwrap_or(at);
        if let Some(ring) = rings.last_mut() {
            ring.extend(new);
        }
    }
    Ok(rings)
}

fn too_many() -> Error {
    Error::limit(format!("the outline has more than {MOST} points"))
}

fn curve(point: impl Fn(f64) -> V2) -> Vec<V2> {
    (1..=SEGMENTS).map(|i| point(i as f64 / SEGMENTS as f64)).collect()
}

fn mixed<const N: usize>(weights: [f64; N], points: [V2; N]) -> V2 {
    [0, 1].map(|k| weights.iter().zip(&points).map(|(weight, point)| weight * point[k]).sum())
}
