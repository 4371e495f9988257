//! Finished paintings made better: relaxation and refinement.

mod common;

use common::{params, picture};
use scumble_core::Fault;
use scumble_image::{Canvas, metrics};
use scumble_paint::painters::relax::{Relax, RelaxParams};
use scumble_paint::painters::{Greedy, Painter, StepReport, greedy::ShapeKind};
use scumble_paint::painting::{Blend, Geometry, Painting, Stroke};
use scumble_paint::refine::{Refine, RefineParams};
use scumble_paint::{draw, energy};

fn relaxing() -> RelaxParams {
    RelaxParams { sweeps: 3, tries: 20, reseed: 0.2, solve_alpha: true, least_gain: 0.0, work_px: 96, seed: 5 }
}

fn refining() -> RefineParams {
    RefineParams {
        steps: 30,
        point_rate: 0.6,
        size_rate: 0.1,
        colour_rate: 0.01,
        solve_alpha: true,
        softness: 2.0,
        work_px: 96,
    }
}

fn greedy(source: &Canvas, kinds: &[ShapeKind], count: u32) -> Painting {
    let mut painter = Greedy::new(source, None, params(kinds, count)).unwrap();
    while painter.step().unwrap().is_some() {}
    painter.into_painting()
}

/// Strokes of every geometry.
fn every_geometry() -> Painting {
    let mut painting = Painting::new(96.0, 72.0, [0.5; 3], 1);
    let geometries = [
        Geometry::Triangle { points: [[10.0, 10.0], [60.0, 15.0], [30.0, 60.0]] },
        Geometry::Rectangle { centre: [70.0, 20.0], half: [15.0, 8.0], angle: 0.3 },
        Geometry::Rectangle { centre: [20.0, 50.0], half: [15.0, 8.0], angle: 0.0 },
        Geometry::Ellipse { centre: [40.0, 45.0], radii: [20.0, 9.0], angle: 1.0 },
        Geometry::Ellipse { centre: [20.0, 20.0], radii: [9.0, 9.0], angle: 0.0 },
        Geometry::Superellipse { centre: [75.0, 50.0], radii: [12.0, 9.0], exponent: 3.0, angle: 0.5 },
        Geometry::Polygon { points: vec![[50.0, 5.0], [90.0, 10.0], [85.0, 40.0], [55.0, 30.0]] },
        Geometry::Line { points: [[5.0, 65.0], [90.0, 60.0]], width: 6.0 },
        Geometry::Curve { points: [[5.0, 40.0], [40.0, 20.0], [90.0, 45.0]], widths: [3.0, 7.0] },
        Geometry::Spline { points: vec![[10.0, 5.0], [30.0, 20.0], [50.0, 5.0], [80.0, 30.0]], width: 5.0 },
        Geometry::Spline { points: vec![[60.0, 60.0]], width: 8.0 },
        Geometry::Stamp { centre: [30.0, 30.0], angle: 0.0, length: 30.0, width: 8.0 },
    ];
    painting.strokes.extend(geometries.map(|geometry| Stroke {
        layer: 0,
        geometry,
        colour: [0.4, 0.5, 0.6],
        alpha: 0.8,
        ramp: None,
    }));
    painting
}

fn run(mut painter: impl Painter) -> (Painting, Vec<StepReport>) {
    let reports = std::iter::from_fn(|| painter.step().unwrap()).collect();
    (painter.painting().clone(), reports)
}

fn psnr(painting: &Painting, source: &Canvas) -> f64 {
    metrics::psnr(&draw(painting, source.width(), source.height()).unwrap(), source).unwrap()
}

#[test]
fn relaxing_lowers_the_error_of_every_geometry_and_keeps_the_count() {
    let source = picture(96, 72);
    let start = every_geometry();
    for solve_alpha in [false, true] {
        let relax = Relax::new(start.clone(), &source, None, RelaxParams { solve_alpha, ..relaxing() }).unwrap();
        let first = relax.report().sse;
        let (painting, reports) = run(relax);
        painting.check().unwrap();
        assert_eq!(painting.strokes.len(), start.strokes.len());
        assert!(reports.iter().all(|report| report.sse <= first));
        assert!(reports.last().unwrap().sse < first / 2);
        assert!(solve_alpha || painting.strokes.iter().all(|stroke| stroke.alpha == 0.8));
        // What is reported is what is drawn, apart from the source's rounding to levels.
        let (drawn, reported) = (psnr(&painting, &source), reports.last().unwrap().psnr);
        assert!((drawn - reported).abs() < 0.05, "{drawn} dB drawn, {reported} dB reported");
    }
}

