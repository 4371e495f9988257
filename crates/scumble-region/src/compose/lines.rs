//! Lines between regions.

use scumble_paint::painting::{Geometry, Painting, Point};

use super::level::{layer, push};
use crate::params::{Kind, RegionsParams};

/// The bright middle of a lead line: its width as a share of the line's, and by how much it is lighter.
const RIDGE: [f32; 2] = [0.35, 0.22];

/// Lays lines along polylines, in the parameters' width and colour; lines of lead have a bright middle, as if half round.
pub(super) fn lay(painting: &mut Painting, lines: &[Vec<Point>], params: &RegionsParams) {
    let width = params.outline as f32 * painting.unit();
    if width <= 0.0 {
        return;
    }
    let colour = params.outline_colour.0.map(|level| f32::from(level) / 255.0);
    let lines_layer = layer(painting, "lines");
    let mut lay = |width: f32, colour: [f32; 3]| {
        for [a, b] in lines.iter().flat_map(|line| line.array_windows()) {
            push(painting, lines_layer, Geometry::Line { points: [*a, *b], width }, colour);
        }
    };
    lay(width, colour);
    if params.kind == Kind::Glass {
        lay(RIDGE[0] * width, colour.map(|v| v + RIDGE[1]));
    }
}
