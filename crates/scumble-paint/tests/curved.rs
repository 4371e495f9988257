//! The painters of curved strokes in layers and of short strokes.

mod common;

use common::picture;
use scumble_core::{Fault, Result};
use scumble_image::{Canvas, metrics};
use scumble_paint::draw;
use scumble_paint::painters::layered::{Jitter, LayeredParams};
use scumble_paint::painters::short::ShortParams;
use scumble_paint::painters::{HexColour, Layered, Painter, Short, Tip};
use scumble_paint::painting::{Geometry, Painting};

fn layered() -> LayeredParams {
    LayeredParams {
        radii: vec![8.0, 4.0, 2.0],
        threshold: 20.0,
        curvature: 1.0,
        sway: 0.0,
        blur: 0.5,
        grid: 1.0,
        min_length: 2,
        max_length: 12,
        alpha: 255,
        jitter: Jitter::NONE,
        solve_colour: true,
        detail: 1.0,
        wash: false,
        wet: 0.0,
        brush: Tip::Solid,
        direction_smoothing: 1.0,
        thickness: 0.0,
        count: 5000,
        work_px: 160,
        seed: 3,
        background: None,
        palette: Vec::new(),
        guides: Vec::new(),
    }
}

fn short() -> ShortParams {
    ShortParams {
        spacing: 3.0,
        radius: [1.5, 2.0],
        length: [4.0, 10.0],
        turn: 0.0,
        brightness: 0.0,
        edge: 10.0,
        solve_colour: false,
        alpha: 255,
        brush: Tip::Solid,
        direction_smoothing: 1.0,
        thickness: 0.0,
        count: 50_000,
        work_px: 160,
        seed: 3,
        background: None,
        palette: Vec::new(),
        guides: Vec::new(),
    }
}

fn finish(mut painter: impl Painter) -> (Painting, Vec<(usize, u64)>) {
    let mut reports = Vec::new();
    while let Some(report) = painter.step().unwrap() {
        reports.push((report.strokes, report.sse));
    }
    (painter.painting().clone(), reports)
}

fn paint(source: &Canvas, params: LayeredParams) -> Painting {
    finish(Layered::new(source, None, params).unwrap()).0
}

fn psnr(painting: &Painting, source: &Canvas) -> f64 {
    metrics::psnr(&draw(painting, source.width(), source.height()).unwrap(), source).unwrap()
}

#[test]
fn layers_come_nearer_to_the_picture() {
    let source = picture(160, 120);
    let (painting, reports) = finish(Layered::new(&source, None, layered()).unwrap());
    let nearness: Vec<f64> = (1..=3)
        .map(|layers| {
            let mut part = painting.clone();
            part.strokes.retain(|stroke| stroke.layer < layers);
            psnr(&part, &source)
        })
        .collect();
    assert!(nearness.is_sorted() && nearness[2] > nearness[0] + 2.0 && nearness[2] > 24.0, "{nearness:?}");
    // Coarse first, each layer with its own brush and width.
    assert!(painting.strokes.is_sorted_by_key(|stroke| stroke.layer));
    assert_eq!(painting.layers.iter().map(|layer| layer.brush).collect::<Vec<_>>(), [0, 1, 2]);
    for stroke in &painting.strokes {
        let Geometry::Spline { width, .. } = stroke.geometry else { panic!("{:?}", stroke.geometry) };
        assert_eq!(width, [16.0, 8.0, 4.0][stroke.layer]);
    }
    // What is reported is what is drawn.
    let (strokes, sse) = reports.last().unwrap();
    assert_eq!(*strokes, painting.strokes.len());
    let reported = -10.0 * (*sse as f64 / (160.0 * 120.0 * 3.0 * 255.0 * 255.0)).log10();
    assert!((reported - nearness[2]).abs() < 0.1, "{reported} {nearness:?}");
}

#[test]
fn no_ground_is_left_bare() {
    // A ground that is nowhere in the picture and opaque strokes: whatever is near to it was not covered.
    let source = picture(160, 120);
    let params = LayeredParams { background: Some(HexColour([255, 0, 255])), threshold: 442.0, ..layered() };
    let bare = |painting: &Painting| {
        let drawn = draw(painting, 160, 120).unwrap();
        drawn.pixels().iter().filter(|[r, g, b]| *r > 0.9 && *g < 0.2 && *b > 0.9).count()
    };
    assert_eq!(bare(&paint(&source, params)), 0);
    let params = ShortParams { background: Some(HexColour([255, 0, 255])), spacing: 2.0, ..short() };
    assert_eq!(bare(&finish(Short::new(&source, None, params).unwrap()).0), 0);
}

