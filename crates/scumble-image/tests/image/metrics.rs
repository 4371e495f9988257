//! PSNR and SSIM against scikit-image.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_image::metrics::{psnr, ssim};

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
