//! Principal axes.

use super::*;

/// Colours that vary along (0.8, 0.6, 0) by 0.3 and along the axis beside it by 0.1.
fn oblique() -> Planes {
    let value = |i: usize| {
        let (a, b) = ((i as f64 * 0.7).sin() * 0.3, (i as f64 * 1.9).cos() * 0.1);
        [0.5 + 0.8 * a - 0.6 * b, 0.4 + 0.6 * a + 0.8 * b, 0.3]
    };
    Planes::new([50, 40], [0, 1, 2].map(|c| (0..2000).map(|i| value(i)[c]).collect()))
}

#[test]
fn axes_decorrelate_and_turn_back() {
    let picture = oblique();
    let axes = Axes::of(&picture);
    let along = axes.along(&picture);
    let product = |a: usize, b: usize| along[a].iter().zip(&along[b]).map(|(x, y)| x * y).sum::<f64>() / 2000.0;
    for [a, b] in [[0, 1], [0, 2], [1, 2]] {
        assert!(product(a, b).abs() < 1e-15, "axes {a}, {b}: {}", product(a, b));
    }
    let mut variances = [0, 1, 2].map(|a| product(a, a));
    variances.sort_by(f64::total_cmp);
    // Half the squared amplitudes; 2000 values are not whole periods.
    assert!(variances[0].abs() < 1e-15 && (variances[1] - 0.005).abs() < 1e-4 && (variances[2] - 0.045).abs() < 1e-3);
    let back = axes.picture(picture.size(), &along);
    let far = back.channels().iter().flatten().zip(picture.channels().iter().flatten());
    assert!(far.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 1e-14);
}

#[test]
fn axes_are_orthonormal_whatever_the_colours() {
    let flat = Planes::new([2, 2], [0, 1, 2].map(|_| vec![0.3; 4]));
    let grey = Planes::new([2, 2], [0, 1, 2].map(|_| vec![0.1, 0.9, 0.4, 0.2]));
    for picture in [flat, grey, oblique()] {
        let Axes { axes, .. } = Axes::of(&picture);
        for (i, a) in axes.iter().enumerate() {
            for (j, b) in axes.iter().enumerate() {
                let product: f64 = a.iter().zip(b).map(|(x, y)| x * y).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14, "{axes:?}");
            }
        }
    }
}
