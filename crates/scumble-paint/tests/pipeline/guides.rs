//! Curves drawn by hand.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::Strokes;
use scumble_paint::painting::{Geometry, Point, Stroke};
use serde_json::json;

use crate::params::{paint, params};

/// A curve from the top to the bottom, in a frame of 160×120.
fn curve() -> Vec<Point> {
    (0..=24).map(|i| [80.0 + 40.0 * (i as f32 / 24.0 * std::f32::consts::PI).sin(), 5.0 * i as f32]).collect()
}

/// The middle and the direction of a stroke longer than wide.
fn chord(stroke: &Stroke) -> Option<(Point, f32)> {
    let (a, b, width) = match &stroke.geometry {
        Geometry::Spline { points, width } => (points[0], *points.last()?, *width),
        Geometry::Line { points, width } => (points[0], points[1], *width),
        Geometry::Stamp { centre, angle, length, width } => return (length > width).then_some((*centre, *angle)),
        other => panic!("{other:?}"),
    };
    let [x, y] = [b[0] - a[0], b[1] - a[1]];
    (x.hypot(y) > width).then(|| ([(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0], y.atan2(x)))
}

/// Mean cosine of twice the angle between strokes and the curve where they are within 8 pixels of it: 1 along, −1 across.
fn agreement(strokes: &[Stroke]) -> f32 {
    let curve = curve();
    let mut found = Vec::new();
    for (middle, angle) in strokes.iter().filter_map(chord) {
        let away = |pair: &[Point; 2]| {
            (0..2).map(|k| ((pair[0][k] + pair[1][k]) / 2.0 - middle[k]).powi(2)).sum::<f32>().sqrt()
        };
        let nearest = curve.array_windows().min_by(|a, b| away(a).total_cmp(&away(b))).unwrap();
        if away(nearest) < 8.0 {
            let [a, b] = nearest;
            let along = (b[1] - a[1]).atan2(b[0] - a[0]);
            found.push((2.0 * (angle - along)).cos());
        }
    }
    assert!(found.len() > 5, "{} strokes", found.len());
    found.iter().sum::<f32>() / found.len() as f32
}

#[test]
fn strokes_follow_guides_across_a_flat_picture() {
    let source = Canvas::filled(160, 120, [0.35; 3]);
    for painter in ["layered", "adaptive", "short", "hatch"] {
        let of = |guides: serde_json::Value| {
            // On a working copy of half the size.
            let change = json!({
                "guides": guides, "background": "#ffffff", "work_px": 80, "radii": match painter {
                    "short" => json!([1.5, 2.0]),
                    "hatch" => json!([0.6]),
                    _ => json!([3.0]),
                },
            });
            // The first layer of hatching runs along, others cross it.
            let strokes = paint(&source, params(painter, change)).strokes;
            agreement(&strokes.into_iter().filter(|stroke| stroke.layer == 0).collect::<Vec<_>>())
        };
        let (plain, guided) = (of(json!([])), of(json!([{ "points": curve(), "strength": 1.0 }])));
        assert!(guided > 0.85 && plain < 0.6, "{painter}: {plain} {guided}");
    }
}

#[test]
fn what_is_no_guide_is_refused() {
    let source = Canvas::filled(40, 30, [0.5; 3]);
    let refused = |painter, guides| {
        let error = Strokes::new(&source, None, None, params(painter, json!({ "guides": guides }))).err().unwrap();
        assert_eq!(error.fault(), Fault::Parameter);
        error.to_string()
    };
    let guide = |count: usize| json!({ "points": vec![[1.0, 2.0]; count], "strength": 1.0 });
    assert!(refused("layered", json!([guide(1)])).contains("1 points"));
    assert!(refused("adaptive", json!([guide(6000), guide(6000)])).contains("12000 points"));
    assert!(refused("hatch", json!([{ "points": [[0, 0], [9, 9]], "strength": -1.0 }])).contains("-1"));
    assert!(refused("moments", json!([guide(2)])).contains("moments"));
}
