//! What regions look like: no seams, the same as SVG, shapes in their places.

use resvg::{tiny_skia, usvg};
use scumble_image::{Canvas, Filter, Light, Limits, metrics::psnr, open, resize};
use scumble_paint::{draw, output};
use serde_json::json;

use super::{drawn, painted, params, picture};

/// As a browser would draw it.
fn by_resvg(painting: &scumble_paint::Painting, width: u32, height: u32) -> Canvas {
    let svg = output::svg(painting, width as usize, height as usize).unwrap();
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(width, height).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    let rgb = pixmap.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()].map(|v| f32::from(v) / 255.0));
    Canvas::new(width as usize, height as usize, rgb.collect()).unwrap()
}

/// A picture a third as large, its pixels means of several.
fn third(canvas: &Canvas) -> Canvas {
    resize(canvas, canvas.width() / 3, canvas.height() / 3, Filter::Bilinear, Light::Encoded).unwrap()
}

/// Both are drawn three times as large and averaged: resvg knows the cover of level edges in quarters of a pixel, and how a viewer
/// covers edges is not what is asked.
#[test]
fn svg_shows_the_same() {
    let picture = picture(360, 270);
    let all = ["triangle", "rectangle", "circle", "ellipse", "superellipse", "hull"];
    for changes in [
        json!({}),
        json!({ "round": true, "ragged": 1.5 }),
        json!({ "shapes": all, "behind": 8 }),
        json!({ "fill": "ramp", "outline": 2.0 }),
        json!({ "fill": "hatch:30:5" }),
        json!({ "fill": "dots:6" }),
        json!({ "fill": "hatch:30:5", "weave": 0.5 }),
        json!({ "kind": "glass", "outline": 3.0 }),
        json!({ "kind": "low-poly", "count": 120 }),
        json!({ "kind": "voronoi", "count": 120 }),
        json!({ "kind": "mosaic", "count": 300, "outline": 1.0 }),
        json!({ "shadow": 4.0 }),
    ] {
        let painting = painted(&picture, params(changes.clone())).unwrap();
        let ours = draw(&painting, 1080, 810).unwrap();
        let apart = psnr(&third(&ours), &third(&by_resvg(&painting, 1080, 810))).unwrap();
        assert!(apart >= 45.0, "{changes}: {apart:.1} dB");
    }
}

/// Pixel by pixel at the picture's own size, with values of the presets of mosaics and textiles: an edge in nearly every pixel, threads
/// thinner than one.
#[test]
fn tiles_and_threads_are_the_same_as_svg_in_every_pixel() {
    let rules = json!([
        { "when": { "lightness": "..0.4" }, "fill": "hatch:-36:3" },
        { "when": { "lightness": "0.7.." }, "fill": "hatch:75:3" },
    ]);
    let mosaic =
        json!({ "kind": "mosaic", "count": 4000, "outline": 1.0, "outline_colour": "#5a5248", "work_px": 768 });
    let textile = json!({
        "count": 450, "colour_smoothing": 4.0, "simplify": 1.2, "round": true, "fill": "hatch:22:3", "rules": rules,
        "weave": 0.5, "work_px": 768,
    });
    for name in ["astronaut", "chelsea", "coffee"] {
        let file = format!("{}/../../samples/content/{name}.jpg", env!("CARGO_MANIFEST_DIR"));
        let picture = open(file.as_ref(), &Limits::default()).unwrap().canvas;
        let (width, height) = (picture.width(), picture.height());
        for changes in [&mosaic, &textile] {
            let painting = painted(&picture, params(changes.clone())).unwrap();
            let ours = draw(&painting, width, height).unwrap();
            let apart = psnr(&ours, &by_resvg(&painting, width as u32, height as u32)).unwrap();
            assert!(apart >= 45.0, "{name}, {changes}: {apart:.1} dB");
        }
    }
}

/// Where dark regions meet on a white ground, nothing of it shows.
#[test]
fn the_ground_does_not_shine_through_between_regions() {
    let (width, height) = (200, 150);
    let rgb = (0..width * height).flat_map(|i| {
        let (x, y) = (i % width, i / width);
        let stripe = (x + 2 * y) / 35 % 3;
        [[0.1, 0.1, 0.15], [0.15, 0.1, 0.1], [0.1, 0.16, 0.1]][stripe]
    });
    let picture = Canvas::new(width, height, rgb.collect()).unwrap();
    for kind in ["regions", "low-poly", "voronoi"] {
        let changes = json!({ "kind": kind, "background": "#ffffff", "count": 60 });
        let painting = painted(&picture, params(changes)).unwrap();
        // Larger than the picture, so that edges lie anywhere in a pixel.
        let drawn = draw(&painting, 3 * width + 1, 3 * height + 1).unwrap();
        let brightest = drawn.rgb().iter().copied().fold(0.0f32, f32::max);
        assert!(brightest < 0.16 + 0.05, "{kind}: {brightest}");
    }
}

#[test]
fn more_regions_are_nearer_to_the_picture() {
    let picture = picture(240, 180);
    let near = |count: u32| psnr(&picture, &drawn(&picture, params(json!({ "count": count })))).unwrap();
    let (few, more) = (near(5), near(80));
    assert!(more > few + 3.0 && few > 15.0, "{few:.1} {more:.1}");
}

