//! Marks of brushes, light, pigment and ground.

mod common;

use scumble_core::Fault;
use scumble_image::{Canvas, Filter, Light, metrics, resize};
use scumble_paint::draw;
use scumble_paint::painting::{Blend, Brush, BrushKind, Finish, Geometry, Layer, Painting, Stroke, Wet};

const BLACK: [f32; 3] = [0.0; 3];

/// A white painting of one black stroke.
fn stroke(kind: BrushKind, geometry: Geometry, side: f32) -> Painting {
    let mut painting = Painting::new(side, side, [1.0; 3], 3);
    painting.brushes = vec![Brush { kind, thickness: 0.0 }];
    painting.strokes.push(Stroke { layer: 0, geometry, colour: BLACK, alpha: 1.0, ramp: None });
    painting
}

/// How much of the white ground is covered at a pixel.
fn cover(canvas: &Canvas, x: usize, y: usize) -> f32 {
    1.0 - canvas.pixels()[y * canvas.width() + x][0]
}

fn texture(alpha: Vec<f32>, width: usize) -> BrushKind {
    BrushKind::Texture { alpha, width }
}

/// A painting with every brush, all kinds of strokes and a finish.
fn everything() -> Painting {
    let (width, height) = (300.0f32, 240.0f32);
    let mut painting = Painting::new(width, height, [0.95, 0.93, 0.9], 5);
    let kinds = [BrushKind::Bristle, BrushKind::Round { softness: 0.6 }, texture(vec![1.0, 0.5, 0.8, 0.2], 2)];
    painting.brushes = kinds.map(|kind| Brush { kind, thickness: 0.8 }).into();
    let blends = [Blend::Normal, Blend::Multiply, Blend::Normal];
    painting.layers =
        (0..3).map(|i| Layer { name: i.to_string(), brush: i, blend: blends[i], closed: false }).collect();
    painting.finish = Finish { density: 1.0, rim: 0.8, grain: 0.4, weave: 0.2, ..Finish::default() };
    painting.finish.light.strength = 3.0;
    let mut noise = common::noise(1);
    for i in 0..120 {
        let mut value = |low: f32, high: f32| low + noise() as f32 * (high - low);
        let mut point = || [value(0.0, width), value(0.0, height)];
        let (a, b, c) = (point(), point(), point());
        let geometry = match i % 4 {
            0 => Geometry::Spline { points: vec![a, b, c], width: value(4.0, 24.0) },
            1 => Geometry::Curve { points: [a, b, c], widths: [value(2.0, 20.0), value(2.0, 20.0)] },
            2 => Geometry::Line { points: [a, b], width: value(4.0, 20.0) },
            _ => Geometry::Stamp {
                centre: a,
                angle: value(0.0, 6.0),
                length: value(20.0, 60.0),
                width: value(5.0, 20.0),
            },
        };
        let colour = [(); 3].map(|()| value(0.1, 0.9));
        painting.strokes.push(Stroke { layer: i / 10 % 3, geometry, colour, alpha: 0.8, ramp: None });
    }
    painting
}

#[test]
fn any_number_of_threads_draws_the_same() {
    let painting = everything();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| draw(&painting, 500, 400).unwrap())
    };
    assert!(with(1) == with(5));
}

#[test]
fn bands_have_no_seams() {
    // The same frame drawn within a higher one lies elsewhere in the bands.
    let low = everything();
    let mut high = low.clone();
    high.height += 37.0;
    let (a, b) = (draw(&low, 300, 240).unwrap(), draw(&high, 300, 277).unwrap());
    // The last rows' slopes and rims know where the picture ends.
    for (i, (p, q)) in a.rgb().iter().zip(b.rgb()).take(300 * 230 * 3).enumerate() {
        assert!((p - q).abs() < 2e-3, "value {i}: {p} and {q}");
    }
}

