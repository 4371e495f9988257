//! The painter of greedy shapes.

mod common;

use common::{params, picture};
use scumble_core::Fault;
use scumble_image::{Canvas, metrics};
use scumble_paint::draw;
use scumble_paint::painters::greedy::{Greedy, HexColour, Level, ShapeKind, ShapesParams};
use scumble_paint::painters::{Painter, StepReport};
use scumble_paint::painting::{Geometry, Painting, Stroke};

fn paint(picture: &Canvas, params: ShapesParams) -> (Painting, Vec<StepReport>) {
    let mut painter = Greedy::new(picture, None, params).unwrap();
    let reports = std::iter::from_fn(|| painter.step().unwrap()).collect();
    (painter.into_painting(), reports)
}

#[test]
fn one_shape_is_found_again() {
    let centre = [118.0, 90.5];
    let shapes = [
        (ShapeKind::Triangle, Geometry::Triangle { points: [[60.3, 40.2], [190.7, 75.5], [110.1, 170.9]] }),
        (ShapeKind::RotatedRectangle, Geometry::Rectangle { centre, half: [60.4, 30.3], angle: 0.4 }),
        (ShapeKind::RotatedEllipse, Geometry::Ellipse { centre, radii: [70.4, 30.3], angle: 0.7 }),
    ];
    for (kind, geometry) in shapes {
        let mut truth = Painting::new(240.0, 200.0, [0.8, 0.7, 0.6], 0);
        truth.strokes.push(Stroke { layer: 0, geometry, colour: [0.2, 0.3, 0.5], alpha: 1.0, ramp: None });
        let truth = draw(&truth, 240, 200).unwrap();
        let params = ShapesParams { level: Level::Normal, work_px: 256, background: None, ..params(&[kind], 1) };
        let (painting, _) = paint(&truth, params);
        let psnr = metrics::psnr(&draw(&painting, 240, 200).unwrap(), &truth).unwrap();
        assert!(psnr >= 45.0, "{kind:?}: {psnr} dB");
    }
}

#[test]
fn the_ground_is_flat_where_the_pictures_is_and_else_its_mean() {
    let ground = |rgb: Vec<f32>| {
        let source = Canvas::new(20, 20, rgb).unwrap();
        let params = ShapesParams { background: None, ..params(&[ShapeKind::Circle], 1) };
        Greedy::new(&source, None, params).unwrap().into_painting().background.map(|v| (v * 255.0).round())
    };
    let inner = |i: usize| (2..18).contains(&(i % 20)) && (2..18).contains(&(i / 20));
    let object =
        |share: fn(usize) -> f32| (0..400).flat_map(|i| if inner(i) { [share(i); 3] } else { [1.0; 3] }).collect();
    // A third is ground, the rest is an object of two colours.
    assert_eq!(ground(object(|i| if i % 2 == 0 { 0.2 } else { 0.6 })), [255.0; 3]);
    // No colour along the border.
    let ramp: Vec<f32> = (0..400).flat_map(|i| [(i % 20) as f32 / 19.0; 3]).collect();
    assert_eq!(ground(ramp), [128.0; 3]);
    // A thin frame is none.
    let framed = |i: usize| [0, 19].contains(&(i % 20)) || [0, 19].contains(&(i / 20));
    let frame: Vec<f32> = (0..400).flat_map(|i| if framed(i) { [0.0; 3] } else { [1.0; 3] }).collect();
    assert_eq!(ground(frame), [207.0; 3]);
}

#[test]
fn the_error_never_rises_and_is_that_of_the_drawing() {
    let source = picture(96, 72);
    for kind in ShapeKind::ALL {
        let (painting, reports) = paint(&source, params(&[kind], 25));
        assert_eq!(reports.len(), 25, "{kind:?}");
        assert!(reports.windows(2).all(|pair| pair[1].sse < pair[0].sse), "{kind:?}");
        let psnr = metrics::psnr(&draw(&painting, 96, 72).unwrap(), &source).unwrap();
        let reported = reports.last().unwrap().psnr;
        assert!((psnr - reported).abs() < 0.1, "{kind:?}: {psnr} dB drawn, {reported} dB reported");
        assert!(psnr > 15.0, "{kind:?}: {psnr} dB");
    }
}

#[test]
fn threads_do_not_matter() {
    let source = picture(96, 72);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (painting, _) = paint(&source, params(&ShapeKind::ALL, 20));
            (painting.to_json().unwrap(), draw(&painting, 200, 150).unwrap())
        })
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn resuming_is_going_on() {
    // Sides that do not divide each other, so that the frame is not a multiple of the working copy.
    let source = picture(301, 200);
    let whole = ShapesParams { alpha: Some(128), ..params(&ShapeKind::ALL, 24) };
    let (straight, _) = paint(&source, whole.clone());
    let (half, _) = paint(&source, ShapesParams { count: 11, ..whole.clone() });
    let kept = Painting::from_json(&half.to_json().unwrap()).unwrap();
    let mut painter = Greedy::resume(kept, &source, None, whole.clone()).unwrap();
    while painter.step().unwrap().is_some() {}
    assert_eq!(painter.painting(), &straight);

    let other = ShapesParams { seed: 8, ..whole };
    assert_eq!(Greedy::resume(half, &source, None, other).unwrap_err().fault(), Fault::Input);
}