#[test]
fn relaxing_gains_over_greedy_shapes_and_refining_gains_more() {
    let source = picture(120, 90);
    for kind in [ShapeKind::Triangle, ShapeKind::RotatedEllipse, ShapeKind::Curve] {
        let start = greedy(&source, &[kind], 30);
        let relax = Relax::new(start.clone(), &source, None, RelaxParams { sweeps: 8, ..relaxing() }).unwrap();
        let first = relax.report().sse as f64;
        let (relaxed, reports) = run(relax);
        let last = reports.last().unwrap().sse as f64;
        assert!(last < 0.85 * first, "{kind:?}: relaxed to {} of the start", last / first);
        assert_eq!(relaxed.strokes.len(), start.strokes.len());
        let refined = |painting| {
            let refine = Refine::new(painting, &source, None, RefineParams { steps: 100, ..refining() }).unwrap();
            run(refine).1.last().unwrap().sse as f64
        };
        let (more, alone) = (refined(relaxed), refined(start));
        assert!(more < 0.97 * last, "{kind:?}: refined to {} of the relaxed", more / last);
        assert!(alone < 0.95 * first, "{kind:?}: refined to {} of the start", alone / first);
    }
}

#[test]
fn strokes_hidden_under_others_get_no_garish_colours() {
    let grey = picture(96, 72).rgb().iter().map(|v| 0.4 + 0.2 * v).collect();
    let source = Canvas::new(96, 72, grey).unwrap();
    let mut start = every_geometry();
    start.strokes.iter_mut().for_each(|stroke| stroke.alpha = 0.95);
    // Each lies under itself.
    start.strokes = start.strokes.iter().flat_map(|stroke| [stroke.clone(), stroke.clone()]).collect();
    let params = RelaxParams { solve_alpha: false, ..relaxing() };
    let (relaxed, _) = run(Relax::new(start, &source, None, params).unwrap());
    // Over black or white, a stroke of this opacity is right with a colour so far outside the source's.
    let beyond = 0.05 / 0.95 + 0.003;
    for stroke in &relaxed.strokes {
        assert!(stroke.colour.iter().all(|v| (0.4 - beyond..0.6 + beyond).contains(v)), "{stroke:?}");
    }
}

