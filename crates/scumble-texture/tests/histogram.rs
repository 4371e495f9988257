//! Matching of histograms and of distributions of colour.

mod common;

use common::{apart, mean, plane};
use proptest::prelude::*;
use scumble_texture::histogram::{Sorted, match_histogram};
use scumble_texture::transport::sliced_transport;

proptest! {
    #[test]
    fn equally_many_values_become_the_others(values in prop::collection::vec(-9.0..9.0f64, 1..80), seed: u64) {
        let to = Sorted::of(&plane(values.len(), 1, seed));
        let mut matched = values.clone();
        match_histogram(&mut matched, &to, seed);
        let sorted = Sorted::of(&matched);
        prop_assert_eq!(sorted.values(), to.values());
        prop_assert_eq!(sorted.distance(&to), 0.0);
        for (a, b) in values.iter().zip(&matched) {
            for (c, d) in values.iter().zip(&matched) {
                prop_assert!(*a >= *c || b <= d, "{a} < {c} became {b} > {d}");
            }
        }
    }

    #[test]
    fn values_matched_with_themselves_stay(values in prop::collection::vec(-1.0..1.0f32, 1..80), seed: u64) {
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let mut matched = values.clone();
        match_histogram(&mut matched, &Sorted::of(&values), seed);
        prop_assert_eq!(matched, values);
    }

    #[test]
    fn unequal_numbers_keep_range_and_mean(count in 1..300usize, others in 1..300usize, seed: u64) {
        let to = plane(others, 1, seed);
        let mut matched = plane(count, 1, !seed);
        match_histogram(&mut matched, &Sorted::of(&to), seed);
        let (least, most) = (to.iter().cloned().fold(2.0, f64::min), to.iter().cloned().fold(-1.0, f64::max));
        prop_assert!(matched.iter().all(|v| (least..=most).contains(v)));
        // A rank is off by half a step of the coarser one at most, over a range of 1.
        prop_assert!((mean(&matched) - mean(&to)).abs() <= 0.5 / count.min(others) as f64 + 1e-12);
    }
}

#[test]
fn equal_values_are_told_apart_by_the_seed_alone() {
    let to = Sorted::of(&plane(50, 40, 1));
    let matched = |seed| {
        let mut flat = vec![0.0; 1999];
        flat.push(-0.0);
        match_histogram(&mut flat, &to, seed);
        flat
    };
    assert_eq!(Sorted::of(&matched(1)).values(), to.values());
    assert_eq!(matched(1), matched(1));
    assert_ne!(matched(1), matched(2));
    // No order of place: first and second half have the same mean, whose difference has a deviation of √(1/12 ·
    // 2/1000).
    let halves = matched(1);
    assert!((mean(&halves[..1000]) - mean(&halves[1000..])).abs() < 5.0 * 0.0129);
}

#[test]
fn distances_are_the_earth_movers() {
    let (a, b) = (Sorted::of(&[0.0, 1.0, 3.0]), Sorted::of(&[5.0, 6.0, 8.0]));
    assert_eq!(a.distance(&b), 5.0);
    assert_eq!(a.distance(&a), 0.0);
    assert_eq!(b.distance(&a), 5.0);
    assert!((a.deviation() - (14.0_f64 / 9.0).sqrt()).abs() < 1e-15);
    assert_eq!((Sorted::of(&[]).deviation(), Sorted::of(&[]).quantile(0, 1)), (0.0, 0.0));
    let mut kept = [3.0, 1.0];
    match_histogram(&mut kept, &Sorted::of(&[]), 1);
    assert_eq!(kept, [3.0, 1.0]);
}

/// Colours on a bent line, which are correlated in a way that channels apart do not show.
fn bent(count: usize) -> [Vec<f64>; 3] {
    let noise = plane(count, 2, 4);
    let t = |i: usize| noise[i] * 2.0 - 1.0;
    [
        (0..count).map(|i| t(i) + 0.02 * noise[count + i]).collect(),
        (0..count).map(|i| t(i).powi(2)).collect(),
        (0..count).map(|i| t(i).abs().powi(3) - t(i)).collect(),
    ]
}

#[test]
fn clouds_become_the_other_along_every_direction() {
    let to = bent(3000);
    let mut cloud = [1, 2, 3].map(|seed| plane(50, 50, seed));
    let along = |cloud: &[Vec<f64>; 3], axis: [f64; 3]| {
        Sorted::of(&(0..cloud[0].len()).map(|i| (0..3).map(|c| axis[c] * cloud[c][i]).sum()).collect::<Vec<f64>>())
    };
    let distance = |cloud: &[Vec<f64>; 3]| {
        let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.6, 0.0, 0.8], [0.48, 0.64, -0.6], [0.0, 0.6, 0.8]];
        axes.map(|axis| along(cloud, axis).distance(&along(&to, axis)) / along(&to, axis).deviation())
    };
    let before = distance(&cloud);
    sliced_transport(&mut cloud, &to, 120, 7);
    let after = distance(&cloud);
    assert!(before.iter().all(|d| *d > 0.4), "{before:?}");
    // The third direction is nearly at right angles to the line, where the deviation is small.
    assert!(after.iter().zip(&before).all(|(after, before)| after < &(before / 10.0)), "{before:?} to {after:?}");
}

#[test]
fn a_cloud_given_its_own_distribution_stays() {
    let to = bent(400);
    let mut cloud = to.clone();
    sliced_transport(&mut cloud, &to, 9, 7);
    assert!((0..3).all(|c| apart(&cloud[c], &to[c]) < 1e-6));
    let mut none = to.clone();
    sliced_transport(&mut none, &bent(10), 0, 7);
    assert_eq!(none, to);
}
