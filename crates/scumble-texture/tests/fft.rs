//! Fourier transforms and the periodic part.

mod common;

use std::f64::consts::TAU;

use common::{apart, noise, plane};
use proptest::prelude::*;
use scumble_image::Canvas;
use scumble_texture::fft::{Fft2, Value};
use scumble_texture::periodic::{periodic, split};
use scumble_texture::planes::Planes;

#[test]
fn forward_is_the_definition() {
    for (width, height) in [(7, 5), (8, 1), (1, 9), (4, 6), (1, 1)] {
        let mut noise = noise(1);
        let values: Vec<Value> = (0..width * height).map(|_| Value::new(noise(), noise())).collect();
        let mut spectrum = values.clone();
        Fft2::new(width, height).forward(&mut spectrum);
        for (k, found) in spectrum.iter().enumerate() {
            let (q, r) = ((k % width) as f64 / width as f64, (k / width) as f64 / height as f64);
            let term = |(i, v): (usize, &Value)| {
                v * Value::from_polar(1.0, -TAU * (q * (i % width) as f64 + r * (i / width) as f64))
            };
            let wanted: Value = values.iter().enumerate().map(term).sum();
            assert!((found - wanted).norm() < 1e-12, "{width}×{height}, wave {k}: {found} for {wanted}");
        }
    }
}

#[test]
fn two_planes_share_a_transform() {
    let fft = Fft2::new(9, 6);
    let (a, b) = (plane(9, 6, 1), plane(9, 6, 2));
    let [first, second] = fft.two_planes(fft.spectrum_of_two(&a, Some(&b)));
    assert!(apart(&first, &a) < 1e-14 && apart(&second, &b) < 1e-14);
    let spectrum = fft.spectrum(&a);
    for i in 0..54 {
        assert!((spectrum[i].conj() - spectrum[fft.opposite(i)]).norm() < 1e-12);
    }
}

proptest! {
    #[test]
    fn inverse_undoes_forward(width in 1..70usize, height in 1..70usize, seed: u64) {
        let fft = Fft2::new(width, height);
        let values = plane(width, height, seed);
        prop_assert!(apart(&fft.plane(fft.spectrum(&values)), &values) < 1e-12);
    }

    #[test]
    fn parts_add_up(width in 1..40usize, height in 1..40usize, seed: u64) {
        let values = plane(width, height, seed);
        let parts = split(&Fft2::new(width, height), &values);
        let sum: Vec<f64> = parts.periodic.iter().zip(&parts.smooth).map(|(p, s)| p + s).collect();
        prop_assert!(apart(&sum, &values) < 1e-12);
        prop_assert!(common::mean(&parts.smooth).abs() < 1e-12);
    }

    /// Where opposite borders are equal nothing is smooth; what is smooth of a picture moved across its border is the
    /// border's.
    #[test]
    fn pictures_with_equal_borders_are_periodic(width in 1..20usize, height in 1..20usize, seed: u64) {
        let quarter = plane(width, height, seed);
        let mirrored = |k: usize, length: usize| if k < length { k } else { 2 * length - 1 - k };
        let values: Vec<f64> = (0..4 * width * height)
            .map(|i| quarter[mirrored(i / (2 * width), height) * width + mirrored(i % (2 * width), width)])
            .collect();
        let parts = split(&Fft2::new(2 * width, 2 * height), &values);
        prop_assert!(parts.smooth.iter().all(|s| s.abs() < 1e-12));
    }
}

/// The power of the fine waves along the two axes of the spectrum, the arms of the cross.
fn cross(values: &[f64], side: usize) -> f64 {
    let spectrum = Fft2::new(side, side).spectrum(values);
    let fine = 8..=side - 8;
    let arm = |k: usize| spectrum[k].norm_sqr() + spectrum[k * side].norm_sqr();
    fine.map(arm).sum()
}

#[test]
fn the_periodic_part_has_no_cross() {
    let side = 64;
    // A slope is all step at the border.
    let slope: Vec<f64> = (0..side * side).map(|i| (i % side) as f64 * 0.01 + (i / side) as f64 * 0.02).collect();
    let part = split(&Fft2::new(side, side), &slope).periodic;
    assert!(part.iter().all(|v| (v - common::mean(&slope)).abs() < 0.08), "a slope of 1.9 is not left");
    let hill: Vec<f64> =
        (0..side * side).map(|i| ((i % side) as f64 * 0.04 + (i / side) as f64 * 0.03).sin()).collect();
    let part = split(&Fft2::new(side, side), &hill).periodic;
    let (before, after) = (cross(&hill, side), cross(&part, side));
    assert!(after < before / 100.0, "{before} to {after}");
}

#[test]
fn channels_are_split_apart() {
    let picture = Planes::of(&common::texture(20, 13));
    let parts = periodic(&picture);
    assert_eq!(parts.channels()[1], split(&Fft2::new(20, 13), &picture.channels()[1]).periodic);
    let flat = Planes::of(&Canvas::filled(6, 5, [0.25, 0.5, 0.75]));
    assert_eq!(periodic(&flat), flat);
}
