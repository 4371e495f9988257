//! Small tiles for gaps between larger ones.

use scumble_paint::raster::{Scan, Span};

use super::super::polygon::Polygon;
use super::cut::Tile;
use super::distance::{Distance, Field};

/// By how much a small tile is larger than the circle that fits a gap.
const STRETCH: f64 = 1.2;

/// A small tile for the middle of each gap between tiles, edges and the frame, with grout of width `gap` around it; the largest of
/// those that would meet.
pub(super) fn fillers(
    tiles: &[Option<Polygon>],
    edges: &[bool],
    field: &Field,
    size: [usize; 2],
    gap: f64,
) -> Vec<Tile> {
    let [width, height] = size;
    let mut covered = edges.to_vec();
    let mut scan = Scan::new(width, 0..height, 1, [1.0; 2]);
    let mut spans: Vec<Span> = Vec::new();
    for polygon in tiles.iter().flatten() {
        scan.polygon(&polygon.points());
        scan.spans(&mut spans);
        for span in &spans {
            let row = span.y as usize * width;
            covered[row + span.start as usize..row + span.end as usize].fill(true);
        }
    }
    let distance = Distance::new(&covered, size);
    let values = distance.values();
    // Where the distance is at its largest near by, from the largest on.
    let mut middles: Vec<usize> = (0..values.len()).filter(|i| is_peak(values, width, *i)).collect();
    middles.sort_by(|a, b| values[*b].total_cmp(&values[*a]).then(a.cmp(b)));
    let mut out: Vec<Tile> = Vec::new();
    let mut taken = vec![false; values.len()];
    for i in middles {
        if taken[i] {
            continue;
        }
        let (x, y) = (i % width, i / width);
        let at = [x as f64 + 0.5, y as f64 + 0.5];
        // Half of the grout is left by the others; edges and covered pixels reach half a pixel nearer than their middles.
        let radius = f64::from(values[i]) - 0.5;
        out.push(Tile { at, angle: field.angle(at), half: (radius - gap / 2.0).max(0.0) * STRETCH });
        let reach = (2.0 * radius).ceil() as usize;
        for v in y.saturating_sub(reach)..(y + reach + 1).min(height) {
            taken[v * width..][x.saturating_sub(reach)..(x + reach + 1).min(width)].fill(true);
        }
    }
    out
}

/// Whether no pixel beside one has a larger value.
fn is_peak(values: &[f32], width: usize, i: usize) -> bool {
    let (x, y, height) = (i % width, i / width, values.len() / width);
    let mut near = (y.saturating_sub(1)..(y + 2).min(height))
        .flat_map(|v| (x.saturating_sub(1)..(x + 2).min(width)).map(move |u| v * width + u));
    near.all(|j| values[j] <= values[i])
}
