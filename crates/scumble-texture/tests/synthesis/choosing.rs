//! Which method suits which exemplar.

use scumble_image::Canvas;
use scumble_texture::TextureMethod;
use scumble_texture::choose::choose;
use scumble_texture::phase::random_phase;
use scumble_texture::structure::{Structure, period};

use crate::exemplars::{bricks, gravel, hash, lattice, picture};

/// Noise smoothed by a mean of 2·radius + 1 pixels both ways: paper, clouds.
fn noise(radius: usize) -> Canvas {
    let mean = |x: usize, y: usize| {
        let around = (0..=2 * radius).flat_map(|dy| (0..=2 * radius).map(move |dx| hash(x + dx, y + dy)));
        around.sum::<f32>() / ((2 * radius + 1) * (2 * radius + 1)) as f32
    };
    picture(160, 160, |x, y| [0.5 + (2 * radius + 1) as f32 * 0.3 * (mean(x, y) - 0.5); 3])
}

#[test]
fn quilts_what_has_edges() {
    for (name, exemplar) in [("bricks", bricks(160, 160)), ("gravel", gravel(160, 160)), ("lattice", lattice(80, 80))] {
        let choice = choose(&exemplar);
        assert_eq!(choice.method, TextureMethod::Quilt, "{name}: {choice:?} {:?}", Structure::of(&exemplar));
        assert!(choice.reason.is_some_and(|reason| reason.contains("quilting")), "{name}");
    }
}

#[test]
fn takes_random_phases_of_noise() {
    for radius in [0, 1, 4] {
        let choice = choose(&noise(radius));
        assert_eq!(choice.method, TextureMethod::Phase, "radius {radius}: {choice:?}");
    }
    // Nor does a texture that has lost its edges need quilting.
    let lost = random_phase(&gravel(160, 160), [160, 160], 1).unwrap().to_canvas().unwrap();
    assert_eq!(choose(&lost).method, TextureMethod::Phase, "{:?}", Structure::of(&lost));
}

#[test]
fn pictures_with_nothing_in_them() {
    for (w, h) in [(1, 1), (1, 40), (40, 1), (3, 3), (60, 60)] {
        assert_eq!(choose(&Canvas::filled(w, h, [0.3, 0.6, 0.2])).method, TextureMethod::Phase, "{w}x{h}");
    }
    let clear = gravel(40, 40).with_alpha(Some(vec![0.0; 1600])).unwrap();
    assert!(Structure::of(&clear).kurtosis.is_empty());
}

#[test]
fn periods_are_found() {
    let found = period(&lattice(100, 90)).unwrap();
    assert!((found.length - 8.0).abs() < 1e-9 && found.strength > 0.99, "{found:?}");
    // Bricks repeat after a row and half a brick, and after a brick.
    let found = period(&bricks(160, 160)).unwrap();
    assert!((17.0..=27.0).contains(&found.length), "{found:?}");
    assert_eq!(period(&noise(0)), None);
}

#[test]
fn transparent_parts_do_not_count() {
    let exemplar = bricks(160, 160);
    let hidden = |i: usize| (i % 160).abs_diff(80) < 30 && (i / 160).abs_diff(80) < 30;
    let spoilt =
        picture(160, 160, |x, y| if hidden(y * 160 + x) { [hash(x, y); 3] } else { exemplar.pixels()[y * 160 + x] });
    let alpha = (0..25_600).map(|i| if hidden(i) { 0.0 } else { 1.0 }).collect();
    let [whole, part] = [&exemplar, &spoilt.clone().with_alpha(Some(alpha)).unwrap()].map(Structure::of);
    let [a, b] = [whole.kurtosis[0], part.kurtosis[0]];
    assert!((0..2).all(|i| (a[i] - b[i]).abs() < 0.1 * a[i]), "{a:?} {b:?}");
    assert_eq!(whole.period.map(|p| p.length), part.period.map(|p| p.length));
    assert!(Structure::of(&spoilt).kurtosis[0][0] < 0.8 * a[0]);
}
