//! Lines between regions.

use scumble_paint::painting::{Geometry, Painting, Point};

use super::level::{layer, push};
use crate::params::{Kind, RegionsParams};

/// Lead is a half cylinder: from its dark sides to its ridge, three lines, each with its share of the width, by how much it lies
/// towards the light at the upper left, of the width too, and how much lighter it is, as a share of the way to white.
const LEAD: [(&str, f32, f32, f32); 3] =
    [("lead", 1.0, 0.0, 0.0), ("rounding", 0.62, 0.07, 0.09), ("ridge", 0.22, 0.13, 0.22)];
/// Corners of a line that are laid as one stroke.
const CORNERS: usize = 300;

/// Lays lines along polylines, in the parameters' width and colour; those between panes of glass are half round, as lead is.
pub(super) fn lay(painting: &mut Painting, lines: &[Vec<Point>], params: &RegionsParams) {
    let width = params.outline as f32 * painting.unit();
    if width <= 0.0 {
        return;
    }
    let colour = params.outline_colour.0.map(|level| f32::from(level) / 255.0);
    let plain = [("lines", 1.0, 0.0, 0.0)];
    let coats = if params.kind == Kind::Glass { &LEAD[..] } else { &plain[..] };
    for (name, share, towards, lighter) in coats {
        let on = layer(painting, name);
        let colour = colour.map(|v| v + (1.0 - v) * lighter);
        for points in lines.iter().flat_map(|line| pieces(line)) {
            // The spline of points that are there three times is the line through them.
            let points = points.iter().flat_map(|p| [p.map(|v| v - towards * width); 3]).collect();
            push(painting, on, Geometry::Spline { points, width: share * width }, colour);
        }
    }
}

/// A line in parts, each of which begins where the one before ends.
fn pieces(line: &[Point]) -> impl Iterator<Item = &[Point]> {
    let count = line.len().saturating_sub(1).div_ceil(CORNERS);
    (0..count).map(move |i| &line[i * CORNERS..((i + 1) * CORNERS + 1).min(line.len())])
}
