//! Procrustes distances against SciPy, against trying every start, and on copies.

mod outlines;

use outlines::noise;
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_region::procrustes::{Complex64, Matcher, Similarity, align, mean};

/// As `reference/region/make_procrustes.py` makes them.
fn contour(noise: &mut impl FnMut() -> f64, points: usize) -> Vec<Complex64> {
    let mut next = |scale: f64, shift: f64| {
        let re = noise();
        Complex64::new((re - shift) * scale, (noise() - shift) * scale)
    };
    let mut z = vec![next(10.0, 0.0); points];
    for harmonic in [1.0, -1.0, 2.0, -2.0, 3.0, -4.0] {
        let factor = next(1.0, 0.5);
        for (j, z) in z.iter_mut().enumerate() {
            *z += factor * Complex64::cis(std::f64::consts::TAU * harmonic * j as f64 / points as f64);
        }
    }
    z
}

fn pair(seed: u64, points: usize) -> [Vec<Complex64>; 2] {
    let mut noise = noise(seed);
    let x = contour(&mut noise, points);
    [x, contour(&mut noise, points)]
}

/// From another first point on.
fn rolled(x: &[Complex64], start: usize) -> Vec<Complex64> {
    (0..x.len()).map(|j| x[(j + start) % x.len()]).collect()
}

/// At the x axis, run through in reverse.
fn mirrored(x: &[Complex64]) -> Vec<Complex64> {
    (0..x.len()).map(|j| x[(x.len() - j) % x.len()].conj()).collect()
}

/// The least distance by trying every start.
fn exhaustive(x: &[Complex64], y: &[Complex64], reflect: bool) -> f64 {
    let least = |x: &[Complex64]| {
        let distances = (0..x.len()).map(|k| align(&rolled(x, k), y, false).unwrap().distance);
        distances.fold(f64::INFINITY, f64::min)
    };
    if reflect { least(x).min(least(&mirrored(x))) } else { least(x) }
}

/// Squares of distances agree to rounding: sums of 32 products of numbers near 1, and 15 digits in the file.
const ROUNDING: f64 = 1e-10;

#[test]
fn thousand_pairs_are_as_scipy_says() {
    let text = include_str!("../../../reference/region/procrustes.json");
    let reference: serde_json::Value = serde_json::from_str(text).unwrap();
    let points = reference["points"].as_u64().unwrap() as usize;
    let rows = reference["squared"].as_array().unwrap();
    assert_eq!(rows.len(), 1000);
    let matcher = Matcher::new(points).unwrap();
    for (seed, row) in rows.iter().enumerate() {
        let [x, y] = pair(seed as u64, points);
        let contours = [&x, &y].map(|points| matcher.contour(points).unwrap());
        let best = |reflect| matcher.best(&contours[0], &contours[1], reflect, false).unwrap().distance;
        let found = [align(&x, &y, true).unwrap().distance, best(false), best(true)];
        for (found, expected) in found.iter().zip(row.as_array().unwrap()) {
            let expected = expected.as_f64().unwrap();
            assert!((found * found - expected).abs() < ROUNDING, "pair {seed}: {} is not {expected}", found * found);
        }
    }
}

