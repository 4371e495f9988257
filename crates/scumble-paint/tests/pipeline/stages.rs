//! The painters, and what comes after them.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::Strokes;
use scumble_paint::painters::Painter;
use scumble_paint::painting::Painting;
use serde_json::json;

use crate::common::picture;
use crate::params::{PAINTERS, drawn, finish, paint, params, psnr};

#[test]
fn every_painter_comes_nearer_than_the_ground() {
    let source = picture(160, 120);
    for painter in PAINTERS {
        let painting = paint(&source, params(painter, json!({})));
        painting.check().unwrap();
        let bare = Painting { strokes: Vec::new(), ..painting.clone() };
        let gain = psnr(&painting, &source) - psnr(&bare, &source);
        // Hatching shows tones in grey alone.
        assert!(gain > if painter == "hatch" { 1.0 } else { 6.0 }, "{painter}: {gain} dB");
    }
}

#[test]
fn relaxation_and_refinement_lower_the_error_step_by_step() {
    let source = picture(96, 72);
    for painter in PAINTERS.into_iter().filter(|painter| *painter != "hatch") {
        let more = json!({ "relax": 1, "refine": 10, "count": 300, "work_px": 96 });
        let (plain, before) =
            finish(Strokes::new(&source, None, None, params(painter, json!({ "count": 300, "work_px": 96 }))).unwrap());
        let (improved, reports) = finish(Strokes::new(&source, None, None, params(painter, more)).unwrap());
        let improving = &reports[before.len()..];
        assert!(improving.len() > 5, "{painter}");
        assert!(improving.windows(2).all(|pair| pair[1].sse <= pair[0].sse), "{painter}");
        assert!(improving.last().unwrap().sse < before.last().unwrap().sse, "{painter}");
        assert!(psnr(&improved, &source) > psnr(&plain, &source) + 0.1, "{painter}");
    }
}

#[test]
fn threads_do_not_matter() {
    let source = picture(110, 80);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let more = json!({ "relax": 1, "refine": 3, "count": 400, "jitter": 0.05, "colour_smoothing": 2.0 });
        let paint = |painter| paint(&source, params(painter, more.clone())).to_json().unwrap();
        pool.install(|| PAINTERS.map(paint))
    };
    assert!(on(1) == on(2));
}

#[test]
fn progress_rises_to_the_end() {
    let source = picture(96, 72);
    for painter in PAINTERS {
        for change in
            [json!({}), json!({ "relax": 2, "refine": 5 }), json!({ "count": 40 }), json!({ "threshold": 250 })]
        {
            let mut painter = Strokes::new(&source, None, None, params(painter, change.clone())).unwrap();
            let mut last = painter.progress();
            assert!(last < 0.05, "{change}: {last} at the start");
            while painter.step().unwrap().is_some() {
                let now = painter.progress();
                assert!((last..=1.0).contains(&now), "{change}: {last} {now}");
                last = now;
            }
            assert_eq!(painter.progress(), 1.0);
        }
    }
}

#[test]
fn what_matters_is_painted_better() {
    let source = picture(160, 120);
    let map: Vec<f32> = (0..160 * 120).map(|i| if i % 160 < 80 { 1.0 } else { 0.1 }).collect();
    let shares = |painting: &Painting| {
        let drawn = drawn(painting);
        let mut sums = [0.0f32; 2];
        for (i, (a, b)) in drawn.pixels().iter().zip(source.pixels()).enumerate() {
            sums[usize::from(i % 160 >= 80)] += (0..3).map(|c| (a[c] - b[c]).powi(2)).sum::<f32>();
        }
        sums[0] / sums[1]
    };
    // Short strokes and hatching are as dense everywhere.
    for (painter, relax) in [("layered", 0), ("adaptive", 0), ("moments", 0), ("short", 1)] {
        let of = |map| {
            let params = params(painter, json!({ "relax": relax }));
            shares(&finish(Strokes::new(&source, None, map, params).unwrap()).0)
        };
        let (even, favoured) = (of(None), of(Some(map.as_slice())));
        assert!(favoured < 0.8 * even, "{painter}: {favoured} of {even}");
    }
}

#[test]
fn washes_only_darken() {
    let source = picture(160, 120);
    let change = json!({ "wash": true, "background": "#ffffff", "alpha": 115, "brush": "round" });
    for painter in ["layered", "adaptive"] {
        let painting = paint(&source, params(painter, change.clone()));
        let bare = Painting { strokes: Vec::new(), ..painting.clone() };
        let gain = psnr(&painting, &source) - psnr(&bare, &source);
        assert!(gain > 5.0, "{painter}: {gain} dB");
        let part = |share: usize| {
            let strokes = painting.strokes[..painting.strokes.len() * share / 4].to_vec();
            drawn(&Painting { strokes, ..painting.clone() })
        };
        for share in 0..4 {
            let (less, more) = (part(share), part(share + 1));
            assert!(less.rgb().iter().zip(more.rgb()).all(|(less, more)| more <= less), "{painter}");
        }
    }
    // What would not work is said at once.
    let refused = |painter, changes: [(&str, serde_json::Value); 2]| {
        let mut all = change.clone();
        changes.into_iter().for_each(|(name, value)| all[name] = value);
        let error = Strokes::new(&source, None, None, params(painter, all)).err().unwrap();
        assert_eq!(error.fault(), Fault::Parameter, "{error}");
        error.to_string()
    };
    assert!(refused("layered", [("relax", json!(1)), ("refine", json!(0))]).contains("relax"));
    assert!(refused("layered", [("relax", json!(0)), ("refine", json!(1))]).contains("refine"));
    assert!(refused("moments", [("relax", json!(0)), ("refine", json!(0))]).contains("wash"));
}

#[test]
fn what_is_absent_is_named_with_its_painter() {
    let source = picture(40, 30);
    let cases = [
        ("layered", "length threshold curvature spacing min_length"),
        ("adaptive", "fineness tolerance length threshold"),
        ("moments", "fineness tolerance threshold"),
        ("short", "length spacing angle"),
        ("hatch", "spacing length angle form outline lead"),
    ];
    for (painter, names) in cases {
        for name in names.split(' ') {
            let params = params(painter, json!({ name: null }));
            let error = Strokes::new(&source, None, None, params).err().unwrap();
            assert_eq!(error.fault(), Fault::Parameter);
            assert!(error.to_string().contains(name) && error.to_string().contains(painter), "{error}");
        }
        let error = Strokes::new(&source, None, None, params(painter, json!({ "radii": [] }))).err().unwrap();
        assert_eq!(error.fault(), Fault::Parameter);
    }
}

#[test]
fn odd_pictures_are_painted() {
    let clear = picture(20, 10).with_alpha(Some(vec![0.0; 200])).unwrap();
    for source in [picture(1, 1), picture(1, 200), picture(200, 1), Canvas::filled(30, 20, [0.3, 0.6, 0.9]), clear] {
        for painter in PAINTERS {
            let params = params(painter, json!({ "relax": 1, "refine": 2, "colour_smoothing": 2.0 }));
            let mut painter = Strokes::new(&source, None, None, params).unwrap();
            loop {
                match painter.step() {
                    Ok(Some(_)) => {}
                    Ok(None) => break painter.painting().check().unwrap(),
                    // Nothing to paint.
                    Err(error) => break assert_eq!(error.fault(), Fault::Input, "{error}"),
                }
            }
        }
    }
}
