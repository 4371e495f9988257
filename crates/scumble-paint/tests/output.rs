//! SVG against our own drawing, JSON that must be refused.

mod common;

use common::{params, picture};
use resvg::{tiny_skia, usvg};
use scumble_core::Fault;
use scumble_image::{Canvas, metrics};
use scumble_paint::painters::Painter;
use scumble_paint::painters::greedy::{Greedy, ShapeKind};
use scumble_paint::painting::{Blend, Brush, BrushKind, Geometry, Layer, Painting, Stroke};
use scumble_paint::{draw, output};

/// The painting's SVG as resvg draws it.
fn drawn_by_resvg(painting: &Painting, width: usize, height: usize) -> Canvas {
    let tree = usvg::Tree::from_str(&output::svg(painting, width, height).unwrap(), &usvg::Options::default()).unwrap();
    let mut pixels = tiny_skia::Pixmap::new(width as u32, height as u32).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
    let rgb = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).map(|v| f32::from(v) / 255.0);
    Canvas::new(width, height, rgb.collect()).unwrap()
}

fn check(painting: &Painting, width: usize, height: usize) {
    let psnr =
        metrics::psnr(&draw(painting, width, height).unwrap(), &drawn_by_resvg(painting, width, height)).unwrap();
    assert!(psnr >= 45.0, "{psnr} dB");
}

#[test]
fn shapes_of_every_kind_look_the_same_as_svg() {
    let mut painter = Greedy::new(&picture(240, 180), None, params(&ShapeKind::ALL, 150)).unwrap();
    while painter.step().unwrap().is_some() {}
    check(painter.painting(), 512, 384);
    check(painter.painting(), 240, 180);
}

#[test]
fn geometry_that_is_not_searched_for_looks_the_same_as_svg() {
    let mut painting = Painting::new(200.0, 150.0, [0.9, 0.9, 0.8], 0);
    painting.layers.push(Layer { name: "<glaze> & \"co\"".into(), brush: 0, blend: Blend::Multiply, closed: false });
    let points = [[20.0, 120.0], [90.0, -40.0], [170.0, 110.0]];
    let star = [[100.0, 20.0], [140.0, 130.0], [40.0, 60.0], [160.0, 60.0], [60.0, 130.0]];
    let geometries = [
        Geometry::Curve { points, widths: [2.0, 18.0] },
        Geometry::Spline { points: vec![[10.0, 10.0], [60.0, 140.0], [120.0, 10.0], [190.0, 140.0]], width: 7.0 },
        Geometry::Spline { points: vec![[180.0, 20.0]], width: 12.0 },
        Geometry::Stamp { centre: [150.0, 100.0], angle: 1.0, length: 60.0, width: 20.0 },
        Geometry::Polygon { points: star.to_vec() },
        Geometry::Superellipse { centre: [60.0, 60.0], radii: [50.0, 30.0], exponent: 0.6, angle: 0.3 },
    ];
    for (i, geometry) in geometries.into_iter().enumerate() {
        let colour = [0.2 + 0.1 * i as f32, 0.7 - 0.1 * i as f32, 0.4];
        painting.strokes.push(Stroke { layer: i % 2, geometry, colour, alpha: 0.9 - 0.1 * i as f32, ramp: None });
    }
    check(&painting, 400, 300);
    check(&painting, 333, 250);
}

#[test]
fn superellipses_look_the_same_as_svg_and_are_short() {
    let mut painting = Painting::new(512.0, 384.0, [0.9, 0.9, 0.8], 0);
    let mut noise = common::noise(3);
    for _ in 0..100 {
        let mut value = |low: f64, high: f64| (low + noise() * (high - low)) as f32;
        let geometry = Geometry::Superellipse {
            centre: [value(0.0, 512.0), value(0.0, 384.0)],
            radii: [value(2.0, 90.0), value(2.0, 90.0)],
            exponent: value(0.0, 2.1).exp(),
            angle: value(0.0, 6.3),
        };
        let colour = [(); 3].map(|()| value(0.0, 1.0));
        painting.strokes.push(Stroke { layer: 0, geometry, colour, alpha: value(0.1, 1.0), ramp: None });
    }
    check(&painting, 1024, 768);
    // 5000 of them stay below two million bytes.
    assert!(output::svg(&painting, 100, 100).unwrap().len() < 100 * 400);
}

/// Threads thinner than a pixel, which viewers draw as hairlines if they are strokes; wider ones stay lines.
#[test]
fn thin_lines_look_the_same_as_svg() {
    let mut painting = Painting::new(240.0, 180.0, [0.62, 0.5, 0.4], 0);
    for i in 0..130 {
        let (sin, cos) = if i % 2 == 0 { 22f32 } else { -36.0 }.to_radians().sin_cos();
        let (x, y) = (if i % 2 == 0 { 10.0 } else { 130.0 }, 5.0 + 3.0 * (i / 2) as f32);
        let length = (i % 13) as f32 * 8.0;
        let geometry = Geometry::Line { points: [[x, y], [x + length * cos, y + length * sin]], width: 0.84 };
        painting.strokes.push(Stroke { layer: 0, geometry, colour: [0.42, 0.3, 0.2], alpha: 1.0, ramp: None });
    }
    check(&painting, 240, 180);
    assert!(!output::svg(&painting, 240, 180).unwrap().contains("<line"));
    assert_eq!(output::svg(&painting, 480, 360).unwrap().matches("<line").count(), 130);
}

