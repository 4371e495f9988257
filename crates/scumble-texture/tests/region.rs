//! Textures from regions.

mod common;

use common::{covariance, mean, texture};
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_texture::fft::Fft2;
use scumble_texture::phase::random_phase;
use scumble_texture::planes::Planes;
use scumble_texture::region::{Rectangle, crop, largest_rectangle, masked_phase, region_phase};

proptest! {
    #[test]
    fn the_rectangle_is_the_largest(mask in prop::collection::vec(prop::bool::weighted(0.75), 1..90), width in 1..12usize) {
        let height = mask.len() / width;
        let inside = |r: Rectangle| (r.y..r.y + r.height).all(|y| (r.x..r.x + r.width).all(|x| mask[y * width + x]));
        let mut most = 0;
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            for (h, w) in (1..=height - y).flat_map(|h| (1..=width - x).map(move |w| (h, w))) {
                if w * h > most && inside(Rectangle { x, y, width: w, height: h }) {
                    most = w * h;
                }
            }
        }
        let found = largest_rectangle(&mask, width);
        prop_assert_eq!(found.map_or(0, |r| r.width * r.height), most);
        prop_assert!(found.is_none_or(inside));
    }
}

#[test]
fn pictures_without_pixels_have_no_rectangle() {
    assert_eq!(largest_rectangle(&[true; 4], 0), None);
    assert_eq!(largest_rectangle(&[], 3), None);
    let all = Rectangle { x: 0, y: 0, width: 3, height: 2 };
    assert_eq!(largest_rectangle(&[true; 6], 3), Some(all));
    let picture = texture(5, 4);
    let part = crop(&picture, Rectangle { x: 1, y: 2, width: 3, height: 2 }).unwrap();
    assert_eq!(part.pixels()[4], picture.pixels()[3 * 5 + 2]);
    for wrong in [Rectangle { x: 3, ..all }, Rectangle { y: usize::MAX, ..all }, Rectangle { width: 0, ..all }] {
        assert_eq!(crop(&picture, wrong).unwrap_err().fault(), Fault::Input);
    }
}

/// A thin ring, in which no rectangle of any size fits.
fn ring(side: usize) -> Vec<bool> {
    let middle = side as f64 / 2.0;
    let away = |i: usize| ((i % side) as f64 + 0.5 - middle).hypot((i / side) as f64 + 0.5 - middle);
    (0..side * side).map(|i| (0.6 * middle..0.95 * middle).contains(&away(i))).collect()
}

#[test]
fn what_is_outside_does_not_matter() {
    let (picture, mask) = (texture(64, 64), ring(64));
    let mut other = picture.clone();
    for (pixel, inside) in other.rgb_mut().chunks_exact_mut(3).zip(&mask) {
        if !inside {
            pixel.copy_from_slice(&[1.0, 0.0, 1.0]);
        }
    }
    assert_eq!(region_phase(&picture, &mask, [50, 40], 3).unwrap(), region_phase(&other, &mask, [50, 40], 3).unwrap());
    assert_ne!(
        region_phase(&picture, &mask, [50, 40], 3).unwrap(),
        region_phase(&picture, &mask, [50, 40], 4).unwrap()
    );
}

#[test]
fn mean_and_covariance_are_the_regions() {
    let (picture, mask) = (texture(80, 80), ring(80));
    let made = Planes::of(&masked_phase(&picture, &mask, [90, 70], 3).unwrap());
    let inside = Planes::of(&picture);
    let inside = inside.channels().each_ref().map(|channel| -> Vec<f64> {
        channel.iter().zip(&mask).filter(|(_, inside)| **inside).map(|(v, _)| *v).collect()
    });
    for a in 0..3 {
        // f32, and a few pixels clamped.
        assert!((mean(&made.channels()[a]) - mean(&inside[a])).abs() < 1e-3);
        for b in 0..3 {
            let wanted = covariance(&inside[a], &inside[b]);
            let found = covariance(&made.channels()[a], &made.channels()[b]);
            assert!((wanted - found).abs() < 2e-4, "{a}, {b}: {found} for {wanted}");
        }
    }
}