#[test]
fn transforms_find_what_trying_every_start_finds() {
    let matcher = Matcher::new(24).unwrap();
    for seed in 0..1000 {
        let [x, y] = pair(seed, 24);
        let contours = [&x, &y].map(|points| matcher.contour(points).unwrap());
        for reflect in [false, true] {
            let found = matcher.best(&contours[0], &contours[1], reflect, false).unwrap();
            let expected = exhaustive(&x, &y, reflect);
            assert!((found.distance - expected).abs() < ROUNDING, "{seed}: {} is not {expected}", found.distance);
            // The transform, start and handedness that are told are those that give the distance.
            let from =
                if found.similarity.mirrored { mirrored(&x).iter().map(|z| z.conj()).collect() } else { x.clone() };
            let residual: f64 = from
                .iter()
                .enumerate()
                .map(|(j, z)| (found.similarity.apply(*z) - y[(j + found.start) % 24]).norm_sqr())
                .sum();
            assert!((residual.sqrt() - found.residual).abs() < 1e-9);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn copies_are_matched(
        points in 3..200usize, seed: u64, scale in 0.01..100.0f64, angle in -3.0..3.0f64,
        shift in (-1e3..1e3f64, -1e3..1e3f64), start: usize, mirror: bool,
    ) {
        let [x, _] = pair(seed, points);
        let similarity = Similarity {
            turn: Complex64::from_polar(scale, angle),
            shift: Complex64::new(shift.0, shift.1),
            mirrored: false,
        };
        let seen = if mirror { mirrored(&x) } else { x.clone() };
        let copy: Vec<_> = rolled(&seen, start % points).iter().map(|z| similarity.apply(*z)).collect();
        let matcher = Matcher::new(points).unwrap();
        let [a, b] = [&x, &copy].map(|points| matcher.contour(points).unwrap());
        for refine in [false, true] {
            let found = matcher.best(&a, &b, true, refine).unwrap();
            // Refined, the residual is a difference, with half of the digits.
            let most = if refine && found.offset != 0.0 { 1e-6 } else { 1e-9 };
            prop_assert!(found.residual < most * scale.max(1.0), "{}", found.residual);
            prop_assert!(found.distance < most, "{}", found.distance);
            prop_assert!((found.similarity.turn.norm() / scale - 1.0).abs() < 1e-6);
        }
        if !mirror {
            let found = matcher.best(&a, &b, false, false).unwrap();
            prop_assert!(found.distance < 1e-9);
        }
    }

    #[test]
    fn distances_are_symmetric_and_invariant(points in 3..64usize, seed: u64, start: usize, angle in -3.0..3.0f64) {
        let [x, y] = pair(seed, points);
        let turned: Vec<_> = rolled(&x, start % points).iter().map(|z| z * Complex64::from_polar(7.0, angle)).collect();
        let matcher = Matcher::new(points).unwrap();
        let [a, b, c] = [&x, &y, &turned].map(|points| matcher.contour(points).unwrap());
        for reflect in [false, true] {
            let forth = matcher.best(&a, &b, reflect, false).unwrap();
            let back = matcher.best(&b, &a, reflect, false).unwrap();
            let other = matcher.best(&c, &b, reflect, false).unwrap();
            prop_assert!((forth.distance - back.distance).abs() < 1e-7, "{} {}", forth.distance, back.distance);
            prop_assert!((forth.distance - other.distance).abs() < 1e-7);
            prop_assert!((0.0..=1.0).contains(&forth.distance));
            // Looking between points only ever finds something nearer.
            let refined = matcher.best(&a, &b, reflect, true).unwrap();
            prop_assert!(refined.distance <= forth.distance + 1e-7);
            prop_assert!(refined.offset.abs() <= 0.5);
        }
    }
}

#[test]
fn refinement_finds_starts_between_points() {
    // The same ellipse sampled a third of a step on.
    let sampled = |offset: f64| -> Vec<Complex64> {
        let t = |j: usize| (j as f64 + offset) * std::f64::consts::TAU / 64.0;
        (0..64).map(|j| Complex64::new(3.0 * t(j).cos() + (3.0 * t(j)).cos(), t(j).sin())).collect()
    };
    let matcher = Matcher::new(64).unwrap();
    let [a, b] = [sampled(0.0), sampled(1.0 / 3.0)].map(|points| matcher.contour(&points).unwrap());
    let coarse = matcher.best(&a, &b, false, false).unwrap();
    let fine = matcher.best(&a, &b, false, true).unwrap();
    assert!(fine.distance < coarse.distance / 10.0, "{} of {}", fine.distance, coarse.distance);
    assert!(fine.similarity.turn.arg().abs() < coarse.similarity.turn.arg().abs() / 10.0 + 1e-4);
    // Point j of the first is point j - 1/3 of the second.
    assert_eq!(fine.start, 0);
    assert!((fine.offset + 1.0 / 3.0).abs() < 0.01, "{}", fine.offset);
}

#[test]
fn mean_of_copies_is_the_contour() {
    let mut noise = noise(3);
    let shape = contour(&mut noise, 48);
    let matcher = Matcher::new(48).unwrap();
    let copies: Vec<_> = (0..20)
        .map(|at| {
            let turn = Complex64::from_polar(0.5 + noise(), 6.0 * noise());
            let seen = if at % 3 == 0 { mirrored(&shape) } else { shape.clone() };
            let copy: Vec<_> = rolled(&seen, 7 * at).iter().map(|z| turn * z + turn).collect();
            matcher.contour(&copy).unwrap()
        })
        .collect();
    let found = mean(&matcher, &copies, true).unwrap();
    let original = matcher.contour(&shape).unwrap();
    assert!(matcher.best(&found.contour, &original, true, false).unwrap().distance < 1e-9);
    assert!(found.variance < 1e-18);
    assert!((found.contour.energy() - 1.0).abs() < 1e-12);
}

#[test]
fn mean_is_nearer_to_all_than_any_of_them() {
    let matcher = Matcher::new(40).unwrap();
    let mut noise = noise(9);
    let shape = contour(&mut noise, 40);
    let class: Vec<_> = (0..15)
        .map(|at| {
            let other = contour(&mut noise, 40);
            let points: Vec<_> = shape.iter().zip(other).map(|(z, other)| z + 0.15 * other).collect();
            matcher.contour(&rolled(&points, 5 * at)).unwrap()
        })
        .collect();
    let found = mean(&matcher, &class, false).unwrap();
    let sum =
        |from: &_| class.iter().map(|x| matcher.best(x, from, false, false).unwrap().distance.powi(2)).sum::<f64>();
    let least = class.iter().map(sum).fold(f64::INFINITY, f64::min);
    assert!(sum(&found.contour) < least, "{} of {least}", sum(&found.contour));
    assert!((sum(&found.contour) / 15.0 - found.variance).abs() < 1e-9);
    // And than the mean that is a little off.
    let off: Vec<_> = found.contour.points().iter().zip(&shape).map(|(z, other)| z + 0.01 * other).collect();
    assert!(sum(&found.contour) < sum(&matcher.contour(&off).unwrap()));
}

#[test]
fn degenerate_contours() {
    let matcher = Matcher::new(4).unwrap();
    let dot = matcher.contour(&[Complex64::ONE; 4]).unwrap();
    let square =
        matcher.contour(&[0.0, 1.0, 2.0, 3.0].map(|k| Complex64::cis(k * std::f64::consts::FRAC_PI_2))).unwrap();
    let onto = matcher.best(&square, &dot, true, true).unwrap();
    assert_eq!((onto.distance, onto.residual), (0.0, 0.0));
    let from = matcher.best(&dot, &square, true, true).unwrap();
    assert_eq!(from.distance, 1.0);
    assert!(mean(&matcher, std::slice::from_ref(&dot), true).is_err());
    let one = Matcher::new(1).unwrap();
    let point = one.contour(&[Complex64::ONE]).unwrap();
    assert_eq!(one.best(&point, &point, true, true).unwrap().distance, 0.0);
}

#[test]
fn errors_are_told() {
    let fault = |result: scumble_core::Result<_>| result.map(|_: ()| ()).unwrap_err().fault();
    let (z, nan) = (Complex64::ONE, Complex64::new(f64::NAN, 0.0));
    assert_eq!(fault(align(&[z], &[z, z], true).map(|_| ())), Fault::Input);
    assert_eq!(fault(align(&[], &[], true).map(|_| ())), Fault::Input);
    assert_eq!(fault(align(&[nan], &[z], true).map(|_| ())), Fault::Input);
    assert_eq!(fault(Matcher::new(0).map(|_| ())), Fault::Parameter);
    assert_eq!(fault(Matcher::new(1 << 20).map(|_| ())), Fault::Parameter);
    let [three, four] = [3, 4].map(|count| Matcher::new(count).unwrap());
    assert_eq!(fault(three.contour(&[z; 4]).map(|_| ())), Fault::Input);
    assert_eq!(fault(three.contour(&[z, nan, z]).map(|_| ())), Fault::Input);
    let contour = three.contour(&[z; 3]).unwrap();
    assert_eq!(fault(four.best(&contour, &contour, true, true).map(|_| ())), Fault::Input);
    assert_eq!(fault(mean(&three, &[], true).map(|_| ())), Fault::Input);
}