#[test]
fn sizes_show_the_same() {
    let shrunk = |painting: &Painting| {
        resize(&draw(painting, 1200, 960).unwrap(), 300, 240, Filter::Bilinear, Light::Encoded).unwrap()
    };
    // Brushes alone differ by rounding of edges. Light and pigment are not linear, and the large picture has detail that the small one
    // cannot show; rims are about as wide as the small one's pixels.
    let light = scumble_paint::painting::Light { strength: 3.0, ..Default::default() };
    let cases = [
        (Finish::default(), 36.0),
        (Finish { light, ..Finish::default() }, 33.0),
        (Finish { weave: 0.2, ..Finish::default() }, 35.0),
        (Finish { grain: 0.4, ..Finish::default() }, 32.0),
        (Finish { density: 1.0, ..Finish::default() }, 31.0),
        (Finish { rim: 0.8, ..Finish::default() }, 25.0),
    ];
    for (finish, least) in cases {
        let painting = Painting { finish, ..everything() };
        let small = draw(&painting, 300, 240).unwrap();
        let psnr = metrics::psnr(&small, &shrunk(&painting)).unwrap();
        assert!(psnr > least, "{psnr} dB with {:?}", painting.finish);
    }
}

#[test]
fn bristles_cover_most_and_are_ragged_at_ends() {
    let line = Geometry::Line { points: [[40.0, 50.0], [360.0, 50.0]], width: 40.0 };
    let drawn = draw(&stroke(BrushKind::Bristle, line, 400.0), 400, 400).unwrap();
    let mean = |xs: std::ops::Range<usize>, ys: std::ops::Range<usize>| {
        let count = (xs.len() * ys.len()) as f32;
        ys.flat_map(|y| xs.clone().map(move |x| (x, y))).map(|(x, y)| cover(&drawn, x, y)).sum::<f32>() / count
    };
    let body = mean(80..200, 34..66);
    assert!((0.8..0.999).contains(&body), "{body}");
    // The paint runs out: where each row of pixels ends differs.
    let ends: Vec<_> = (36..64).map(|y| (0..400).rev().find(|x| cover(&drawn, *x, y) > 0.5).unwrap()).collect();
    let (first, last) = (ends.iter().min().unwrap(), ends.iter().max().unwrap());
    assert!(last - first > 6 && *last <= 381, "{first} to {last}");
    // Nothing lies beside the stroke.
    assert_eq!(mean(0..400, 0..29) + mean(0..400, 71..400), 0.0);
}

#[test]
fn bristles_follow_the_frame_not_the_picture() {
    let line = Geometry::Line { points: [[20.0, 50.0], [80.0, 50.0]], width: 60.0 };
    let painting = stroke(BrushKind::Bristle, line, 100.0);
    // The same furrows in the same places at any size that shows them.
    let profile = |side: usize| -> Vec<f32> {
        let (drawn, step) = (draw(&painting, side, side).unwrap(), side / 400);
        let mean =
            |i: usize| (i * step..(i + 1) * step).map(|y| cover(&drawn, side * 2 / 3, y)).sum::<f32>() / step as f32;
        (100..300).map(mean).collect()
    };
    let (large, larger) = (profile(800), profile(2400));
    let deepest = large.iter().fold(1.0f32, |a, b| a.min(*b));
    let furthest = large.iter().zip(&larger).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(deepest < 0.8 && furthest < 0.1, "deepest {deepest}, apart by {furthest}");
}

#[test]
fn round_brushes_fade_over_their_outer_share() {
    let line = Geometry::Line { points: [[-50.0, 50.0], [150.0, 50.0]], width: 60.0 };
    let drawn = draw(&stroke(BrushKind::Round { softness: 0.5 }, line, 100.0), 100, 100).unwrap();
    let profile: Vec<_> = (50..100).map(|y| cover(&drawn, 50, y)).collect();
    for (i, pair) in profile.windows(2).enumerate() {
        assert!(pair[1] <= pair[0], "it grows at {i}");
    }
    // Full for the inner half of 30, half at three quarters, none outside.
    assert!(profile[..14].iter().all(|v| *v == 1.0));
    assert!((profile[22] - 0.5).abs() < 0.02, "{}", profile[22]);
    assert!(profile[30..].iter().all(|v| *v == 0.0));
}