#[test]
fn odd_pictures_are_painted() {
    let clear = picture(20, 10).with_alpha(Some(vec![0.0; 200])).unwrap();
    let veiled = picture(20, 10).with_alpha(Some((0..200).map(|i| i as f32 / 199.0).collect())).unwrap();
    let flat = Canvas::filled(30, 20, [0.3, 0.6, 0.9]);
    for (picture, may_paint) in [
        (picture(1, 1), false),
        (picture(1, 40), true),
        (picture(300, 1), true),
        (picture(2, 2), true),
        (flat, false),
        (clear, false),
        (veiled, true),
    ] {
        let (painting, reports) = paint(&picture, params(&ShapeKind::ALL, 5));
        assert_eq!(painting.strokes.len(), reports.len());
        assert!(may_paint || reports.is_empty());
        draw(&painting, 3, 50).unwrap();
    }
}

#[test]
fn importance_draws_shapes() {
    let source = picture(96, 72);
    let left: Vec<f32> = (0..96 * 72).map(|i| if i % 96 < 48 { 1.0 } else { 0.07 }).collect();
    let error = |importance: Option<&[f32]>| {
        let mut painter = Greedy::new(&source, importance, params(&[ShapeKind::Triangle], 30)).unwrap();
        while painter.step().unwrap().is_some() {}
        let drawn = draw(painter.painting(), 96, 72).unwrap();
        let pairs = drawn.rgb().iter().zip(source.rgb()).enumerate().filter(|(i, _)| i / 3 % 96 < 48);
        pairs.map(|(_, (a, b))| (a - b).powi(2)).sum::<f32>()
    };
    assert!(error(Some(&left)) < 0.8 * error(None));
}

#[test]
fn palette_colours_alone_are_used() {
    let palette = vec![HexColour([250, 240, 230]), HexColour([20, 30, 90]), HexColour([200, 60, 40])];
    let params = ShapesParams { palette: palette.clone(), ..params(&[ShapeKind::Circle], 10) };
    let (painting, reports) = paint(&picture(96, 72), params);
    assert_eq!(reports.len(), 10);
    let allowed: Vec<[f32; 3]> = palette.iter().map(|colour| colour.0.map(|v| f32::from(v) / 255.0)).collect();
    assert!(painting.strokes.iter().all(|stroke| allowed.contains(&stroke.colour)));
}

#[test]
fn stops_at_the_wanted_nearness() {
    let params = ShapesParams { stop_psnr: Some(18.0), ..params(&[ShapeKind::Triangle], 200) };
    let (_, reports) = paint(&picture(96, 72), params);
    let [.., before, last] = reports.as_slice() else { panic!("{reports:?}") };
    assert!(before.psnr < 18.0 && last.psnr >= 18.0);
}

#[test]
fn abstraction_leaves_out_small_shapes() {
    let params = ShapesParams { abstraction: 1.0, ..params(&[ShapeKind::Circle], 40) };
    let (painting, _) = paint(&picture(96, 72), params);
    for stroke in painting.strokes {
        let Geometry::Ellipse { radii, .. } = stroke.geometry else { panic!("{:?}", stroke.geometry) };
        assert!(radii[0] >= 7.1, "{radii:?}");
    }
}

#[test]
fn wrong_parameters_are_refused() {
    let good = params(&[ShapeKind::Triangle], 10);
    let wrong = [
        ("shapes is empty", ShapesParams { shapes: Vec::new(), ..good.clone() }),
        ("count is 0, allowed is 1 to 200000", ShapesParams { count: 0, ..good.clone() }),
        ("count is 10000000, allowed is 1 to 200000", ShapesParams { count: 10_000_000, ..good.clone() }),
        ("alpha is 0, allowed is 1 to 255", ShapesParams { alpha: Some(0), ..good.clone() }),
        ("work_px is 8, allowed is 16 to 1024", ShapesParams { work_px: 8, ..good.clone() }),
        ("stop_psnr is NaN, allowed is 0 to 100", ShapesParams { stop_psnr: Some(f64::NAN), ..good.clone() }),
        ("abstraction is 1.5, allowed is 0 to 1", ShapesParams { abstraction: 1.5, ..good.clone() }),
    ];
    for (message, params) in wrong {
        let error = Greedy::new(&picture(20, 20), None, params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
    for map in [vec![1.0; 7], vec![0.0; 400], vec![f32::NAN; 400]] {
        let error = Greedy::new(&picture(20, 20), Some(&map), good.clone()).unwrap_err();
        assert_eq!(error.fault(), Fault::Input);
    }
}

#[test]
fn parameters_are_what_json_says() {
    let params = ShapesParams { background: Some(HexColour([1, 2, 255])), ..params(&ShapeKind::ALL, 3) };
    let text = serde_json::to_string(&params).unwrap();
    assert!(text.contains(r##""background":"#0102ff""##), "{text}");
    assert_eq!(serde_json::from_str::<ShapesParams>(&text).unwrap(), params);
    for colour in ["#12345", "#+12345", "red", "#1234567"] {
        assert!(colour.parse::<HexColour>().is_err(), "{colour}");
    }
    let schema = serde_json::to_value(schemars::schema_for!(ShapesParams)).unwrap();
    assert_eq!(schema["properties"]["count"]["maximum"], 200_000);
}
