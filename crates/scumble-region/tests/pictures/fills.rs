//! Fills.

use scumble_core::Fault;
use scumble_image::{Canvas, metrics::psnr};
use scumble_paint::draw;
use scumble_paint::painters::Painter;
use scumble_paint::strokes::StrokesParams;
use scumble_region::Regions;
use scumble_region::rules::Fill;
use serde_json::json;

use super::{drawn, none, painted, params, picture};

#[test]
fn what_is_kept_is_the_picture() {
    let picture = picture(160, 120);
    let kept = drawn(&picture, params(json!({ "fill": "keep" })));
    // 8 bits, and edges of regions that are mixed with what is below.
    assert!(psnr(&picture, &kept).unwrap() > 40.0);
}

#[test]
fn a_ramp_follows_a_sky() {
    let (width, height) = (120, 90);
    let rgb = (0..width * height).flat_map(|i| {
        let t = (i / width) as f32 / height as f32;
        [0.2 + 0.5 * t, 0.3 + 0.4 * t, 0.9 - 0.2 * t]
    });
    let picture = Canvas::new(width, height, rgb.collect()).unwrap();
    let near = |fill: &str| psnr(&picture, &drawn(&picture, params(json!({ "fill": fill, "count": 1 })))).unwrap();
    assert!(near("ramp") > 45.0, "{:.1}", near("ramp"));
    assert!(near("flat") < 25.0);
}

#[test]
fn lines_and_dots_stay_within_their_regions() {
    let picture = picture(200, 150);
    for fill in ["hatch:20:6", "dots:8"] {
        let plain = drawn(&picture, params(json!({ "count": 4 })));
        let marked = drawn(&picture, params(json!({ "count": 4, "fill": fill })));
        assert!(psnr(&plain, &marked).unwrap() < 35.0, "{fill} leaves marks");
        // The sky's lines are blue: none of them crosses the red disc.
        let disc = |canvas: &Canvas| canvas.pixels()[60 * 200 + 60];
        assert!(disc(&marked)[0] > disc(&marked)[2], "{fill}");
    }
}

/// A preset of brush strokes.
fn strokes(light: f64, weave: f64) -> StrokesParams {
    serde_json::from_value(json!({
        "painter": "layered", "abstraction": 0.0, "detail": 0.5, "stroke_length": 1.0, "direction_smoothing": 1.0,
        "colour_smoothing": 0.0, "mix": 0.0, "seed": 1, "count": 5000, "relax": 0, "refine": 0, "style_colours": "none",
        "style_strokes": false, "style_brush": false, "style_steps": 0, "style_strength": 0.5, "palette_size": 12,
        "brush": "bristle", "alpha": 255, "wash": false, "jitter": 0.0, "jitter_hue": 0.0, "jitter_rgb": 0.0,
        "thickness": 0.3, "light": light, "density": 0.0, "rim": 0.0, "grain": 0.0, "weave": weave, "radii": [8.0, 4.0],
        "threshold": 20.0, "curvature": 1.0, "min_length": 4, "length": 12.0, "spacing": 1.0, "work_px": 256,
    }))
    .unwrap()
}

#[test]
fn strokes_bring_their_light_but_not_their_weave() {
    let finish = |weave: f64| {
        let params = params(json!({ "fill": "strokes:mine", "weave": weave }));
        let mut painter = Regions::new(&picture(80, 60), None, None, &|_| Ok(strokes(3.0, 0.4)), params).unwrap();
        while painter.step().unwrap().is_some() {}
        painter.painting().finish.clone()
    };
    for weave in [0.0, 0.25] {
        assert_eq!((finish(weave).light.strength, finish(weave).weave), (3.0, weave as f32));
    }
}

#[test]
fn strokes_of_a_preset_are_laid_in_their_regions() {
    let picture = picture(160, 120);
    let asked = std::cell::Cell::new(0);
    let presets = |name: &str| {
        asked.set(asked.get() + 1);
        assert_eq!(name, "mine");
        Ok(strokes(0.0, 0.0))
    };
    let rules = json!([{ "when": { "x": "0.5.." }, "fill": "strokes:mine" }]);
    let mut painter = Regions::new(&picture, None, None, &presets, params(json!({ "rules": rules }))).unwrap();
    while painter.step().unwrap().is_some() {}
    assert_eq!(asked.get(), 1);
    let names: Vec<&str> = painter.painting().layers.iter().map(|layer| layer.name.as_str()).collect();
    assert!(names.iter().any(|name| name.starts_with("mine")), "{names:?}");
    let drawn = draw(painter.painting(), 160, 120).unwrap();
    assert!(psnr(&picture, &drawn).unwrap() > 18.0);
}

#[test]
fn unknown_presets_and_absent_styles_are_refused_before_the_work() {
    let picture = picture(40, 30);
    let fault = |fill: &str| {
        let params = params(json!({ "fill": fill }));
        Regions::new(&picture, None, None, &none, params).err().map(|e| e.fault())
    };
    assert_eq!(fault("strokes:oil"), Some(Fault::Parameter));
    assert_eq!(fault("texture:style"), Some(Fault::Parameter));
}

#[test]
fn a_texture_of_a_region_has_its_colours() {
    let picture = picture(160, 120);
    let plain = drawn(&picture, params(json!({ "count": 5 })));
    let textured = drawn(&picture, params(json!({ "count": 5, "fill": "texture:region" })));
    assert!(psnr(&plain, &textured).unwrap() > 15.0);
}

#[test]
fn fills_are_written_as_they_are_read() {
    for text in [
        "flat",
        "ramp",
        "shape:triangle",
        "strokes:oil",
        "hatch:-45:3",
        "dots:6.5",
        "texture:region",
        "texture:style",
        "filter:kuwahara",
        "filter:patches",
        "filter:ink",
        "blur:4",
        "keep",
    ] {
        assert_eq!(text.parse::<Fill>().unwrap().to_string(), text);
    }
    for text in ["", "flat:1", "hatch:45", "hatch:x:3", "dots:0", "blur:1000", "shape:blob", "strokes:", "texture:wood"]
    {
        assert_eq!(text.parse::<Fill>().unwrap_err().fault(), Fault::Parameter, "{text}");
    }
    assert!(painted(&picture(8, 8), params(json!({ "fill": "blur:2" }))).is_ok());
}
