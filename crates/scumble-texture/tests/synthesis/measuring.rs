//! Structure and measures, some against numbers of an independent implementation (reference/texture/make_structure.py).

use scumble_image::Canvas;
use scumble_texture::structure::Structure;
use serde_json::Value;

use crate::exemplars::{bricks, gravel, picture};
use crate::measures::{autocorrelation_error, repeat_score};
use crate::{PARAMS, quilted};

fn reference() -> Value {
    serde_json::from_str(include_str!("../../../../reference/texture/structure.json")).unwrap()
}

/// The pictures of the reference.
fn pictures() -> [Canvas; 2] {
    let grey = |value: usize| [(value as f64 / 97.0) as f32; 3];
    [
        picture(48, 40, |x, y| grey((x * x * 31 + y * 17 + x * y * 5) % 97 / 2 + x % 12 * 4)),
        picture(40, 44, |x, y| grey((x * 13 + y * y * 7 + x * y * 3) % 97 / 3 + y % 9 * 7)),
    ]
}

#[test]
fn shapes_of_distributions_are_the_references() {
    let reference = reference();
    // Values are kept in single precision.
    let near = |found: f64, wanted: &Value| (found - wanted.as_f64().unwrap()).abs() < 1e-5 * found.abs().max(1.0);
    for (i, picture) in pictures().iter().enumerate() {
        let found = Structure::of(picture);
        let [kurtosis, skewness] = ["kurtosis", "skewness"].map(|name| reference[name][i].as_array().unwrap());
        assert_eq!([found.kurtosis.len(), found.skewness.len()], [kurtosis.len(), skewness.len()]);
        for (found, wanted) in found.kurtosis.iter().zip(kurtosis) {
            assert!(near(found[0], &wanted[0]) && near(found[1], &wanted[1]), "{found:?} {wanted}");
        }
        for (found, wanted) in found.skewness.iter().zip(skewness) {
            assert!(near(*found, wanted), "{found} {wanted}");
        }
    }
}

#[test]
fn autocorrelations_are_the_references() {
    let wanted = reference();
    let pictures = pictures();
    let near = |found: f64, name: &str| {
        let wanted = wanted[name].as_f64().unwrap();
        assert!((found - wanted).abs() < 1e-6, "{name}: {found} {wanted}");
    };
    near(autocorrelation_error(&pictures[0], &pictures[1]), "autocorrelation_error");
    near(repeat_score(&pictures[0]), "repeat_score");
}

#[test]
fn nothing_differs_from_itself() {
    let exemplar = bricks(96, 80);
    assert_eq!(autocorrelation_error(&exemplar, &exemplar), 0.0);
}

#[test]
fn copies_show_as_repeats() {
    let exemplar = gravel(120, 120);
    let own = repeat_score(&exemplar);
    let copied = picture(240, 240, |x, y| exemplar.pixels()[y % 100 * 120 + x % 100]);
    let quilt = quilted(&exemplar, [240, 240], &PARAMS, 1);
    assert!(repeat_score(&copied) > 0.95);
    assert!(own < 0.5 && repeat_score(&quilt) < 0.5, "{own} {}", repeat_score(&quilt));
}
