//! Closed forms against brute force, kept sums against computed ones.

mod common;

use proptest::prelude::*;
use scumble_paint::energy::{Easel, Moments, Paint};
use scumble_paint::painting::Geometry;
use scumble_paint::raster::{FINE, Scan};

/// Pixels with the shares of them that are covered: (weight, k, source, painting).
type Pixels = Vec<(f64, f64, [u8; 3], [u8; 3])>;

fn pixels() -> impl Strategy<Value = Pixels> {
    let share = prop_oneof![Just(1.0), 0.01..1.0f64];
    let pixel = ((0u8..=15).prop_map(f64::from), share, any::<[u8; 3]>(), any::<[u8; 3]>());
    prop::collection::vec(pixel, 1..40)
}

/// Pixels that differ little from each other, so that colours are often within bounds.
fn calm_pixels() -> impl Strategy<Value = Pixels> {
    let near = |at: u8| [at - 20..=at + 20, at - 20..=at + 20, at - 20..=at + 20];
    (30u8..220, 30u8..220)
        .prop_flat_map(move |(t, b)| prop::collection::vec((Just(1.0), Just(1.0), near(t), near(b)), 2..40))
}

fn moments(pixels: &Pixels) -> Moments {
    let mut moments = Moments::default();
    for (weight, k, t, b) in pixels {
        moments.add(*weight, *k, *t, *b);
    }
    moments
}

/// The change of the sum of squared differences, pixel by pixel.
fn change(pixels: &Pixels, alpha: f64, colour: [f64; 3]) -> f64 {
    let one = |(weight, k, t, b): &(f64, f64, [u8; 3], [u8; 3])| {
        let channel = |c: usize| {
            let (t, b) = (f64::from(t[c]), f64::from(b[c]));
            let new = b + alpha * k * (colour[c] - b);
            (t - new).powi(2) - (t - b).powi(2)
        };
        weight * (channel(0) + channel(1) + channel(2))
    };
    pixels.iter().map(one).sum()
}

fn size(pixels: &Pixels) -> f64 {
    1.0 + pixels.len() as f64 * 15.0 * 3.0 * 255.0 * 255.0
}

proptest! {
    #[test]
    fn change_is_that_of_the_pixels(p in pixels(), alpha in 0.0..1.0f64, colour in any::<[u8; 3]>()) {
        let colour = colour.map(f64::from);
        prop_assert!((moments(&p).change(alpha, colour) - change(&p, alpha, colour)).abs() <= 1e-12 * size(&p));
    }

    #[test]
    fn no_colour_is_better(p in pixels(), alpha in 0.02..1.0f64, other in any::<[u8; 3]>(), nudge in -3.0..3.0f64) {
        let best = moments(&p).colour(alpha);
        let least = change(&p, alpha, best);
        let near = best.map(|v| (v + nudge).clamp(0.0, 255.0));
        for colour in [other.map(f64::from), near] {
            prop_assert!(least <= change(&p, alpha, colour) + 1e-12 * size(&p));
        }
    }

    #[test]
    fn no_opacity_is_better(p in prop_oneof![pixels(), calm_pixels()]) {
        let moments = moments(&p);
        let best = Paint::default().mix(&moments);
        prop_assert!((1.0 / 255.0..=1.0).contains(&best.alpha));
        for step in 1..=1020 {
            let alpha = (f64::from(step) / 1020.0).max(1.0 / 255.0);
            let other = change(&p, alpha, moments.colour(alpha));
            prop_assert!(best.change <= other + 1e-11 * size(&p), "{} at {}, {other} at {alpha}", best.change, best.alpha);
        }
    }

    #[test]
    fn no_palette_colour_is_better(p in pixels(), palette in prop::collection::vec(any::<[u8; 3]>(), 1..6)) {
        let paint = Paint { alpha: None, palette: palette.clone() };
        let best = paint.mix(&moments(&p));
        prop_assert!(palette.iter().any(|colour| colour.map(f64::from) == best.colour));
        for colour in palette {
            for step in 1..=255 {
                let other = change(&p, f64::from(step) / 255.0, colour.map(f64::from));
                prop_assert!(best.change <= other + 1e-11 * size(&p));
            }
        }
    }

    #[test]
    fn sums_over_spans_are_those_of_the_pixels(seed in any::<u64>(), weighted in any::<bool>(), x in -10.0..50.0f32,
                                               y in -10.0..40.0f32, a in 0.1..40.0f32, b in 0.1..40.0f32, angle in 0.0..7.0f32) {
        let easel = easel(37, 29, seed, weighted);
        let mut scan = Scan::new(37, 0..29, 1, [1.0; 2]);
        scan.ellipse([x, y], [a, b], angle);
        let mut spans = Vec::new();
        scan.spans(&mut spans);
        let sums = easel.prefix().sums(&spans);
        let mut expected = Moments::default();
        for span in &spans {
            for i in span.y as usize * 37 + span.start as usize..span.y as usize * 37 + span.end as usize {
                expected.add(if weighted { (i % 16) as f64 } else { 1.0 }, 1.0, easel.source()[i], easel.painting()[i]);
            }
        }
        prop_assert_eq!(Moments::from(&sums), expected);
    }
}