#[test]
fn upright_shapes_stay_upright_and_circles_round() {
    let source = picture(96, 72);
    let start = greedy(&source, &[ShapeKind::Circle, ShapeKind::Rectangle], 12);
    let (relaxed, _) = run(Relax::new(start, &source, None, relaxing()).unwrap());
    let (refined, _) = run(Refine::new(relaxed, &source, None, refining()).unwrap());
    for stroke in &refined.strokes {
        match &stroke.geometry {
            Geometry::Ellipse { radii, angle, .. } => assert!(radii[0] == radii[1] && *angle == 0.0),
            Geometry::Rectangle { angle, .. } => assert_eq!(*angle, 0.0),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn palettes_are_kept_to() {
    let source = picture(96, 72);
    let mut start = every_geometry();
    start.palette = vec![[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.4, 0.6, 0.2]];
    let (painting, _) = run(Relax::new(start.clone(), &source, None, relaxing()).unwrap());
    assert!(painting.strokes.iter().any(|stroke| start.palette.contains(&stroke.colour)));
    let known = |colour| start.palette.contains(colour) || *colour == [0.4, 0.5, 0.6];
    assert!(painting.strokes.iter().all(|stroke| known(&stroke.colour)));
    let (refined, _) = run(Refine::new(painting.clone(), &source, None, refining()).unwrap());
    assert!(refined.strokes.iter().all(|stroke| known(&stroke.colour)));
}

#[test]
fn strokes_that_gain_too_little_are_removed() {
    let source = picture(96, 72);
    let start = greedy(&source, &[ShapeKind::Triangle], 30);
    let economy = RelaxParams { least_gain: 1e-3, reseed: 1.0, ..relaxing() };
    let relax = Relax::new(start.clone(), &source, None, economy).unwrap();
    let (painting, reports) = run(relax);
    assert!((1..start.strokes.len()).contains(&painting.strokes.len()));
    let (drawn, reported) = (psnr(&painting, &source), reports.last().unwrap().psnr);
    assert!((drawn - reported).abs() < 0.05, "{drawn} dB drawn, {reported} dB reported");
}

#[test]
fn refining_lowers_the_error_of_every_geometry() {
    let source = picture(96, 72);
    let start = every_geometry();
    let refine = Refine::new(start.clone(), &source, None, refining()).unwrap();
    let first = refine.report().sse;
    let (painting, reports) = run(refine);
    painting.check().unwrap();
    assert!(reports.windows(2).all(|pair| pair[1].sse <= pair[0].sse));
    // All colours alone, solved together.
    let levels = source.pixels().iter().map(|p| p.map(|v| (v * 255.0).round() as u8)).collect();
    let mut polished = energy::Stack::of(&start, &energy::Easel::new(96, levels, None, [128; 3]));
    polished.polish_colours(energy::Polish::USUAL);
    let last = reports.last().unwrap().sse;
    assert!(last < first && (last as f64) < 0.8 * polished.sse(), "{first}, {}, {last}", polished.sse());
    let (drawn, reported) = (psnr(&painting, &source), reports.last().unwrap().psnr);
    assert!((drawn - reported).abs() < 0.05, "{drawn} dB drawn, {reported} dB reported");
}

#[test]
fn a_ruinous_rate_keeps_the_start() {
    let source = picture(96, 72);
    let start = greedy(&source, &[ShapeKind::Triangle], 20);
    let refine = Refine::new(start, &source, None, RefineParams { point_rate: 10.0, ..refining() }).unwrap();
    let first = refine.report().sse;
    let (_, reports) = run(refine);
    assert!(reports.last().unwrap().sse <= first);
}

#[test]
fn threads_do_not_matter() {
    let source = picture(150, 110);
    let start = greedy(&source, &ShapeKind::ALL, 25);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let params = RelaxParams { work_px: 150, sweeps: 2, ..relaxing() };
            let (relaxed, _) = run(Relax::new(start.clone(), &source, None, params).unwrap());
            let refining = RefineParams { work_px: 150, steps: 10, ..refining() };
            let (refined, _) = run(Refine::new(relaxed.clone(), &source, None, refining).unwrap());
            (relaxed.to_json().unwrap(), refined.to_json().unwrap())
        })
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn stopping_and_going_on_changes_nothing() {
    let source = picture(96, 72);
    let start = greedy(&source, &[ShapeKind::Triangle], 40);
    let (whole, _) = run(Relax::new(start.clone(), &source, None, relaxing()).unwrap());
    let mut relax = Relax::new(start.clone(), &source, None, relaxing()).unwrap();
    for _ in 0..4 {
        relax.step().unwrap();
    }
    let kept = relax.clone();
    drop(relax);
    assert_eq!(run(kept).0, whole);

    let (whole, _) = run(Refine::new(start.clone(), &source, None, refining()).unwrap());
    let mut refine = Refine::new(start, &source, None, refining()).unwrap();
    refine.step().unwrap();
    let kept = refine.clone();
    drop(refine);
    assert_eq!(run(kept).0, whole);
}

#[test]
fn what_does_not_fit_is_refused() {
    let source = picture(96, 72);
    let fault = |painting: Painting, params: RelaxParams| {
        Relax::new(painting, &source, None, params).map(|_| ()).unwrap_err().fault()
    };
    let start = every_geometry();
    assert_eq!(fault(start.clone(), RelaxParams { tries: 0, ..relaxing() }), Fault::Parameter);
    assert_eq!(fault(start.clone(), RelaxParams { reseed: f64::NAN, ..relaxing() }), Fault::Parameter);
    assert_eq!(fault(Painting { width: 95.0, ..start.clone() }, relaxing()), Fault::Input);
    let mut glaze = start.clone();
    glaze.layers[0].blend = Blend::Multiply;
    assert_eq!(fault(glaze, relaxing()), Fault::Input);
    let refine = Refine::new(start, &source, None, RefineParams { softness: 0.0, ..refining() });
    assert_eq!(refine.map(|_| ()).unwrap_err().fault(), Fault::Parameter);
}

#[test]
fn odd_paintings_end() {
    for (width, height) in [(1, 1), (1, 40), (40, 1)] {
        let source = Canvas::filled(width, height, [0.2, 0.4, 0.6]);
        for count in [0, 3] {
            let mut start = Painting::new(width as f32, height as f32, [0.5; 3], 1);
            let geometry = Geometry::Line { points: [[0.0; 2], [width as f32, height as f32]], width: 1.0 };
            start.strokes = vec![Stroke { layer: 0, geometry, colour: [0.1; 3], alpha: 0.5, ramp: None }; count];
            // One stroke covers nothing.
            if let Some(stroke) = start.strokes.last_mut() {
                stroke.geometry = Geometry::Line { points: [[-9.0; 2]; 2], width: 0.0 };
            }
            let (relaxed, _) = run(Relax::new(start, &source, None, relaxing()).unwrap());
            let (refined, _) = run(Refine::new(relaxed, &source, None, refining()).unwrap());
            assert_eq!(refined.strokes.len(), count);
        }
    }
}