#[test]
fn shapes_make_out_what_regions_are() {
    let picture = picture(240, 180);
    let changes = json!({ "shapes": ["circle"], "count": 6 });
    let painting = painted(&picture, params(changes)).unwrap();
    let circles = painting.strokes.iter().filter(|stroke| {
        matches!(stroke.geometry, scumble_paint::painting::Geometry::Ellipse { radii: [a, b], .. } if (a - b).abs() < 1e-3)
    });
    assert!(circles.count() >= 2);
}

#[test]
fn mosaic_and_glass_have_their_lines() {
    let picture = picture(240, 180);
    let count = |changes| painted(&picture, params(changes)).unwrap().strokes.len();
    assert!(count(json!({ "kind": "glass", "outline": 4.0 })) > count(json!({ "kind": "glass", "outline": 0.0 })));
    let dark = |pixels: &[[f32; 3]]| pixels.iter().filter(|p| p.iter().all(|v| *v < 0.12)).count();
    let leaded = drawn(&picture, params(json!({ "kind": "glass", "outline": 4.0, "outline_colour": "#000000" })));
    assert!(dark(leaded.pixels()) > 500);
}

/// An eye on a face: too small for a pane.
#[test]
fn details_are_painted_on_glass() {
    let pupil = |x: usize, y: usize| (x as f32 - 60.0).hypot(y as f32 - 90.0) < 4.5;
    let rgb = (0..240 * 180).flat_map(|i| match (i % 240, i / 240) {
        (x, y) if pupil(x, y) => [0.2, 0.1, 0.1],
        (x, _) if x < 120 => [0.9, 0.7, 0.6],
        _ => [0.3, 0.5, 0.8],
    });
    let picture = Canvas::new(240, 180, rgb.collect()).unwrap();
    let at_pupil = |changes| drawn(&picture, params(changes)).pixels()[90 * 240 + 60][0];
    let glass =
        |fill: &str| at_pupil(json!({ "kind": "glass", "count": 4, "min_area": 150.0, "outline": 3.0, "fill": fill }));
    assert!(glass("flat") < 0.4, "{}", glass("flat"));
    // Not over what a rule fills otherwise.
    assert!(glass("blur:20") > 0.6, "{}", glass("blur:20"));
}

#[test]
fn grout_and_lines_have_their_colour() {
    let picture = picture(240, 180);
    let green = |changes| {
        let drawn = drawn(&picture, params(changes));
        drawn.pixels().iter().filter(|p| p[1] > 0.95 && p[0].max(p[2]) < 0.05).count()
    };
    for kind in ["mosaic", "low-poly", "voronoi", "regions"] {
        let count = if kind == "regions" { 40 } else { 200 };
        let with = |outline: f64| {
            green(json!({ "kind": kind, "count": count, "outline": outline, "outline_colour": "#00ff00" }))
        };
        assert!(with(3.0) > 1000 && with(0.0) == 0, "{kind}: {} {}", with(3.0), with(0.0));
    }
}

#[test]
fn every_shape_throws_a_shadow() {
    let picture = picture(240, 180);
    for shape in ["ellipse", "rectangle", "triangle", "superellipse", "hull"] {
        let strokes = |shadow: f64| {
            let changes = json!({ "shapes": [shape], "count": 6, "shadow": shadow });
            painted(&picture, params(changes)).unwrap().strokes
        };
        let (with, without) = (strokes(6.0), strokes(0.0));
        assert_eq!(with.len(), 6 * without.len(), "{shape}");
        assert_eq!(with.iter().filter(|stroke| stroke.alpha == 1.0).count(), without.len());
    }
}

/// Of a palette and of accents there is nothing in between.
#[test]
fn a_palette_is_all_there_is() {
    let picture = picture(240, 180);
    let palette = [[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 1.0]];
    for changes in
        [json!({ "kind": "glass" }), json!({ "fill": "ramp" }), json!({ "kind": "low-poly", "fill": "ramp" })]
    {
        let mut changes = changes;
        changes["palette"] = json!(["#000000", "#ff0000", "#00ffff"]);
        let strokes = painted(&picture, params(changes.clone())).unwrap().strokes;
        assert!(strokes.iter().all(|s| s.ramp.is_none() && palette.contains(&s.colour)), "{changes}");
    }
}

/// Ramps go from end to end of a region, whichever side of the picture is longer.
#[test]
fn ramps_of_upright_pictures_are_as_long() {
    let length = |width: usize, height: usize| {
        let longer = width.max(height);
        let value = |i: usize| [(i % width + i / width) as f32 / (2 * longer) as f32; 3];
        let picture = Canvas::new(width, height, (0..width * height).flat_map(value).collect()).unwrap();
        let changes = json!({ "fill": "ramp", "count": 1, "work_px": 100 });
        let ramp = painted(&picture, params(changes)).unwrap().strokes[0].ramp.unwrap();
        (ramp.to[0] - ramp.from[0]).hypot(ramp.to[1] - ramp.from[1])
    };
    let (across, upright) = (length(600, 300), length(300, 600));
    assert!((across / upright - 1.0).abs() < 0.05, "{across} {upright}");
}
