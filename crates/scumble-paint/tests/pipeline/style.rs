//! What a style picture gives a painting.

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::Strokes;
use scumble_paint::painting::{BrushKind, Geometry, Painting};
use serde_json::json;

use crate::common::picture;
use crate::params::{drawn, paint, paint_after, params};

/// Stripes of some colours.
fn stripes(width: usize, height: usize, colours: &[[f32; 3]], each: usize) -> Canvas {
    let pixels = (0..width * height).flat_map(|i| colours[i % width / each % colours.len()]);
    Canvas::new(width, height, pixels.collect()).unwrap()
}

fn mean(picture: &Canvas) -> [f32; 3] {
    let count = picture.pixels().len() as f32;
    [0, 1, 2].map(|c| picture.pixels().iter().map(|pixel| pixel[c]).sum::<f32>() / count)
}

fn distance(a: [f32; 3], b: [f32; 3]) -> f32 {
    (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f32>().sqrt()
}

#[test]
fn transfer_takes_the_mean_colour_over() {
    let source = picture(120, 90);
    let style = stripes(200, 150, &[[0.7, 0.35, 0.2], [0.6, 0.3, 0.35], [0.8, 0.45, 0.25]], 20);
    for painter in ["layered", "adaptive", "moments", "short"] {
        let painted = |colours: &str| {
            mean(&drawn(&paint_after(&source, &style, params(painter, json!({ "style_colours": colours })))))
        };
        let (own, taken) = (distance(painted("none"), mean(&style)), distance(painted("transfer"), mean(&style)));
        assert!(own > 0.2 && taken < 0.04, "{painter}: {own} {taken}");
    }
}

#[test]
fn a_style_of_three_colours_gives_those_three() {
    let source = picture(60, 40);
    let colours = [[20, 40, 90], [200, 170, 60], [240, 235, 220]].map(|c: [u8; 3]| c.map(|v| f32::from(v) / 255.0));
    for (size, each) in [(90, 10), (700, 13)] {
        let style = stripes(size, size, &colours, each);
        for count in [3, 8] {
            let change = json!({ "style_colours": "palette", "palette_size": count });
            let painting = paint_after(&source, &style, params("layered", change));
            assert_eq!(painting.palette, colours, "{size} pixels, {count} colours");
        }
    }
}

/// Width of strokes, the median.
fn width(painting: &Painting) -> f32 {
    let of = |geometry: &Geometry| match geometry {
        Geometry::Spline { width, .. } | Geometry::Line { width, .. } | Geometry::Stamp { width, .. } => *width,
        other => panic!("{other:?}"),
    };
    let mut widths: Vec<f32> = painting.strokes.iter().map(|stroke| of(&stroke.geometry)).collect();
    widths.sort_by(f32::total_cmp);
    widths[widths.len() / 2]
}

#[test]
fn strokes_are_as_wide_as_the_styles_marks() {
    let source = picture(160, 120);
    let [fine, broad] = [5, 16].map(|each| stripes(256, 256, &[[0.8; 3], [0.2; 3]], each));
    for painter in ["layered", "adaptive", "moments", "short"] {
        let after = |style, strokes: bool| {
            let change = json!({ "style_strokes": strokes, "style_colours": "none" });
            paint_after(&source, style, params(painter, change))
        };
        let plain = paint(&source, params(painter, json!({})));
        assert!(after(&fine, false) == plain, "{painter}");
        let (narrow, wide) = (after(&fine, true), after(&broad, true));
        assert!(width(&wide) > 1.15 * width(&narrow), "{painter}: {} {}", width(&narrow), width(&wide));
        assert!(wide.strokes.len() < narrow.strokes.len(), "{painter}");
    }
    // Lines of a pencil are no marks of paint.
    let hatched = |style| paint_after(&source, style, params("hatch", json!({ "style_strokes": true })));
    assert!(hatched(&fine) == hatched(&broad));
    // A style without marks changes nothing.
    let flat = Canvas::filled(50, 50, [0.5; 3]);
    let change = json!({ "style_strokes": true, "style_colours": "none" });
    assert!(paint_after(&source, &flat, params("layered", change)) == paint(&source, params("layered", json!({}))));
}

/// Streaks of a bristle brush at an angle, bending a little, fading along.
fn bristles(side: usize, angle: f32) -> Canvas {
    let mut next = crate::common::noise(5);
    let lanes: Vec<f32> = (0..side).map(|_| next() as f32 - 0.5).collect();
    let (sin, cos) = angle.sin_cos();
    let value = |i: usize| {
        let (x, y) = ((i % side) as f32, (i / side) as f32);
        let along = x * cos + y * sin;
        let across = y * cos - x * sin + 6.0 * (along / 60.0).sin() + side as f32;
        let lane = |k: usize| lanes[k % side];
        let (k, t) = ((across / 4.0) as usize, (across / 4.0).fract());
        0.5 + 0.3 * (lane(k) + t * (lane(k + 1) - lane(k))) * (1.0 + 0.2 * (along / 25.0).sin())
    };
    Canvas::new(side, side, (0..side * side).flat_map(|i| [value(i); 3]).collect()).unwrap()
}

#[test]
fn a_styles_streaks_run_along_the_strokes() {
    let source = picture(60, 40);
    let change = json!({ "style_brush": true, "style_colours": "none" });
    for painter in ["layered", "adaptive", "moments", "short"] {
        let own = paint(&source, params(painter, json!({})));
        let painting = paint_after(&source, &bristles(300, 0.9), params(painter, change.clone()));
        assert!(painting.strokes == own.strokes, "{painter}");
        for brush in &painting.brushes {
            let BrushKind::Texture { alpha, width } = &brush.kind else { panic!("{painter}: {:?}", brush.kind) };
            let rows = alpha.len() / width;
            // Without the ends and sides, which are of the brush's own making.
            let (mut along, mut across) = (0.0, 0.0);
            for y in rows / 6..rows - rows / 6 {
                for x in width / 4..width - width / 4 {
                    along += (alpha[y * width + x + 1] - alpha[y * width + x]).abs();
                    across += (alpha[(y + 1) * width + x] - alpha[y * width + x]).abs();
                }
            }
            assert!(across > 4.0 * along && along > 0.0, "{painter}: {along} {across}");
            let inner = alpha[rows / 2 * width + width / 4..][..width / 2].iter().sum::<f32>() / (width / 2) as f32;
            assert!(inner > 0.5, "{painter}: {inner}");
        }
    }
    // Where there are no streaks, and where none are wanted, brushes stay.
    let kinds = |style: &Canvas, change: &serde_json::Value| {
        let painting = paint_after(&source, style, params("layered", change.clone()));
        painting.brushes.into_iter().map(|brush| brush.kind).collect::<Vec<_>>()
    };
    let mut next = crate::common::noise(2);
    let noise = Canvas::new(200, 200, (0..200 * 200).flat_map(|_| [next() as f32; 3]).collect()).unwrap();
    let plain = vec![BrushKind::Solid; 3];
    assert_eq!(kinds(&noise, &change), plain);
    assert_eq!(kinds(&Canvas::filled(90, 90, [0.4; 3]), &change), plain);
    assert_eq!(kinds(&bristles(300, 0.9), &json!({ "style_colours": "none" })), plain);
    let pencil = paint_after(&source, &bristles(300, 0.9), params("hatch", change.clone()));
    assert!(pencil.brushes.iter().all(|brush| matches!(brush.kind, BrushKind::Pencil { .. })));
}

#[test]
fn odd_styles_are_taken() {
    let clear = picture(20, 10).with_alpha(Some(vec![0.0; 200])).unwrap();
    for style in [picture(1, 1), picture(1, 300), picture(3000, 1), picture(2, 3), clear] {
        let change = json!({ "style_strokes": true, "style_brush": true, "style_colours": "palette" });
        paint_after(&picture(40, 30), &style, params("adaptive", change)).check().unwrap();
    }
}

#[test]
fn what_contradicts_is_refused() {
    let change = json!({ "style_colours": "palette", "palette": ["#000000", "#ffffff"] });
    let source = picture(40, 30);
    let error = Strokes::new(&source, Some(&source), None, params("layered", change.clone())).err().unwrap();
    assert_eq!(error.fault(), Fault::Parameter);
    // Without a style there is no contradiction.
    assert_eq!(paint(&source, params("layered", change)).palette.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn palettes_are_of_the_style(
        seed in 0u64..1000, count in 2u32..20, width in 1usize..300, height in 1usize..60, spread in 0.0f32..1.0
    ) {
        let mut next = crate::common::noise(seed);
        let base = [next() as f32, next() as f32, next() as f32];
        let pixels = (0..width * height).flat_map(|_| base.map(|v| (v + spread * (next() as f32 - 0.5)).clamp(0.0, 1.0)));
        let style = Canvas::new(width, height, pixels.collect()).unwrap();
        let change = json!({ "style_colours": "palette", "palette_size": count, "seed": seed, "count": 20 });
        let painter = Strokes::new(&picture(24, 16), Some(&style), None, params("layered", change)).unwrap();
        let palette = scumble_paint::painters::Painter::painting(&painter).palette.clone();
        prop_assert!((1..=count as usize).contains(&palette.len()));
        for colour in &palette {
            let near = style.pixels().iter().map(|pixel| distance(*pixel, *colour)).fold(f32::INFINITY, f32::min);
            prop_assert!(near < 0.005, "{colour:?} is {near} away from all pixels");
        }
        let mut twice = palette.clone();
        twice.dedup();
        prop_assert_eq!(twice.len(), palette.len());
    }
}