/// Rings around the middle.
fn rings(side: usize) -> Canvas {
    let middle = side as f32 / 2.0;
    let value = |i: usize| {
        let at = [(i % side) as f32 + 0.5 - middle, (i / side) as f32 + 0.5 - middle];
        0.5 + 0.4 * (at[0].hypot(at[1]) * 0.25).sin()
    };
    Canvas::new(side, side, (0..side * side).flat_map(|i| [value(i); 3]).collect()).unwrap()
}

#[test]
fn strokes_follow_edges() {
    let source = rings(160);
    let away = |[x, y]: [f32; 2]| (x - 80.0).hypot(y - 80.0);
    let spread = |points: &[[f32; 2]]| {
        let distances = points.iter().map(|p| away(*p));
        let (low, high) = distances.fold((f32::INFINITY, 0.0f32), |(a, b), d| (a.min(d), b.max(d)));
        high - low
    };
    let drift = |curvature: f64| {
        let params = LayeredParams { radii: vec![4.0], curvature, min_length: 6, ..layered() };
        let painting = paint(&source, params);
        let mut spreads: Vec<f32> = Vec::new();
        for stroke in &painting.strokes {
            let Geometry::Spline { points, .. } = &stroke.geometry else { panic!("{:?}", stroke.geometry) };
            if points.len() >= 6 && away(points[0]) > 25.0 {
                spreads.push(spread(points));
            }
        }
        assert!(spreads.len() > 20, "{} strokes", spreads.len());
        spreads.sort_by(f32::total_cmp);
        spreads[spreads.len() / 2]
    };
    let (bent, straight) = (drift(1.0), drift(0.0));
    assert!(bent < 3.0 && straight > 2.0 * bent, "{bent} {straight}");
}

#[test]
fn strokes_sway_in_even_areas_alone() {
    // A step along y, from which the even area has its directions.
    let value = |x: usize| if x < 120 { 0.3 } else { 0.7 };
    let source = Canvas::new(160, 160, (0..160 * 160).flat_map(|i| [value(i % 160); 3]).collect()).unwrap();
    let strokes = |sway: f64| {
        let painting = paint(&source, LayeredParams { radii: vec![4.0], min_length: 3, sway, ..layered() });
        let of = |geometry: &Geometry| {
            let Geometry::Spline { points, .. } = geometry else { panic!("{geometry:?}") };
            let (first, last) = (points[0], points[points.len() - 1]);
            let (dx, dy) = (last[0] - first[0], last[1] - first[1]);
            (first[0].min(last[0]), first[0].max(last[0]), dx.hypot(dy), dx.abs() / dx.hypot(dy).max(1e-3))
        };
        painting.strokes.iter().map(|stroke| of(&stroke.geometry)).collect::<Vec<_>>()
    };
    // How much strokes go along x, on the mean of those in the even area, and of those at the step.
    let measured = |sway: f64| {
        let all = strokes(sway);
        let mean = |values: &[f32]| values.iter().sum::<f32>() / values.len() as f32;
        let even: Vec<_> = all.iter().filter(|s| s.1 < 80.0 && s.2 > 8.0).collect();
        let at_step: Vec<f32> = all.iter().filter(|s| s.0 > 114.0 && s.1 < 126.0 && s.2 > 8.0).map(|s| s.3).collect();
        assert!(even.len() > 30 && at_step.len() > 5, "{} {}", even.len(), at_step.len());
        (mean(&even.iter().map(|s| s.3).collect::<Vec<_>>()), mean(&at_step))
    };
    let (straight, swaying) = (measured(0.0), measured(1.0));
    assert!(straight.0 < 0.05 && swaying.0 > 0.1, "{straight:?} {swaying:?}");
    assert!(swaying.1 < 0.05, "{straight:?} {swaying:?}");
}

