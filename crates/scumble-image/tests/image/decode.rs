//! Pictures written by other programs are read as those programs read them.

use scumble_image::{Depth, Limits, open};

use crate::support::{assert_close, floats, json, number, reference};

/// Half of the last digit of the reference file, and rounding to `f32`.
const WRITTEN: f32 = 1e-6;

#[test]
fn every_kind_of_picture_is_read_as_by_its_writer() {
    let cases = json("decode.json");
    let cases = cases.as_array().unwrap();
    assert!(cases.len() > 70);
    for case in cases {
        let file = case["file"].as_str().unwrap();
        let picture = match open(&reference("files").join(file), &Limits::default()) {
            Ok(picture) => picture,
            Err(error) => panic!("{file}: {error}"),
        };
        let canvas = &picture.canvas;
        let sides = (number(&case["width"]), number(&case["height"]));
        assert_eq!((canvas.width(), canvas.height()), sides, "{file}");
        let bits = if picture.depth == Depth::Sixteen { 16 } else { 8 };
        assert_eq!(bits, number(&case["depth"]), "{file}");
        let tolerance = case["tolerance"].as_f64().unwrap() as f32 + WRITTEN;
        assert_close(canvas.rgb(), &floats(&case["rgb"]), tolerance, file);
        assert_eq!(canvas.alpha().is_some(), !case["alpha"].is_null(), "{file}: alpha");
        if let Some(alpha) = canvas.alpha() {
            assert_close(alpha, &floats(&case["alpha"]), WRITTEN, file);
        }
        assert_eq!(picture.recipe, None, "{file}");
    }
}