#[test]
fn moments_by_coverage_foretell_what_a_stroke_changes() {
    for weighted in [false, true] {
        let mut easel = easel(64, 48, 9, weighted);
        let mut noise = common::noise(10);
        let mut scan = Scan::new(64, 0..48, FINE, [1.0; 2]);
        for _ in 0..200 {
            let mut value = |most: f64| (noise() * most) as f32;
            scan.ellipse([value(64.0), value(48.0)], [value(30.0), value(30.0)], value(6.3));
            let (colour, alpha) = ([(); 3].map(|()| value(256.0) as u8), 1 + value(255.0) as u8);
            let foretold = easel.moments(&mut scan).change(f64::from(alpha) / 255.0, colour.map(f64::from));
            let before = easel.sse() as f64;
            let weight = if weighted { 15.0 } else { 1.0 };
            easel.lay(&mut scan, colour, alpha);
            // Each pixel of the painting is rounded by half a level at most.
            let most = weight * scan.rows().len() as f64 * 64.0 * 3.0 * (255.0 + 0.25);
            assert!((easel.sse() as f64 - before - foretold).abs() <= most.min(0.01 * before));
        }
    }
}

/// A noisy source on a noisy painting, with weights or without.
fn easel(width: usize, height: usize, seed: u64, weighted: bool) -> Easel {
    let mut noise = common::noise(seed);
    let mut level = || (noise() * 256.0) as u8;
    let source = (0..width * height).map(|_| [level(), level(), level()]).collect();
    let weights = weighted.then(|| (0..width * height).map(|i| (i % 16) as u8).collect());
    let mut easel = Easel::new(width, source, weights, [99, 120, 40]);
    lay_random(&mut easel, 10, seed);
    easel
}

fn lay_random(easel: &mut Easel, count: usize, seed: u64) {
    let mut noise = common::noise(seed ^ 0xabc);
    let mut scan = Scan::new(easel.width(), 0..easel.height(), FINE, [1.0; 2]);
    for _ in 0..count {
        let mut value = |most: f64| (noise() * most) as f32;
        let (w, h) = (easel.width() as f64, easel.height() as f64);
        scan.trace(&match value(3.0) as u32 {
            0 => Geometry::Triangle { points: [(); 3].map(|()| [value(w), value(h)]) },
            1 => Geometry::Ellipse {
                centre: [value(w), value(h)],
                radii: [value(w / 2.0), value(h / 2.0)],
                angle: value(6.3),
            },
            _ => Geometry::Curve { points: [(); 3].map(|()| [value(w), value(h)]), widths: [value(9.0), value(9.0)] },
        });
        easel.lay(&mut scan, [(); 3].map(|()| value(256.0) as u8), 1 + value(255.0) as u8);
    }
}

#[test]
fn a_thousand_strokes_leave_exact_sums() {
    for weighted in [false, true] {
        let mut kept = easel(64, 48, 5, weighted);
        lay_random(&mut kept, 1000, 6);
        assert_eq!(kept.sse(), kept.measured_sse());
        // The prefix sums too are those of the pixels.
        let mut scan = Scan::new(64, 0..48, 1, [1.0; 2]);
        scan.rectangle([32.0, 24.0], [32.0, 24.0], 0.0);
        let mut spans = Vec::new();
        scan.spans(&mut spans);
        let mut expected = Moments::default();
        for (i, (t, b)) in kept.source().iter().zip(kept.painting()).enumerate() {
            expected.add(if weighted { (i % 16) as f64 } else { 1.0 }, 1.0, *t, *b);
        }
        assert_eq!(Moments::from(&kept.prefix().sums(&spans)), expected);
    }
}
