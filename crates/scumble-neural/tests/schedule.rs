//! Sizes and steps of a run (spec: scales grow by the square root of two).

use proptest::prelude::*;
use scumble_neural::params::{NeuralParams, Rounding, SizeRule};
use scumble_neural::schedule::{fit, scale_sizes, scales};

#[test]
fn scales_grow_by_the_root_of_two_to_the_end() {
    assert_eq!(scale_sizes(128, 512), [128, 181, 256, 362, 512]);
    assert_eq!(scale_sizes(128, 1024), [128, 181, 256, 362, 512, 724, 1024]);
    assert_eq!(scale_sizes(512, 512), [512]);
    assert_eq!(scale_sizes(1024, 512), [512], "a smallest scale above the size leaves one scale");
}

#[test]
fn size_rules_measure_what_they_say() {
    let photo = (800, 600);
    assert_eq!(fit(photo, 512, SizeRule::Long, Rounding::Nearest), (512, 384));
    assert_eq!(fit(photo, 512, SizeRule::Short, Rounding::Nearest), (683, 512));
    assert_eq!(fit(photo, 512, SizeRule::Short, Rounding::Down), (682, 512));
    assert_eq!(fit(photo, 512, SizeRule::Short, Rounding::Up), (683, 512));
    let (w, h) = fit(photo, 512, SizeRule::Area, Rounding::Nearest);
    // Rounding a side of about 600 moves the area by less than a thousandth each.
    assert!(((w * h) as f64 / (512.0 * 512.0) - 1.0).abs() < 2e-3);
}

#[test]
fn a_whole_side_is_not_rounded_away() {
    // 512/640*480 is 384 but for the last bit.
    for rounding in [Rounding::Nearest, Rounding::Up, Rounding::Down] {
        assert_eq!(fit((640, 480), 512, SizeRule::Long, rounding), (512, 384));
        assert_eq!(fit((1920, 1080), 1280, SizeRule::Long, rounding), (1280, 720));
    }
}

/// Parameters as a whole, of a small run.
fn params() -> NeuralParams {
    serde_json::from_str(include_str!("data/tiling.json")).unwrap()
}

#[test]
fn large_scales_get_fewer_steps_where_that_is_wished() {
    let steps = |taper_from, list: &[u32]| {
        let params = NeuralParams {
            size: 2048,
            min_size: 256,
            iterations: 45,
            initial_iterations: Some(100),
            scale_iterations: list.to_vec(),
            taper_from,
            ..params()
        };
        scales(&params).iter().map(|scale| scale.steps).collect::<Vec<u32>>()
    };
    assert_eq!(steps(None, &[]), [100, 45, 45, 45, 45, 45, 45]);
    // 256, 362, 512, 724, 1024, 1448, 2048.
    assert_eq!(steps(Some(512), &[]), [100, 45, 45, 32, 23, 16, 12]);
    assert_eq!(steps(Some(512), &[9, 8]), [9, 8, 8, 8, 8, 8, 8], "a list says what it says");
}

proptest! {
    #[test]
    fn scales_ascend_from_at_least_the_smallest_to_the_size(min in 16u32..600, end in 16u32..4000) {
        let sizes = scale_sizes(min, end);
        prop_assert_eq!(*sizes.last().unwrap(), end);
        prop_assert!(sizes.windows(2).all(|w| w[0] < w[1]));
        prop_assert!(sizes.len() == 1 || sizes[0] >= min);
    }

    #[test]
    fn no_side_ever_vanishes(w in 1usize..5000, h in 1usize..5000, size in 1u32..2000) {
        let (w, h) = fit((w, h), size, SizeRule::Long, Rounding::Down);
        prop_assert!(w >= 1 && h >= 1 && w.max(h) == size as usize);
    }
}