#[test]
fn round_brushes_that_are_not_soft_draw_as_solid_ones() {
    let geometries = [
        Geometry::Spline { points: vec![[20.0, 20.0], [90.0, 30.0], [30.0, 80.0], [100.0, 100.0]], width: 14.0 },
        Geometry::Line { points: [[20.0, 90.0], [100.0, 20.0]], width: 9.0 },
        Geometry::Spline { points: vec![[50.0, 60.0]], width: 40.0 },
        Geometry::Ellipse { centre: [50.0, 60.0], radii: [40.0, 20.0], angle: 0.4 },
    ];
    for geometry in geometries {
        let solid = draw(&stroke(BrushKind::Solid, geometry.clone(), 120.0), 240, 240).unwrap();
        let round = draw(&stroke(BrushKind::Round { softness: 0.0 }, geometry, 120.0), 240, 240).unwrap();
        // Edges differ by how a pixel's share is worked out.
        assert!(metrics::psnr(&solid, &round).unwrap() > 38.0);
    }
}

#[test]
fn textured_strokes_have_no_gaps_in_bends() {
    // Wider than its bends, a hairpin, and a loop over itself.
    let bends = [
        vec![[30.0, 150.0], [60.0, 40.0], [100.0, 160.0], [140.0, 40.0], [170.0, 150.0]],
        vec![[40.0, 150.0], [100.0, 20.0], [104.0, 150.0]],
        vec![[40.0, 100.0], [160.0, 40.0], [160.0, 160.0], [40.0, 40.0], [60.0, 160.0]],
        vec![[40.0, 100.0], [160.0, 100.0], [40.0, 100.0]],
    ];
    for points in bends {
        for width in [6.0, 30.0, 60.0] {
            let geometry = Geometry::Spline { points: points.clone(), width };
            let solid = draw(&stroke(BrushKind::Solid, geometry.clone(), 200.0), 200, 200).unwrap();
            let textured = draw(&stroke(texture(vec![1.0], 1), geometry, 200.0), 200, 200).unwrap();
            for (i, (a, b)) in solid.pixels().iter().zip(textured.pixels()).enumerate() {
                // All that a solid stroke covers, but edges.
                assert!(a[0] > 0.0 || b[0] < 0.02, "width {width}, pixel {i} of {points:?}: {}", b[0]);
            }
        }
    }
}

#[test]
fn textures_run_along_the_stroke() {
    // Dark at the start, light at the end, dark above.
    let kind = texture(vec![1.0, 0.5, 0.6, 0.1], 2);
    let geometry = Geometry::Stamp { centre: [50.0, 50.0], angle: std::f32::consts::PI, length: 80.0, width: 40.0 };
    let drawn = draw(&stroke(kind, geometry, 100.0), 100, 100).unwrap();
    // Turned by half a circle, its start is to the right, its upper side below.
    for ((x, y), value) in [((88, 68), 1.0), ((11, 68), 0.5), ((88, 32), 0.6), ((11, 32), 0.1)] {
        assert!((cover(&drawn, x, y) - value).abs() < 0.02, "{x}, {y}: {}", cover(&drawn, x, y));
    }
}

#[test]
fn light_leaves_flat_paint_alone_and_meets_slopes() {
    let line = Geometry::Line { points: [[-50.0, 50.0], [150.0, 50.0]], width: 40.0 };
    let mut painting = stroke(BrushKind::Round { softness: 0.5 }, line, 100.0);
    (painting.strokes[0].colour, painting.background) = ([0.5; 3], [0.5; 3]);
    painting.brushes[0].thickness = 1.0;
    painting.finish.light.strength = 8.0;
    let drawn = draw(&painting, 200, 200).unwrap();
    let at = |y: usize| drawn.pixels()[y * 200 + 100][0];
    // From above: the upper slope is lit, the lower one in shade, the rest as it was.
    assert!(at(70) > 0.52 && at(130) < 0.48, "{} and {}", at(70), at(130));
    assert!((at(100) - 0.5).abs() < 1e-3 && (at(10) - 0.5).abs() < 1e-3);
}

