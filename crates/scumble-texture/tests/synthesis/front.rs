//! The front of the crate.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_texture::{Made, TextureMethod, TextureParams, synthesise};
use serde_json::{Value, json};

use crate::exemplars::{bricks, gravel, hash, picture};

fn json() -> Value {
    json!({
        "method": "auto", "width": 0, "height": 0, "tileable": false, "block": 0, "overlap": 0.167, "tolerance": 0.1,
        "feather": 1, "layout": "auto", "guide_weight": 0.8, "scales": 3, "orientations": 4, "rounds": 2, "seed": 1,
    })
}

fn params(changed: Value) -> TextureParams {
    let mut params = json();
    for (key, value) in changed.as_object().unwrap() {
        params[key] = value.clone();
    }
    serde_json::from_value(params).unwrap()
}

fn made(exemplar: &Canvas, changed: Value) -> Made {
    synthesise(exemplar, None, &params(changed), &mut |_| true).unwrap()
}

#[test]
fn parameters_are_flat_complete_and_named() {
    let written = serde_json::to_value(params(json!({}))).unwrap();
    assert_eq!(written, json());
    let mut unknown = json();
    unknown["seam"] = json!(1);
    assert!(serde_json::from_value::<TextureParams>(unknown).is_err());
    for key in json().as_object().unwrap().keys() {
        let mut missing = json();
        missing.as_object_mut().unwrap().remove(key);
        assert!(serde_json::from_value::<TextureParams>(missing).is_err(), "{key}");
    }
    for method in TextureMethod::ALL {
        assert_eq!(serde_json::to_value(method).unwrap(), json!(method.name()));
    }
}

#[test]
fn the_schema_says_what_is_checked() {
    let schema = serde_json::to_value(schemars::schema_for!(TextureParams)).unwrap();
    for (key, field) in schema["properties"].as_object().unwrap() {
        assert!(field["description"].as_str().is_some_and(|text| !text.is_empty()) || key == "method", "{key}");
        for (end, step) in [("minimum", -1.0), ("maximum", 1.0)] {
            let Some(limit) = field[end].as_f64() else { continue };
            let with = |value: f64| {
                let whole = json()[key].is_u64();
                let mut changed = json();
                changed[key] = if whole { json!(value as i64) } else { json!(value) };
                serde_json::from_value::<TextureParams>(changed).map(|params| params.validate().is_ok())
            };
            if key == "seed" {
                continue;
            }
            assert!(with(limit).unwrap(), "{key} {limit}");
            assert!(!with(limit + step).unwrap_or(false), "{key} {limit}");
        }
    }
}

#[test]
fn every_method_makes_its_size() {
    let exemplar = gravel(64, 48);
    for method in TextureMethod::ALL {
        let doubled = made(&exemplar, json!({ "method": method }));
        assert_eq!([doubled.canvas.width(), doubled.canvas.height()], [128, 96], "{method:?}");
        assert_ne!(doubled.method, TextureMethod::Auto);
        assert_eq!(doubled.reason.is_some(), method == TextureMethod::Auto);
        let given = made(&exemplar, json!({ "method": method, "width": 50 }));
        assert_eq!([given.canvas.width(), given.canvas.height()], [50, 96], "{method:?}");
        assert!(given.canvas.rgb().iter().all(|v| (0.0..=1.0).contains(v)), "{method:?}");
    }
}

#[test]
fn auto_says_why() {
    let bricks = made(&bricks(120, 120), json!({}));
    assert_eq!(bricks.method, TextureMethod::Quilt);
    let noise = made(&picture(120, 120, |x, y| [hash(x, y); 3]), json!({}));
    assert_eq!(noise.method, TextureMethod::Phase);
    assert!(noise.reason.is_some_and(|reason| reason.contains("random phase noise")));
}

#[test]
fn guides_are_for_quilting() {
    let (exemplar, guide) = (gravel(64, 48), bricks(90, 40));
    let with = |method: TextureMethod| {
        synthesise(&exemplar, Some(&guide), &params(json!({ "method": method })), &mut |_| true)
    };
    for method in [TextureMethod::Auto, TextureMethod::Quilt] {
        let made = with(method).unwrap();
        assert_eq!((made.method, made.canvas.width(), made.canvas.height()), (TextureMethod::Quilt, 90, 40));
    }
    let error = with(TextureMethod::Phase).unwrap_err();
    assert!(error.fault() == Fault::Parameter && error.to_string().contains("phase"), "{error}");
}

#[test]
fn every_method_stops() {
    let exemplar = gravel(64, 48);
    for method in TextureMethod::ALL {
        let mut calls = 0;
        let made = synthesise(&exemplar, None, &params(json!({ "method": method })), &mut |_| {
            calls += 1;
            false
        });
        assert_eq!((made.unwrap().canvas.width(), calls), (128, 1), "{method:?}");
    }
}

#[test]
fn every_method_refuses_a_transparent_exemplar_and_takes_a_pixel() {
    let clear = gravel(40, 40).with_alpha(Some(vec![0.0; 1600])).unwrap();
    let pixel = Canvas::filled(1, 1, [0.2, 0.5, 0.7]);
    for method in TextureMethod::ALL {
        let error = synthesise(&clear, None, &params(json!({ "method": method })), &mut |_| true).unwrap_err();
        assert_eq!(error.fault(), Fault::Input, "{method:?}: {error}");
        let made = made(&pixel, json!({ "method": method, "width": 20, "height": 9 })).canvas;
        let near = |p: &[f32; 3]| p.iter().zip([0.2, 0.5, 0.7]).all(|(a, b)| (a - b).abs() < 1e-5);
        assert!(made.pixels().iter().all(near), "{method:?}");
    }
}

#[test]
fn refuses_before_it_works() {
    let refused = |changed: Value| {
        let never = &mut |_| panic!("work was done");
        synthesise(&gravel(64, 48), None, &params(changed), never).unwrap_err().fault()
    };
    assert_eq!(refused(json!({ "width": 60_000, "height": 60_000 })), Fault::Limit);
    assert_eq!(refused(json!({ "method": "quilt", "block": 49 })), Fault::Limit);
    assert_eq!(refused(json!({ "method": "phase", "overlap": 0.41 })), Fault::Parameter);
}