#[test]
fn waves_in_a_ring_are_found() {
    let value = |i: usize| [0.5 + 0.3 * ((i % 96) as f32 * std::f32::consts::TAU / 8.0).sin(); 3];
    let picture = Canvas::new(96, 96, (0..96 * 96).flat_map(value).collect()).unwrap();
    let made = Planes::of(&masked_phase(&picture, &ring(96), [64, 64], 1).unwrap());
    let power: Vec<f64> = Fft2::new(64, 64).spectrum(&made.channels()[0]).iter().map(|v| v.norm_sqr()).collect();
    // 8 waves of 8 pixels; the window of distances is some 48 pixels wide, hence a line of a wave or two each way.
    let near: f64 = (0..4096)
        .filter(|i: &usize| {
            let (q, r) = ((i % 64).min(64 - i % 64), (i / 64).min(64 - i / 64));
            q.abs_diff(8) <= 2 && r <= 2
        })
        .map(|i| power[i])
        .sum();
    assert!(near > 0.8 * power[1..].iter().sum::<f64>(), "{}", near / power[1..].iter().sum::<f64>());
}

#[test]
fn rectangles_are_preferred() {
    let picture = texture(60, 50);
    let mask: Vec<bool> =
        (0..3000).map(|i| (10..40).contains(&(i % 60)) && (5..45).contains(&(i / 60)) || i == 0).collect();
    let part = crop(&picture, Rectangle { x: 10, y: 5, width: 30, height: 40 }).unwrap();
    assert_eq!(
        region_phase(&picture, &mask, [70, 70], 1).unwrap(),
        random_phase(&part, [70, 70], 1).unwrap().to_canvas().unwrap()
    );
}

#[test]
fn odd_regions() {
    let picture = texture(12, 9);
    let only = |at: usize| (0..108).map(|i| i == at).collect::<Vec<bool>>();
    let dot = region_phase(&picture, &only(40), [5, 4], 1).unwrap();
    let colour = picture.pixels()[40];
    assert!(dot.pixels().iter().flatten().zip(colour.iter().cycle()).all(|(a, b)| (a - b).abs() < 1e-6));
    let line: Vec<bool> = (0..108).map(|i| i / 12 == 3).collect();
    // A line has no more than a dozen pixels and no rectangle: its mean colour is kept all the same.
    let row = Planes::of(&crop(&picture, Rectangle { x: 0, y: 3, width: 12, height: 1 }).unwrap()).mean();
    for size in [[1, 1], [1, 7], [30, 1], [33, 20]] {
        let made = region_phase(&picture, &line, size, 1).unwrap();
        assert_eq!([made.width(), made.height()], size);
        for (found, wanted) in Planes::of(&made).mean().iter().zip(row) {
            // f32, and a few pixels clamped.
            assert!((found - wanted).abs() < 1e-3, "{size:?}: {found} for {wanted}");
        }
    }
    let none = region_phase(&picture, &[false; 108], [5, 5], 1).unwrap_err();
    assert_eq!((none.fault(), none.to_string().as_str()), (Fault::Input, "the region has no pixels"));
    let short = region_phase(&picture, &[true; 107], [5, 5], 1).unwrap_err();
    let message = "a mask of 107 values does not fit a picture of 12×9 pixels";
    assert_eq!((short.fault(), short.to_string().as_str()), (Fault::Input, message));
    assert_eq!(region_phase(&picture, &line, [0, 5], 1).unwrap_err().fault(), Fault::Limit);
}

#[test]
fn threads_do_not_matter() {
    let (picture, mask) = (texture(64, 64), ring(64));
    let made = || masked_phase(&picture, &mask, [200, 190], 3).unwrap();
    assert_eq!(common::on(1, made), common::on(2, made));
}