#[test]
fn washes_are_darker_at_their_rims_and_leave_paper_white() {
    let line = Geometry::Line { points: [[30.0, 50.0], [70.0, 50.0]], width: 50.0 };
    let mut painting = stroke(BrushKind::Round { softness: 0.6 }, line, 100.0);
    painting.layers[0].blend = Blend::Multiply;
    painting.strokes[0].colour = [0.4, 0.5, 0.8];
    painting.strokes[0].alpha = 0.5;
    painting.finish.rim = 1.0;
    let drawn = draw(&painting, 300, 300).unwrap();
    let column: Vec<_> = (0..150).map(|y| drawn.pixels()[y * 300 + 150][0]).collect();
    let rim = column.iter().position(|v| *v < 0.97).unwrap();
    let darkest = column[rim..rim + 15].iter().fold(1.0f32, |a, b| a.min(*b));
    assert!(darkest < column[rim + 25] - 0.02, "{darkest} at the rim, {} inside", column[rim + 25]);
    assert!(column[..rim.saturating_sub(12)].iter().all(|v| *v > 0.9999));
}

#[test]
fn washes_have_soft_edges_without_rims_where_paper_is_wet() {
    let line = Geometry::Line { points: [[-50.0, 50.0], [150.0, 50.0]], width: 60.0 };
    let mut painting = stroke(BrushKind::Round { softness: 0.6 }, line, 100.0);
    painting.layers[0].blend = Blend::Multiply;
    painting.strokes[0].colour = [0.4, 0.5, 0.8];
    painting.strokes[0].alpha = 0.5;
    painting.finish.rim = 1.0;
    // Dry at the left, wet at the right.
    painting.finish.wet = Some(Wet { width: 4, values: vec![0.0, 0.0, 1.0, 1.0] });
    let drawn = draw(&painting, 300, 300).unwrap();
    let mean = |xs: std::ops::Range<usize>| -> Vec<f32> {
        let row = |y: usize| xs.clone().map(|x| drawn.pixels()[y * 300 + x][0]).sum::<f32>() / xs.len() as f32;
        (0..150).map(row).collect()
    };
    let (dry, wet) = (mean(10..70), mean(230..290));
    let steepest = |column: &[f32]| column.windows(2).map(|p| p[0] - p[1]).fold(0.0, f32::max);
    assert!(steepest(&dry) > 3.0 * steepest(&wet), "{} {}", steepest(&dry), steepest(&wet));
    let darkest = |column: &[f32]| column.iter().fold(1.0f32, |a, b| a.min(*b));
    assert!(darkest(&dry) < dry[149] - 0.02 && darkest(&wet) > wet[149] - 0.01);

    let again = Painting::from_json(&painting.to_json().unwrap()).unwrap();
    assert_eq!(again, painting);
    for values in [vec![0.0; 3], vec![0.0, 2.0], Vec::new()] {
        painting.finish.wet = Some(Wet { width: 2, values });
        assert_eq!(painting.check().unwrap_err().fault(), Fault::Input);
    }
}

#[test]
fn pencils_are_lifted_at_both_ends_and_leave_hollows_of_paper() {
    let line = Geometry::Line { points: [[20.0, 50.0], [80.0, 50.0]], width: 12.0 };
    let mut painting = stroke(BrushKind::Pencil { softness: 0.5 }, line, 100.0);
    let row = |painting: &Painting| -> Vec<f32> {
        let drawn = draw(painting, 400, 400).unwrap();
        (0..400).map(|x| cover(&drawn, x, 200)).collect()
    };
    let even = row(&painting);
    let mean = |row: &[f32]| row.iter().sum::<f32>() / row.len() as f32;
    let (start, middle, end) = (mean(&even[80..95]), mean(&even[150..230]), mean(&even[300..318]));
    assert!(start < 0.75 * middle && end < 0.75 * middle && middle > 0.6, "{start} {middle} {end}");
    // The fainter the line, the more of it is missing on rough paper.
    let left = |painting: &mut Painting, alpha: f32| {
        painting.strokes[0].alpha = alpha;
        painting.finish.grain = 0.0;
        let smooth = mean(&row(painting)[150..230]);
        painting.finish.grain = 1.0;
        mean(&row(painting)[150..230]) / smooth
    };
    let (faint, strong) = (left(&mut painting, 0.1), left(&mut painting, 1.0));
    assert!(faint < 0.8 * strong && strong < 0.99, "{faint} {strong}");
}

