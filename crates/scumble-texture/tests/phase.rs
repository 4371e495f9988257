//! Random phase noise.

mod common;

use common::{covariance, mean, texture};
use scumble_image::Canvas;
use scumble_texture::fft::{Fft2, Value};
use scumble_texture::periodic::periodic;
use scumble_texture::phase::random_phase;
use scumble_texture::planes::Planes;

fn spectra(picture: &Planes) -> [Vec<Value>; 3] {
    let fft = Fft2::new(picture.width(), picture.height());
    picture.channels().each_ref().map(|channel| fft.spectrum(channel))
}

#[test]
fn moduli_are_the_periodic_parts() {
    for size in [[48, 40], [31, 27]] {
        let exemplar = texture(size[0], size[1]);
        let (part, made) = (periodic(&Planes::of(&exemplar)), random_phase(&exemplar, size, 5).unwrap());
        let (wanted, found) = (spectra(&part), spectra(&made));
        for (wanted, found) in wanted.iter().flatten().zip(found.iter().flatten()) {
            // In double precision: of values next to zero what rounding leaves of sums over 2000 pixels.
            let error = (wanted.norm() - found.norm()).abs();
            assert!(error <= 1e-6 * wanted.norm() + 1e-11, "{} for {}", found.norm(), wanted.norm());
        }
    }
}

#[test]
fn phases_differ_but_not_between_channels() {
    let exemplar = texture(48, 40);
    let part = periodic(&Planes::of(&exemplar));
    let made = random_phase(&exemplar, [48, 40], 5).unwrap();
    let (before, after) = (spectra(&part), spectra(&made));
    let turned = |c: usize, i: usize| (after[c][i] / before[c][i]).arg();
    let (mut moved, mut count) = (0.0, 0.0);
    for i in (1..48 * 40).filter(|i| before.iter().all(|spectrum| spectrum[*i].norm() > 1e-4)) {
        let apart = Value::from_polar(1.0, turned(0, i) - turned(2, i)) - 1.0;
        assert!(apart.norm() < 1e-6, "wave {i} turns by {} and {}", turned(0, i), turned(2, i));
        (moved, count) = (moved + turned(0, i).abs(), count + 1.0);
    }
    // Uniform phases are π/2 from zero in the mean; 900 of them have an error of π/√12/30 = 0.03.
    assert!(count > 1500.0 && (moved / count - std::f64::consts::FRAC_PI_2).abs() < 0.12, "{}", moved / count);
    for a in 0..3 {
        assert!((mean(&made.channels()[a]) - mean(&part.channels()[a])).abs() < 1e-12);
        for b in 0..3 {
            let [wanted, found] = [&part, &made].map(|p| covariance(&p.channels()[a], &p.channels()[b]));
            assert!((wanted - found).abs() < 1e-12);
        }
    }
}

#[test]
fn other_sizes_keep_mean_variance_and_colours() {
    let exemplar = texture(64, 64);
    let part = periodic(&Planes::of(&exemplar));
    for size in [[128, 96], [64, 150], [40, 50], [301, 7]] {
        let made = random_phase(&exemplar, size, 1).unwrap();
        assert_eq!(made.size(), size);
        for c in 0..3 {
            assert!((mean(&made.channels()[c]) - mean(&part.channels()[c])).abs() < 1e-9);
        }
        let total = |p: &Planes| p.channels().iter().map(|c| covariance(c, c)).sum::<f64>();
        assert!((total(&made) / total(&part) - 1.0).abs() < 1e-9, "{size:?}");
        let correlation = |p: &Planes| {
            let [a, b, _] = p.channels();
            covariance(a, b) / (covariance(a, a) * covariance(b, b)).sqrt()
        };
        // Fading weighs the middle more, which moves correlations a little.
        assert!((correlation(&made) - correlation(&part)).abs() < 0.1, "{size:?}");
    }
}

/// Waves of 8 pixels stay so at any size.
#[test]
fn other_sizes_keep_wavelengths() {
    // With equal borders, so that nothing of them is smooth.
    let value = |i: usize| [0.5 + 0.3 * (((i % 64) as f32 + 0.5) * std::f32::consts::TAU / 8.0).cos(); 3];
    let exemplar = Canvas::new(64, 64, (0..4096).flat_map(value).collect()).unwrap();
    for size in [[200, 120], [48, 40]] {
        let made = random_phase(&exemplar, size, 3).unwrap();
        let power: Vec<f64> = spectra(&made)[0].iter().map(|v| v.norm_sqr()).collect();
        let k = size[0] / 8;
        // A window of 58 pixels, which fading leaves, widens a line to a wave in 58 each way.
        let wide = (size[0] / 40).max(1);
        let along = (k - wide..=k + wide).chain(size[0] - k - wide..=size[0] - k + wide);
        let near: f64 = along.map(|q| (0..size[1]).map(|r| power[r * size[0] + q]).sum::<f64>()).sum();
        let total: f64 = power[1..].iter().sum();
        assert!(near > 0.9 * total, "{size:?}: {}", near / total);
    }
}

/// The step from the last column to the first is as any other.
#[test]
fn results_are_tileable() {
    let made = random_phase(&texture(60, 60), [100, 80], 9).unwrap();
    let channel = &made.channels()[1];
    let step =
        |x: usize| (0..80).map(|y| (channel[y * 100 + (x + 1) % 100] - channel[y * 100 + x]).powi(2)).sum::<f64>();
    let inside: Vec<f64> = (0..99).map(step).collect();
    let most = inside.iter().fold(0.0_f64, |a, b| a.max(*b));
    assert!(step(99) <= most, "{} after {most}", step(99));
}

#[test]
fn pictures_are_clamped_and_nothing_else() {
    // Of black and white, random phases make what is darker and lighter than either.
    let spots = common::plane(40, 40, 3).iter().flat_map(|v| [if *v < 0.5 { 0.0 } else { 1.0 }; 3]).collect();
    let exact = random_phase(&Canvas::new(40, 40, spots).unwrap(), [40, 40], 2).unwrap();
    let mut outside = 0;
    for (i, pixel) in exact.to_canvas().unwrap().pixels().iter().enumerate() {
        for (value, exact) in pixel.iter().zip(exact.channels()) {
            assert_eq!(*value, exact[i].clamp(0.0, 1.0) as f32);
            outside += usize::from(!(0.0..=1.0).contains(&exact[i]));
        }
    }
    assert!(outside > 0);
}
