//! Sizes and steps of a run (spec: scales grow by the square root of two).

use proptest::prelude::*;
use scumble_neural::params::{Rounding, SizeRule};
use scumble_neural::schedule::{fit, scale_sizes};

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
