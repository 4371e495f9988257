//! Measures, some against numbers of an independent implementation (reference/texture/make_structure.py).

use scumble_image::Canvas;
use scumble_texture::measures::{autocorrelation_error, band_distance, repeat_score};
use scumble_texture::structure::Structure;
use serde_json::Value;

use crate::exemplars::{bricks, gravel, hash, picture};
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
    assert!(band_distance(&exemplar, &exemplar).unwrap() < 1e-12);
}

#[test]
fn band_distances_grow_with_contrast() {
    // Half the contrast has half the deviation in every band: quantiles are off by half of what they are.
    let exemplar = picture(80, 80, |x, y| [hash(x, y); 3]);
    let faint = picture(80, 80, |x, y| [0.25 + 0.5 * hash(x, y); 3]);
    let half = band_distance(&exemplar, &faint).unwrap();
    // Mean modulus of normal values, of their deviation: 0.8.
    assert!((half - 0.4).abs() < 0.03, "{half}");
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

#[test]
fn pictures_of_a_pixel() {
    let pixel = Canvas::filled(1, 1, [0.5; 3]);
    let line = picture(1, 30, |_, y| [hash(0, y); 3]);
    for (a, b) in [(&pixel, &pixel), (&pixel, &line), (&line, &pixel), (&line, &line)] {
        assert!(band_distance(a, b).unwrap().is_finite());
        assert!(autocorrelation_error(a, b).is_finite() && repeat_score(b).is_finite());
    }
}