/// Lines of thick paint, black to light, on bare canvas.
#[test]
fn the_weave_looks_the_same_as_svg() {
    let mut painting = Painting::new(300.0, 200.0, [0.8, 0.7, 0.3], 5);
    painting.brushes[0].thickness = 0.3;
    for i in 0..12 {
        let points = [[20.0, 16.0 * i as f32], [280.0, 16.0 * i as f32 + 40.0]];
        let colour = [0.08 * i as f32, 0.06 * i as f32, 0.5 - 0.04 * i as f32];
        let geometry = Geometry::Line { points, width: 9.0 };
        painting.strokes.push(Stroke { layer: 0, geometry, colour, alpha: 0.9, ramp: None });
    }
    painting.finish.weave = 0.5;
    check(&painting, 600, 400);
    painting.finish.light.strength = 3.0;
    assert!(output::svg_simplifies(&painting));
}

#[test]
fn what_svg_cannot_show_is_told() {
    let mut painting = Painting::new(20.0, 20.0, [1.0; 3], 0);
    assert!(!output::svg_simplifies(&painting));
    painting.finish.grain = 0.5;
    assert!(output::svg_simplifies(&painting));
    painting.finish.grain = 0.0;
    painting.finish.weave = 0.5;
    assert!(!output::svg_simplifies(&painting));
    painting.brushes[0] = Brush { kind: BrushKind::Bristle, thickness: 0.0 };
    assert!(output::svg_simplifies(&painting));
}

#[test]
fn sizes_that_cannot_be_drawn_are_refused() {
    let painting = Painting::new(20.0, 20.0, [1.0; 3], 0);
    for (width, height) in [(0, 10), (10, 0), (70_000, 1), (60_000, 60_000), (usize::MAX, usize::MAX)] {
        assert_eq!(draw(&painting, width, height).unwrap_err().fault(), Fault::Limit);
    }
}

#[test]
fn hostile_json_is_refused() {
    let mut painting = Painting::new(20.0, 20.0, [1.0; 3], 0);
    let geometry = Geometry::Triangle { points: [[1.0, 2.0], [3.0, 4.0], [5.0, 1.0]] };
    painting.strokes.push(Stroke { layer: 0, geometry, colour: [0.5; 3], alpha: 0.5, ramp: None });
    let text = painting.to_json().unwrap();
    assert_eq!(Painting::from_json(&text).unwrap(), painting);
    let points = |count: usize| format!(r#"{{"polygon":{{"points":[{}]}}}}"#, vec!["[1,2]"; count].join(","));
    let triangle = r#"{"triangle":{"points":[[1.0,2.0],[3.0,4.0],[5.0,1.0]]}}"#;
    let superellipse = |exponent: &str| {
        format!(r#"{{"superellipse":{{"centre":[1,1],"radii":[2,2],"exponent":{exponent},"angle":0}}}}"#)
    };
    let bad = [
        text.replace("[3.0,4.0]", "[3.0,1e7]"),
        text.replace("[3.0,4.0]", "[3.0,1e300]"),
        text.replace("[3.0,4.0]", "[3.0,null]"),
        text.replace(triangle, &points(2)),
        text.replace(triangle, &points(1_000_001)),
        text.replace(triangle, &superellipse("0")),
        text.replace(triangle, &superellipse("-2")),
        text.replace(triangle, r#"{"line":{"points":[[1,1],[2,2]],"width":-3}}"#),
        text.replace(triangle, r#"{"spline":{"points":[],"width":3}}"#),
        text.replace("\"alpha\":0.5", "\"alpha\":1.5"),
        text.replace("\"width\":20.0", "\"width\":0.0"),
        text.replace("\"version\":1", "\"version\":2"),
        text.replace("\"strokes\":[{\"layer\":0", "\"strokes\":[{\"layer\":9"),
    ];
    for bad in bad {
        assert_ne!(bad, text);
        let error = Painting::from_json(&bad).expect_err("an error");
        assert_eq!(error.fault(), Fault::Input, "{}", bad.chars().take(500).collect::<String>());
    }
    let error = Painting::from_json(&text.replace(triangle, &points(2))).unwrap_err();
    assert_eq!(error.to_string(), "the painting cannot be drawn: stroke 0: it has 2 corners, allowed are 3 to 1000000");
    // What is allowed at most is drawn.
    for geometry in [points(3), points(1000), superellipse("0.05"), superellipse("1000")] {
        let painting = Painting::from_json(&text.replace(triangle, &geometry)).unwrap();
        draw(&painting, 8, 8).unwrap();
        output::svg(&painting, 64, 48).unwrap();
    }
}
