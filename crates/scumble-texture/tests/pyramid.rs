//! The steerable pyramid.

mod common;

use std::f64::consts::FRAC_1_SQRT_2;

use common::{apart, plane};
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_texture::pyramid::Pyramid;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn bands_add_up(width in 1..50usize, height in 1..50usize, scales in 0..4usize, k in 1..7usize, seed: u64) {
        let pyramid = Pyramid::new(width, height, scales, k).unwrap();
        let picture = plane(width, height, seed);
        let bands = pyramid.analyse(&picture).unwrap();
        prop_assert_eq!(bands.len(), scales * k + 2);
        let error = apart(&pyramid.synthesise(&bands).unwrap(), &picture);
        prop_assert!(error < 1e-12, "{} off", error);
    }

    /// What the squares of filters summing to 1 means: the pyramid keeps energy, a band's counted by its size.
    #[test]
    fn energy_is_kept(width in 1..40usize, height in 1..40usize, k in 1..9usize, seed: u64) {
        let pyramid = Pyramid::new(width, height, 3, k).unwrap();
        let picture = plane(width, height, seed);
        let energy = |values: &[f64]| values.iter().map(|v| v * v).sum::<f64>() / values.len() as f64;
        let bands: f64 = pyramid.analyse(&picture).unwrap().iter().map(|band| energy(&band.values)).sum();
        prop_assert!((bands / energy(&picture) - 1.0).abs() < 1e-12, "{}", bands / energy(&picture));
    }
}

/// A wave of direction `angle` and so many radians a pixel, on a torus on which it fits.
fn wave(side: usize, q: f64, r: f64) -> Vec<f64> {
    let step = std::f64::consts::TAU / side as f64;
    (0..side * side).map(|i| ((q * (i % side) as f64 + r * (i / side) as f64) * step + 0.4).sin()).collect()
}

#[test]
fn waves_fall_into_their_octave_and_orientation() {
    let side = 96;
    let pyramid = Pyramid::new(side, side, 3, 4).unwrap();
    let energy = |bands: &[scumble_texture::pyramid::Band]| -> Vec<f64> {
        bands.iter().map(|band| band.values.iter().map(|v| v * v).sum::<f64>() / band.values.len() as f64).collect()
    };
    // Frequencies of π/2, π/4 and π/8: the middle of each octave. Orientation 0 is of waves along x, 2 of waves along
    // y.
    for (scale, periods) in [(0, 24.0), (1, 12.0), (2, 6.0)] {
        for (k, [q, r]) in
            [(0, [1.0, 0.0]), (1, [FRAC_1_SQRT_2; 2]), (2, [0.0, 1.0]), (3, [-FRAC_1_SQRT_2, FRAC_1_SQRT_2])]
        {
            let [q, r] = [q, r].map(|v: f64| (v * periods).round());
            let energies = energy(&pyramid.analyse(&wave(side, q, r)).unwrap());
            let most = energies.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(i, _)| i);
            assert_eq!(most, Some(1 + scale * 4 + k), "scale {scale}, orientation {k}: {energies:?}");
        }
    }
    // The finest waves are the high-pass residual's, a constant is the low-pass one's.
    let energies = energy(&pyramid.analyse(&wave(side, 47.0, 20.0)).unwrap());
    assert!((energies[0] - 0.5).abs() < 1e-12, "{energies:?}");
    let bands = pyramid.analyse(&vec![0.75; side * side]).unwrap();
    let (low, others) = bands.split_last().unwrap();
    assert!(low.values.iter().all(|v| (v - 0.75).abs() < 1e-13));
    assert!(others.iter().flat_map(|band| &band.values).all(|v| v.abs() < 1e-13));
}

#[test]
fn bands_are_halved() {
    let bands = Pyramid::new(37, 12, 2, 3).unwrap().analyse(&plane(37, 12, 1)).unwrap();
    let sizes: Vec<[usize; 2]> = bands.iter().map(|band| [band.width, band.height]).collect();
    let octave = |size: [usize; 2]| [size; 3];
    assert_eq!(sizes, [&[[37, 12]][..], &octave([37, 12]), &octave([19, 6]), &[[10, 3]]].concat());
}

#[test]
fn wrong_numbers_are_refused() {
    let refused = |width, scales, orientations| Pyramid::new(width, 8, scales, orientations).unwrap_err();
    for (error, fault, message) in [
        (refused(8, 9, 4), Fault::Parameter, "scales is 9, allowed is 0 to 8"),
        (refused(8, 2, 0), Fault::Parameter, "orientations is 0, allowed is 1 to 8"),
        (refused(8, 2, 9), Fault::Parameter, "orientations is 9, allowed is 1 to 8"),
    ] {
        assert_eq!((error.fault(), error.to_string().as_str()), (fault, message));
    }
    assert_eq!(refused(0, 2, 4).fault(), Fault::Limit);
    let pyramid = Pyramid::new(8, 8, 1, 2).unwrap();
    assert_eq!(pyramid.analyse(&[0.0; 63]).unwrap_err().fault(), Fault::Input);
    let bands = pyramid.analyse(&[0.0; 64]).unwrap();
    assert_eq!(pyramid.synthesise(&bands[1..]).unwrap_err().fault(), Fault::Input);
    for i in 0..bands.len() {
        let mut bands = bands.clone();
        bands[i].values.pop();
        assert_eq!(pyramid.synthesise(&bands).unwrap_err().fault(), Fault::Input, "band {i}");
    }
}
