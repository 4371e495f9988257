//! Watercolour: washes on white paper, and lines over them.

use scumble_image::{Canvas, color};
use scumble_paint::Strokes;
use scumble_paint::painters::adaptive::AdaptiveParams;
use scumble_paint::painters::{Adaptive, HexColour, Tip};
use scumble_paint::painting::{Blend, Geometry, Painting};
use scumble_paint::strokes::StrokesParams;

use crate::adaptive;
use crate::shared::finish;

/// Dark left of x = 60, light right of it.
fn edge(light: f32) -> Canvas {
    let row = |i: usize| if i % 120 < 60 { [0.2, 0.3, 0.6] } else { [light; 3] };
    Canvas::new(120, 90, (0..120 * 90).flat_map(row).collect()).unwrap()
}

fn washes(picture: &Canvas) -> Painting {
    let params = AdaptiveParams {
        wash: true,
        brush: Tip::Round,
        alpha: 150,
        background: Some(HexColour([255; 3])),
        ..adaptive::params()
    };
    finish(&mut Adaptive::new(picture, None, params).unwrap())
}

/// Mean luma of the columns `from..to`.
fn mean(canvas: &Canvas, from: usize, to: usize) -> f32 {
    let inside = |(i, _): &(usize, &[f32; 3])| (from..to).contains(&(i % 120));
    let values: Vec<f32> =
        canvas.pixels().iter().enumerate().filter(inside).map(|(_, pixel)| color::luma(*pixel)).collect();
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn paper_stays_white_beside_dark_washes() {
    let painting = washes(&edge(1.0));
    assert!(painting.layers.iter().all(|layer| layer.blend == Blend::Multiply));
    let drawn = scumble_paint::draw(&painting, 120, 90).unwrap();
    let (dark, beside, white) = (mean(&drawn, 5, 50), mean(&drawn, 60, 66), mean(&drawn, 70, 120));
    assert!(dark < 0.5, "{dark}");
    assert!(beside > 0.9 && white > 0.995, "{beside} {white}");
}

#[test]
fn washes_rather_leave_light_than_make_it_dark() {
    let source = edge(0.8);
    let drawn = scumble_paint::draw(&washes(&source), 120, 90).unwrap();
    let (mut over, mut under) = (0.0, 0.0);
    for (pixel, aim) in drawn.pixels().iter().zip(source.pixels()) {
        let off = color::luma(*pixel) - color::luma(*aim);
        if off < 0.0 { over -= off } else { under += off }
    }
    assert!(over < under, "{over} too dark, {under} too light");
}

#[test]
fn lines_run_along_edges_over_a_painting() {
    let params = |outline: f64| -> StrokesParams {
        serde_json::from_value(serde_json::json!({
            "painter": "adaptive", "abstraction": 0.0, "detail": 0.5, "stroke_length": 1.0, "direction_smoothing": 1.0,
            "colour_smoothing": 0.0, "mix": 0.0, "seed": 1, "count": 10_000, "relax": 0, "refine": 0, "style_colours": "none",
            "style_steps": 0, "style_strength": 0.5,
            "palette_size": 8, "brush": "round", "alpha": 150, "wash": true, "background": "#ffffff", "jitter": 0.0,
            "jitter_hue": 0.0, "jitter_rgb": 0.0, "thickness": 0.0, "light": 0.0, "density": 0.5, "rim": 0.2, "grain": 0.0,
            "weave": 0.0, "radii": [20.0, 6.0], "threshold": 8.0, "tolerance": 0.1, "length": 3.0, "fineness": 2.0,
            "outline": outline, "work_px": 128
        }))
        .unwrap()
    };
    let with = |outline: f64| finish(&mut Strokes::new(&edge(0.9), None, None, params(outline)).unwrap());
    let (plain, lined) = (with(0.0), with(1.0));
    assert_eq!((plain.layers.len(), lined.layers.len()), (2, 3));
    let (below, lines) = lined.strokes.split_at(plain.strokes.len());
    assert_eq!(below, plain.strokes);
    assert!(!lines.is_empty());
    for line in lines {
        let points = match &line.geometry {
            Geometry::Line { points, .. } => points.to_vec(),
            Geometry::Spline { points, .. } => points.clone(),
            other => panic!("{other:?}"),
        };
        assert!(line.layer == 2 && points.iter().all(|p| (p[0] - 60.0).abs() < 5.0), "{points:?}");
        assert!(color::luma(line.colour) < 0.3);
    }
}
