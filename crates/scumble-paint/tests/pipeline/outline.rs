//! Pencil lines over paintings.

use scumble_image::{Canvas, color};
use scumble_paint::painting::Geometry;
use serde_json::json;

use crate::params::{paint, params};

#[test]
fn lines_run_along_edges_over_a_painting() {
    let row = |i: usize| if i % 120 < 60 { [0.2, 0.3, 0.6] } else { [0.9; 3] };
    let source = Canvas::new(120, 90, (0..120 * 90).flat_map(row).collect()).unwrap();
    let with = |outline: f64| paint(&source, params("adaptive", json!({ "outline": outline })));
    let (plain, lined) = (with(0.0), with(1.0));
    assert_eq!((plain.layers.len(), lined.layers.len()), (3, 4));
    let (below, lines) = lined.strokes.split_at(plain.strokes.len());
    assert_eq!(below, plain.strokes);
    assert!(!lines.is_empty());
    for line in lines {
        let points = match &line.geometry {
            Geometry::Line { points, .. } => points.to_vec(),
            Geometry::Spline { points, .. } => points.clone(),
            other => panic!("{other:?}"),
        };
        assert!(line.layer == 3 && points.iter().all(|p| (p[0] - 60.0).abs() < 5.0), "{points:?}");
        assert!(color::luma(line.colour) < 0.3);
    }
}