#[test]
fn even_areas_are_left_to_broad_brushes() {
    // Faint noise on the left, detail on the right.
    let mut next = common::noise(9);
    let value = |x: usize, y: usize, noise: f32| {
        if x < 80 { 0.6 + 0.06 * noise } else { 0.5 + 0.4 * ((x as f32 * 0.9).sin() * (y as f32 * 0.9).cos()).signum() }
    };
    let pixels = (0..160 * 120).flat_map(|i| [value(i % 160, i / 160, next() as f32 - 0.5); 3]).collect();
    let source = Canvas::new(160, 120, pixels).unwrap();
    let count = |detail: f64| {
        let painting = paint(&source, LayeredParams { threshold: 1.7, detail, ..layered() });
        let (mut left, mut right) = (0, 0);
        for stroke in painting.strokes.iter().filter(|stroke| stroke.layer == 2) {
            let Geometry::Spline { points, .. } = &stroke.geometry else { panic!("{:?}", stroke.geometry) };
            if points[0][0] < 70.0 { left += 1 } else { right += 1 }
        }
        (left, right)
    };
    let (all, kept) = (count(0.0), count(1.0));
    assert!(all.0 > 100 && kept.0 * 2 < all.0 && kept.1 * 2 > all.1, "{all:?} {kept:?}");
}

#[test]
fn solved_colours_are_nearer_and_palettes_are_kept() {
    let source = picture(160, 120);
    let of = |solve_colour| {
        let params = LayeredParams { solve_colour, radii: vec![8.0], ..layered() };
        psnr(&paint(&source, params), &source)
    };
    assert!(of(true) > of(false) + 0.2, "{} {}", of(true), of(false));
    let palette = vec![HexColour([20, 30, 90]), HexColour([200, 180, 60]), HexColour([240, 240, 240])];
    let jitter = Jitter { hue: 1.0, ..Jitter::NONE };
    let painting = paint(&source, LayeredParams { palette: palette.clone(), jitter, ..layered() });
    let allowed: Vec<[f32; 3]> = palette.iter().map(|colour| colour.0.map(|v| f32::from(v) / 255.0)).collect();
    assert!(painting.strokes.iter().all(|stroke| allowed.contains(&stroke.colour)));
}

#[test]
fn jitter_is_not_mended() {
    let source = picture(160, 120);
    let jitter = Jitter { value: 0.6, ..Jitter::NONE };
    let [plain, changed] =
        [Jitter::NONE, jitter].map(|jitter| paint(&source, LayeredParams { jitter, threshold: 30.0, ..layered() }));
    let points = |painting: &Painting| painting.strokes.iter().map(|s| s.geometry.clone()).collect::<Vec<_>>();
    assert!(points(&plain) == points(&changed));
    assert!(psnr(&changed, &source) < psnr(&plain, &source) - 2.0);
}

#[test]
fn importance_draws_strokes() {
    let source = picture(160, 120);
    let map: Vec<f32> = (0..160 * 120).map(|i| if i % 160 < 80 { 1.0 } else { 0.1 }).collect();
    let painting = finish(Layered::new(&source, Some(&map), layered()).unwrap()).0;
    let drawn = draw(&painting, 160, 120).unwrap();
    let error = |right: bool, drawn: &Canvas| {
        let pairs = drawn.pixels().iter().zip(source.pixels()).enumerate().filter(|(i, _)| (i % 160 >= 80) == right);
        pairs.map(|(_, (a, b))| (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f32>()).sum::<f32>()
    };
    let plain = draw(&paint(&source, layered()), 160, 120).unwrap();
    assert!(error(true, &drawn) > 1.5 * error(true, &plain));
    assert!(error(false, &drawn) < 1.2 * error(false, &plain));
}

#[test]
fn short_strokes_stop_at_edges() {
    // A dark bar whose sides are straight; strokes are turned across them.
    let value = |x: usize| if (60..100).contains(&x) { 0.1 } else { 0.9 };
    let source = Canvas::new(160, 120, (0..160 * 120).flat_map(|i| [value(i % 160); 3]).collect()).unwrap();
    let crossing = |edge: f64| {
        let params = ShortParams { edge, turn: 90.0, ..short() };
        let painting = finish(Short::new(&source, None, params).unwrap()).0;
        let crosses = painting.strokes.iter().filter(|stroke| {
            let Geometry::Line { points, .. } = stroke.geometry else { panic!("{:?}", stroke.geometry) };
            [60.0, 100.0]
                .iter()
                .any(|side| points.iter().any(|p| p[0] < side - 2.0) && points.iter().any(|p| p[0] > side + 2.0))
        });
        crosses.count()
    };
    assert!(crossing(442.0) > 25 && crossing(10.0) == 0, "{} {}", crossing(442.0), crossing(10.0));
    let painting = finish(Short::new(&picture(160, 120), None, short()).unwrap()).0;
    assert!(psnr(&painting, &picture(160, 120)) > 25.0);
}

#[test]
fn threads_do_not_matter() {
    let source = picture(160, 120);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let jitter = Jitter { hue: 0.2, ..Jitter::NONE };
        pool.install(|| {
            let layered = paint(&source, LayeredParams { jitter, ..layered() });
            (layered, finish(Short::new(&source, None, short()).unwrap()).0)
        })
    };
    assert!(on(1) == on(2));
}

