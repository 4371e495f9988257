//! Comparison with NumPy (reference/texture/make_reference.py).

mod common;

use common::apart;
use scumble_image::Canvas;
use scumble_texture::PyramidParams;
use scumble_texture::fft::Fft2;
use scumble_texture::heeger_bergen::heeger_bergen;
use scumble_texture::histogram::Sorted;
use scumble_texture::periodic::split;
use scumble_texture::pyramid::Pyramid;
use serde_json::Value;

fn numbers() -> Value {
    serde_json::from_str(include_str!("../../../reference/texture/numbers.json")).unwrap()
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// Numbers are written with twelve decimals.
const WRITTEN: f64 = 1e-11;

#[test]
fn the_periodic_part_solves_poissons_equation() {
    let case = &numbers()["periodic"];
    let fft = Fft2::new(count(&case["width"]), count(&case["height"]));
    assert!(apart(&split(&fft, &list(&case["picture"])).periodic, &list(&case["periodic"])) < WRITTEN);
}

#[test]
fn bands_are_numpys() {
    for case in numbers()["pyramid"].as_array().unwrap() {
        let (width, height) = (count(&case["width"]), count(&case["height"]));
        let pyramid = Pyramid::new(width, height, count(&case["scales"]), count(&case["orientations"])).unwrap();
        let bands = pyramid.analyse(&list(&case["picture"])).unwrap();
        let wanted = case["bands"].as_array().unwrap();
        assert_eq!(bands.len(), wanted.len());
        for (i, (band, wanted)) in bands.iter().zip(wanted).enumerate() {
            assert_eq!((band.width, band.height), (count(&wanted["width"]), count(&wanted["height"])));
            let error = apart(&band.values, &list(&wanted["values"]));
            assert!(error < WRITTEN, "{width}×{height}, band {i}: {error}");
        }
    }
}

/// The script's `blobs`.
fn blobs(width: usize, height: usize) -> Vec<f64> {
    let value = |i: usize| {
        let a = std::f64::consts::TAU * (i % width) as f64 / width as f64;
        let b = std::f64::consts::TAU * (i / width) as f64 / height as f64;
        let wave = (3.0 * a + 2.0 * (2.0 * b).sin()).sin()
            + 0.7 * (5.0 * b + (4.0 * a).sin()).cos()
            + 0.4 * (11.0 * a - 9.0 * b).sin();
        0.5 + 0.25 * wave.tanh() + 0.05 * (17.0 * a + 13.0 * b).cos()
    };
    (0..width * height).map(value).collect()
}

#[test]
fn heeger_bergen_comes_as_near_as_numpys() {
    let case = &numbers()["heeger_bergen"];
    let [width, height, scales, orientations, rounds] =
        ["width", "height", "scales", "orientations", "rounds"].map(|name| count(&case[name]));
    let exemplar = blobs(width, height);
    let pyramid = Pyramid::new(width, height, scales, orientations).unwrap();
    let bands = |plane: &[f64]| -> Vec<Sorted> {
        pyramid.analyse(plane).unwrap().iter().map(|band| Sorted::of(&band.values)).collect()
    };
    let wanted = bands(&exemplar);
    for (band, deciles) in wanted.iter().zip(case["deciles"].as_array().unwrap()) {
        for (i, decile) in list(deciles).iter().enumerate() {
            // NumPy's quantile i of n values is at i (n − 1).
            let at = (i + 1) as f64 / 10.0 * (band.values().len() - 1) as f64;
            let (below, share) = (at as usize, at.fract());
            let found = band.values()[below] + share * (band.values()[below + 1] - band.values()[below]);
            assert!((found - decile).abs() < WRITTEN);
        }
    }

    let (least, largest, noise) = (list(&case["least"]), list(&case["largest"]), list(&case["noise"]));
    let picture = Canvas::new(width, height, exemplar.iter().flat_map(|v| [*v as f32; 3]).collect()).unwrap();
    let params = PyramidParams { scales: scales as u32, orientations: orientations as u32, rounds: rounds as u32 };
    // The periodic part, which the texture is made from.
    let part = split(&Fft2::new(width, height), &exemplar).periodic;
    let wanted: Vec<Sorted> = [Sorted::of(&part)].into_iter().chain(bands(&part)).collect();
    let made = heeger_bergen(&picture, [width, height], &params, 1, &mut |_| true).unwrap();
    let found = [Sorted::of(&made.channels()[0])].into_iter().chain(bands(&made.channels()[0]));
    let (mut total, mut of_noise) = (0.0, 0.0);
    for (i, (found, wanted)) in found.zip(&wanted).enumerate() {
        let distance = found.distance(wanted) / wanted.deviation();
        // Another random texture: as near as NumPy's runs are, or by their spread farther.
        let allowed = largest[i] + (largest[i] - least[i]) + 1e-6;
        assert!(distance <= allowed, "band {i}: {distance} for {} to {}", least[i], largest[i]);
        (total, of_noise) = (total + distance, of_noise + noise[i]);
    }
    assert!(total < of_noise / 3.0, "{total} of {of_noise}");
}
