//! Differences to the picture, against SciPy's triangulation and NumPy's least squares (`reference/region`).

use std::path::Path;

use scumble_image::Canvas;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    width: usize,
    height: usize,
    levels: Vec<u8>,
    points: Vec<[f32; 2]>,
    triangles: usize,
    flat: f64,
    linear: f64,
}

#[test]
fn differences_are_those_of_least_squares() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/region/tessellate.json");
    let reference: Reference = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let values = reference.levels.iter().map(|level| f32::from(*level) / 255.0).collect();
    let source = Canvas::new(reference.width, reference.height, values).unwrap();
    for (colour, wanted) in [(FacetColour::Flat, reference.flat), (FacetColour::Linear, reference.linear)] {
        let params = LowPolyParams { count: 1, colour, passes: 0, least_angle: 0.0, work_px: 96, seed: 0 };
        let report = LowPoly::with_points(&source, &reference.points, params).unwrap().report();
        assert_eq!(report.triangles, reference.triangles);
        let sse = report.mse * (reference.levels.len() as f64 * 255.0 * 255.0);
        // Both sum in double precision.
        assert!((sse / wanted - 1.0).abs() < 1e-9, "{colour:?}: {sse} {wanted}");
    }
}
