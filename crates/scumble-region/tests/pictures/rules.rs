//! Which regions rules mean.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_region::Regions;
use scumble_region::rules::Range;
use serde_json::{Value, json};

use super::{drawn, none, params, picture};

/// The colour of a pixel when all that `when` means is kept as it is and the rest is one grey.
fn shown(when: Value, at: [usize; 2]) -> bool {
    let picture = picture(240, 180);
    let rules = json!([{ "when": when, "fill": "keep" }]);
    let changes = json!({ "rules": rules, "palette": ["#808080"], "count": 12 });
    let drawn = drawn(&picture, params(changes));
    let i = at[1] * 240 + at[0];
    let square: f32 = (0..3).map(|c| (drawn.pixels()[i][c] - picture.pixels()[i][c]).powi(2)).sum();
    square < 1e-3
}

#[test]
fn rules_mean_colours_places_and_sizes() {
    let (red, green, sky) = ([72, 72], [168, 108], [10, 170]);
    for (when, at, is) in [
        (json!({ "hue": "0..60" }), red, true),
        (json!({ "hue": "0..60" }), green, false),
        (json!({ "chroma": "0.15.." }), red, true),
        (json!({ "lightness": "0.9.." }), red, false),
        (json!({ "border": true }), red, false),
        (json!({ "border": true }), sky, true),
        (json!({ "x": "..0.5" }), red, true),
        (json!({ "x": "..0.5" }), green, false),
        (json!({ "y": "0.5..", "hue": "100..180" }), green, true),
        (json!({ "area": "0.9.." }), red, false),
    ] {
        assert_eq!(shown(when.clone(), at), is, "{when} at {at:?}");
    }
}

#[test]
fn the_first_rule_that_applies_counts() {
    let picture = picture(120, 90);
    let rules = |first: &str| json!([{ "when": { "area": "0.." }, "fill": first }, { "when": { "area": "0.." }, "fill": "keep" }]);
    let with = |first: &str| drawn(&picture, params(json!({ "rules": rules(first), "count": 6 })));
    let flat = drawn(&picture, params(json!({ "count": 6 })));
    assert_eq!(with("flat").rgb(), flat.rgb());
    assert_ne!(with("keep").rgb(), flat.rgb());
}

#[test]
fn ranges_are_written_as_they_are_read() {
    for text in ["0.1..0.5", "0.1..", "..0.5", "-3..-1"] {
        assert_eq!(text.parse::<Range>().unwrap().to_string(), text);
    }
    for text in ["", "..", "1", "0.5..0.1", "a..b", "0..inf"] {
        assert_eq!(text.parse::<Range>().unwrap_err().fault(), Fault::Parameter, "{text}");
    }
}

#[test]
fn a_rule_must_say_which_regions() {
    let rules = json!([{ "when": {}, "fill": "keep" }]);
    let refused = Regions::new(&picture(20, 20), None, None, &none, params(json!({ "rules": rules })));
    assert_eq!(refused.err().map(|e| e.fault()), Some(Fault::Parameter));
}

/// Rules may go by the colours of the user's own regions.
#[test]
fn labels_name_regions() {
    let picture = picture(120, 90);
    let halves =
        Canvas::new(120, 90, (0..120 * 90).flat_map(|i| [[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]][i % 120 / 60]).collect());
    let halves = halves.unwrap();
    let rules = json!([{ "when": { "label": ["#0000ff"] }, "fill": "keep" }]);
    let changes = json!({ "rules": rules, "palette": ["#808080"], "min_area": 0.0 });
    let mut painter = Regions::new(&picture, None, Some(&halves), &none, params(changes)).unwrap();
    use scumble_paint::painters::Painter;
    while painter.step().unwrap().is_some() {}
    let drawn = scumble_paint::draw(painter.painting(), 120, 90).unwrap();
    let near =
        |x: usize| (0..3).all(|c| (drawn.pixels()[45 * 120 + x][c] - picture.pixels()[45 * 120 + x][c]).abs() < 0.01);
    assert!(near(100) && !near(20));
}