#[test]
fn resuming_is_going_on() {
    // Sides that do not divide each other, so that the frame is not a multiple of the working copy.
    let source = picture(301, 200);
    let check = |mut painter: Box<dyn Painter>, resume: &dyn Fn(&Painting) -> Result<Box<dyn Painter>>| {
        for _ in 0..4 {
            painter.step().unwrap();
        }
        let kept = Painting::from_json(&painter.painting().to_json().unwrap()).unwrap();
        let mut again = resume(&kept).unwrap();
        for painter in [&mut painter, &mut again] {
            while painter.step().unwrap().is_some() {}
        }
        assert!(kept.strokes.len() < painter.painting().strokes.len());
        assert_eq!(painter.painting(), again.painting());
        let mut other = kept.clone();
        other.strokes[1].alpha = 0.5;
        assert_eq!(resume(&other).err().map(|e| e.fault()), Some(Fault::Input));
    };
    let resume = |kept: &Painting| Ok(Box::new(Layered::resume(kept, &source, None, layered())?) as Box<dyn Painter>);
    check(Box::new(Layered::new(&source, None, layered()).unwrap()), &resume);
    let resume = |kept: &Painting| Ok(Box::new(Short::resume(kept, &source, None, short())?) as Box<dyn Painter>);
    check(Box::new(Short::new(&source, None, short()).unwrap()), &resume);
}

#[test]
fn odd_pictures_are_painted() {
    let clear = picture(20, 10).with_alpha(Some(vec![0.0; 200])).unwrap();
    for source in
        [picture(1, 1), picture(1, 40), picture(300, 1), picture(2, 2), Canvas::filled(30, 20, [0.3; 3]), clear]
    {
        for painting in [paint(&source, layered()), finish(Short::new(&source, None, short()).unwrap()).0] {
            draw(&painting, 3, 50).unwrap();
        }
    }
}

#[test]
fn strokes_end_at_the_count() {
    let source = picture(160, 120);
    assert_eq!(paint(&source, LayeredParams { count: 37, ..layered() }).strokes.len(), 37);
    let params = ShortParams { count: 41, ..short() };
    assert_eq!(finish(Short::new(&source, None, params).unwrap()).0.strokes.len(), 41);
}

#[test]
fn wrong_parameters_are_refused() {
    let source = picture(20, 20);
    let wrong = [
        ("radii has 0 values, allowed are 1 to 8", LayeredParams { radii: Vec::new(), ..layered() }),
        ("radii grow from layer to layer", LayeredParams { radii: vec![2.0, 4.0], ..layered() }),
        ("radii is 0.1, allowed is 0.5 to 256", LayeredParams { radii: vec![0.1], ..layered() }),
        ("threshold is NaN, allowed is 0 to 442", LayeredParams { threshold: f64::NAN, ..layered() }),
        ("min_length is 13, allowed is 0 to max_length, 12", LayeredParams { min_length: 13, ..layered() }),
        ("max_length is 101, allowed is 0 to 100", LayeredParams { max_length: 101, ..layered() }),
        ("alpha is 0, allowed is 1 to 255", LayeredParams { alpha: 0, ..layered() }),
        (
            "jitter.red is -1, allowed is 0 to 1",
            LayeredParams { jitter: Jitter { red: -1.0, ..Jitter::NONE }, ..layered() },
        ),
    ];
    for (message, params) in wrong {
        let error = Layered::new(&source, None, params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
    let wrong = [
        ("spacing is 0, allowed is 1 to 64", ShortParams { spacing: 0.0, ..short() }),
        ("radius is 1, allowed is 2 to 64", ShortParams { radius: [2.0, 1.0], ..short() }),
        ("turn is 91, allowed is 0 to 90", ShortParams { turn: 91.0, ..short() }),
    ];
    for (message, params) in wrong {
        let error = Short::new(&source, None, params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
    let schema = serde_json::to_value(schemars::schema_for!(LayeredParams)).unwrap();
    assert_eq!(schema["properties"]["radii"]["items"]["maximum"], 256.0);
    let text = serde_json::to_string(&layered()).unwrap();
    assert_eq!(serde_json::from_str::<LayeredParams>(&text).unwrap(), layered());
}