#[test]
fn json_without_a_finish_is_read_and_bad_finishes_are_refused() {
    let mut painting = Painting::new(20.0, 20.0, [1.0; 3], 0);
    let text = painting.to_json().unwrap();
    assert!(!text.contains("finish"));
    assert_eq!(Painting::from_json(&text).unwrap(), painting);
    painting.finish.light.strength = 3.0;
    let text = painting.to_json().unwrap();
    assert_eq!(Painting::from_json(&text).unwrap(), painting);
    let part = r#"{"light":{"strength":2.0},"rim":0.5}"#;
    let from = |finish: &str| {
        let bare = Painting::new(20.0, 20.0, [1.0; 3], 0).to_json().unwrap();
        Painting::from_json(&bare.replace("\"brushes\"", &format!("\"finish\":{finish},\"brushes\"")))
    };
    assert_eq!(from(part).unwrap().finish.light.elevation, Finish::default().light.elevation);
    let bad = [
        r#"{"rim":1.5}"#,
        r#"{"light":{"elevation":0.0}}"#,
        r#"{"light":{"strength":-1}}"#,
        r#"{"shine":1}"#,
        r#"{"weave":-0.1}"#,
    ];
    for bad in bad {
        assert_eq!(from(bad).unwrap_err().fault(), Fault::Input, "{bad}");
    }
}

#[test]
fn extreme_strokes_are_drawn() {
    let mut painting = everything();
    painting.strokes.clear();
    let far = [[-1e6, 0.0], [1e6, 1.0]];
    let geometries = [
        Geometry::Line { points: far, width: 1e6 },
        Geometry::Line { points: [[5.0, 5.0]; 2], width: 0.0 },
        Geometry::Line { points: [[5.0, 5.0]; 2], width: 1e-30 },
        Geometry::Spline { points: vec![[5.0, 5.0]; 9], width: 10.0 },
        Geometry::Curve { points: [far[0], far[1], [0.0, 1e6]], widths: [0.0, 1e5] },
        Geometry::Curve { points: [[0.0; 2], [100.0, 0.0], [0.0; 2]], widths: [9.0, 0.0] },
        Geometry::Stamp { centre: [50.0, 50.0], angle: 1e6, length: 0.0, width: 9.0 },
        Geometry::Stamp { centre: [50.0, 50.0], angle: 0.1, length: 1e6, width: 1e-3 },
        Geometry::Ellipse { centre: [50.0, 50.0], radii: [0.0, 10.0], angle: 0.0 },
        Geometry::Polygon { points: vec![[0.0, 0.0], [40.0, 0.0], [0.0, 40.0]] },
    ];
    for layer in 0..3 {
        for geometry in &geometries {
            painting.strokes.push(Stroke {
                layer,
                geometry: geometry.clone(),
                colour: [0.3; 3],
                alpha: 0.5,
                ramp: None,
            });
        }
    }
    for (width, height) in [(60, 48), (1, 1), (1, 90), (90, 1), (7, 300)] {
        let drawn = draw(&painting, width, height).unwrap();
        assert!(drawn.rgb().iter().all(|v| (0.0..=1.0).contains(v)), "{width}x{height}");
    }
}

#[test]
fn closed_layers_leave_no_ground_between_bristles() {
    let stamp = Geometry::Stamp { centre: [50.0, 50.0], angle: 0.3, length: 70.0, width: 30.0 };
    let mut painting = stroke(BrushKind::Bristle, stamp.clone(), 100.0);
    let least = |painting: &Painting| {
        let drawn = draw(painting, 200, 200).unwrap();
        // All pixels at least a unit within the mark.
        let (sin, cos) = 0.3f32.sin_cos();
        let inside = |i: &usize| {
            let [x, y] = [(i % 200) as f32 / 2.0 - 49.75, (i / 200) as f32 / 2.0 - 49.75];
            (x * cos + y * sin).abs() < 34.0 && (y * cos - x * sin).abs() < 14.0
        };
        (0..200 * 200).filter(inside).map(|i| cover(&drawn, i % 200, i / 200)).fold(1.0f32, f32::min)
    };
    assert!(least(&painting) < 0.5);
    painting.layers[0].closed = true;
    assert!(least(&painting) > 0.99);
    // What another stroke has covered already shows between them.
    painting.strokes.insert(0, Stroke { layer: 0, geometry: stamp, colour: [0.5; 3], alpha: 1.0, ramp: None });
    let least = least(&painting);
    assert!((0.45..0.8).contains(&least), "{least}");
}
