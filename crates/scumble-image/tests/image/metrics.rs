//! PSNR and SSIM against scikit-image.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_image::metrics::{psnr, psnr_of_opaque, ssim};

use crate::support::{floats, json, noise, number};

#[test]
fn measures_are_those_of_scikit_image() {
    let reference = &json("numbers.json")["metrics"];
    let (width, height) = (number(&reference["width"]), number(&reference["height"]));
    let canvas = |name: &str| Canvas::new(width, height, floats(&reference[name])).unwrap();
    let (a, b) = (canvas("a"), canvas("b"));
    // Both compute in double precision.
    assert!((psnr(&a, &b).unwrap() - reference["psnr"].as_f64().unwrap()).abs() < 1e-9);
    assert!((ssim(&a, &b).unwrap() - reference["ssim"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn equal_pictures_are_perfect() {
    let a = noise(32, 40, 255);
    assert_eq!(psnr(&a, &a).unwrap(), f64::INFINITY);
    assert!((ssim(&a, &a).unwrap() - 1.0).abs() < 1e-12);
}

#[test]
fn black_and_white_are_as_far_apart_as_can_be() {
    let (black, white) = (Canvas::filled(11, 11, [0.0; 3]), Canvas::filled(11, 11, [1.0; 3]));
    assert!(psnr(&black, &white).unwrap().abs() < 1e-12);
    // C1 / (1 + C1), all that the constants leave.
    assert!((ssim(&black, &white).unwrap() - 1e-4 / 1.0001).abs() < 1e-9);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let error = psnr(&noise(3, 4, 9), &noise(4, 3, 9)).unwrap_err();
    assert_eq!(error.fault(), Fault::Input);
    let small = noise(10, 40, 9);
    let error = ssim(&small, &small).unwrap_err();
    assert_eq!(error.to_string(), "structural similarity needs pictures of at least 11x11 pixels, not 10x40");
}

/// What a picture hides counts as little as it is seen.
#[test]
fn transparent_pixels_do_not_count() {
    let drawn = Canvas::filled(2, 2, [0.5; 3]);
    let seen = |alpha: [f32; 4]| {
        let picture = Canvas::new(2, 2, [[0.6; 3], [0.0; 3], [1.0; 3], [0.5; 3]].as_flattened().to_vec()).unwrap();
        psnr_of_opaque(&drawn, &picture.with_alpha(Some(alpha.to_vec())).unwrap()).unwrap()
    };
    // One pixel in two is off by a tenth.
    assert!((seen([1.0, 0.0, 0.0, 1.0]) - -10.0 * (0.01f64 / 2.0).log10()).abs() < 1e-4);
    // Half seen, one that is off by a half counts half beside a whole one.
    assert!((seen([0.0, 0.5, 0.0, 1.0]) - -10.0 * (0.5 * 0.25f64 / 1.5).log10()).abs() < 1e-4);
    assert_eq!(seen([0.0; 4]), f64::INFINITY);
    let opaque = noise(12, 12, 7);
    assert_eq!(psnr_of_opaque(&noise(12, 12, 3), &opaque).unwrap(), psnr(&noise(12, 12, 3), &opaque).unwrap());
}
