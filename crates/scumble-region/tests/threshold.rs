//! Division by brightness.

mod common;

use common::{noise, painted};
use proptest::prelude::*;
use scumble_image::Canvas;
use scumble_region::segment::{ThresholdParams, otsu, threshold};

fn grey(width: usize, levels: &[u8]) -> Canvas {
    painted(width, levels.len() / width, |x, y| [f32::from(levels[y * width + x]) / 255.0; 3])
}

/// The sum of squared differences to the means of the classes that thresholds make.
fn within(levels: &[u8], thresholds: &[f64]) -> f64 {
    let class = |level: u8| thresholds.iter().filter(|t| f64::from(level) / 255.0 > **t).count();
    (0..=thresholds.len())
        .map(|c| {
            let of: Vec<f64> =
                levels.iter().filter(|level| class(**level) == c).map(|level| f64::from(*level)).collect();
            let mean = of.iter().sum::<f64>() / of.len().max(1) as f64;
            of.iter().map(|v| (v - mean).powi(2)).sum::<f64>()
        })
        .sum()
}

proptest! {
    #[test]
    fn otsu_is_the_best_of_all_ways(levels in prop::collection::vec(0u8..=255, 12..40)) {
        let picture = grey(levels.len(), &levels);
        for classes in [2, 3] {
            let found = otsu(&picture, classes).unwrap();
            let mut least = f64::INFINITY;
            for first in 0..255u8 {
                let others = if classes == 2 { vec![first] } else { (first + 1..=255).collect() };
                for second in others {
                    let at = |level: u8| (f64::from(level) + 0.5) / 255.0;
                    least = least.min(within(&levels, &[at(first), at(second)][..classes as usize - 1]));
                }
            }
            // Sums in another order.
            prop_assert!(within(&levels, &found) <= least + 1e-6, "{found:?}");
        }
    }
}

#[test]
fn few_levels_are_a_class_each() {
    let picture = grey(6, &[10, 10, 200, 10, 90, 200]);
    assert_eq!(otsu(&picture, 6).unwrap().len(), 2);
    let labels = threshold(&picture, &ThresholdParams::Otsu { classes: 6 }).unwrap();
    assert_eq!(labels.ids(), [0, 0, 1, 0, 2, 1]);
    assert!(otsu(&grey(3, &[7, 7, 7]), 2).unwrap().is_empty());
}

#[test]
fn levels_divide_where_they_say() {
    let picture = grey(5, &[0, 50, 51, 102, 255]);
    let labels = threshold(&picture, &ThresholdParams::Levels { levels: vec![0.2, 0.4] }).unwrap();
    // 51 and 102 are as bright as the levels, up to the last digit of the luma.
    assert_eq!((labels.ids()[0], labels.ids()[1], labels.ids()[4]), (0, 0, 2));
    assert_eq!(labels.count(), 3);
}

/// Dark strokes on a page that is lit from the right: no single level parts them.
fn page() -> (Canvas, Vec<bool>) {
    let mut noise = noise(2);
    let is_ink = |x: usize, y: usize| x % 15 < 3 && y % 20 > 5;
    let canvas = painted(150, 100, |x, y| {
        let light = 0.25 + 0.7 * x as f32 / 150.0;
        [light * if is_ink(x, y) { 0.5 } else { 1.0 } + 0.01 * noise() as f32; 3]
    });
    (canvas, (0..15_000).map(|i| is_ink(i % 150, i / 150)).collect())
}

fn errors(labels: &scumble_region::Labels, ink: &[bool]) -> usize {
    // Whichever region holds the first pixel of paper is paper.
    let paper = labels.ids()[4];
    labels.ids().iter().zip(ink).filter(|(id, ink)| (**id != paper) != **ink).count()
}

#[test]
fn windows_follow_the_light() {
    let (picture, ink) = page();
    let one = errors(&threshold(&picture, &ThresholdParams::Otsu { classes: 2 }).unwrap(), &ink);
    let adaptive = ThresholdParams::AdaptiveMean { window: 0.125, offset: 0.15 };
    let sauvola = ThresholdParams::Sauvola { window: 25.0, k: 0.2 };
    for params in [adaptive, sauvola] {
        let found = errors(&threshold(&picture, &params).unwrap(), &ink);
        assert!(found < 150 && one > 2000, "{params:?}: {found} of 15000, {one} with one level");
    }
}

#[test]
fn windows_are_those_of_counting() {
    let picture = common::picture(37, 23);
    let luma: Vec<f64> = picture.pixels().iter().map(|p| f64::from(scumble_image::color::luma(*p))).collect();
    let labels = threshold(&picture, &ThresholdParams::AdaptiveMean { window: 7.0 / 37.0, offset: 0.02 }).unwrap();
    let mut ids = Vec::new();
    for (y, x) in (0..23usize).flat_map(|y| (0..37usize).map(move |x| (y, x))) {
        let (mut count, mut sum) = (0.0, 0.0);
        for v in y.saturating_sub(3)..(y + 4).min(23) {
            for u in x.saturating_sub(3)..(x + 4).min(37) {
                count += 1.0;
                sum += luma[v * 37 + u];
            }
        }
        ids.push(u32::from(luma[y * 37 + x] >= 0.98 * sum / count));
    }
    let wanted = scumble_region::Labels::new(37, 23, ids).unwrap();
    let same = wanted.ids().iter().zip(labels.ids()).filter(|(p, q)| p == q).count();
    // All but those on the limit itself.
    assert!(same >= 37 * 23 - 2, "{same}");
}

#[test]
fn hysteresis_keeps_what_touches_the_brightest() {
    // A faint line with a bright end, a faint line without.
    let levels = [120, 120, 250, 0, 0, 0, 0, 0, 0, 120, 120, 120];
    let labels = threshold(&grey(3, &levels), &ThresholdParams::Hysteresis { low: 0.4, high: 0.9 }).unwrap();
    assert_eq!(labels.ids(), [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
}
