use std::f64::consts::TAU;

use rustfft::num_complex::Complex64;

use super::*;

/// A picture of bright joints where `phase` is whole, stones of many tones between them, cut every so often.
fn paved(width: usize, height: usize, phase: impl Fn(f64, f64) -> f64) -> Canvas {
    let pixel = |i: usize| {
        let (x, y) = (i % width, i / width);
        let turns = phase(x as f64, y as f64);
        let joint = turns.rem_euclid(1.0) < 0.18;
        // Of each row and part of it another.
        let stone = (turns.floor() as i64 * 7 + (x + y) as i64 / 40 * 5).rem_euclid(11) as f32 / 40.0;
        [if joint { 0.8 } else { 0.2 + stone }; 3]
    };
    Canvas::new(width, height, (0..width * height).flat_map(pixel).collect()).unwrap()
}

/// The mean cosine of what the wave's phase is off by, but for a shift, and for its sign: rows may be counted from either end.
fn nearness(wave: &Wave, width: usize, height: usize, phase: impl Fn(f64, f64) -> f64) -> f64 {
    let along = |sign: f64| {
        let off = |i: usize| {
            let at = [i % width, i / width];
            let wanted = sign * phase(at[0] as f64, at[1] as f64);
            Complex64::from_polar(1.0, TAU * (f64::from(wave.at(at)) - wanted))
        };
        (0..width * height).map(off).sum::<Complex64>().norm() / (width * height) as f64
    };
    along(1.0).max(along(-1.0))
}

#[test]
fn rows_in_perspective_are_followed() {
    // 12 pixels apart at the top and 16 below, fanning out.
    let phase = |x: f64, y: f64| (x - 90.0) / (12.0 + y / 60.0);
    let wave = Wave::of(&paved(260, 240, phase)).unwrap();
    let near = nearness(&wave, 260, 240, phase);
    // A twentieth of a row off is 0.3 in angle.
    assert!(!wave.straight() && near > 0.95, "{near}");
    let slope = wave.slope([90.0, 120.0]);
    assert!((slope[0].abs() - 1.0 / 14.0).abs() < 0.001 && slope[1].abs() < 0.001, "{slope:?}");
    assert!((wave.distance - 14.0).abs() < 0.2, "{}", wave.distance);
}

#[test]
fn straight_rows_are_straight() {
    let phase = |x: f64, y: f64| (0.3 * x + y) / 15.0;
    // Of the larger ones copies in cells of two and three pixels are measured.
    for width in [200, 700, 1300] {
        let wave = Wave::of(&paved(width, 180, phase)).unwrap();
        let near = nearness(&wave, width, 180, phase);
        assert!(wave.straight() && near > 0.98, "{width}: {near}");
        assert!((wave.distance - 15.0 / 1.09f64.sqrt()).abs() < 0.1, "{width}: {}", wave.distance);
    }
}

#[test]
fn holes_do_not_matter() {
    let phase = |x: f64, y: f64| (0.2 * x + y) / 14.0;
    let large = |x: usize, y: usize| x.abs_diff(110) + y.abs_diff(90) < 60;
    let scattered = |x: usize, y: usize| (x / 3 * 37 + y / 3 * 61).is_multiple_of(7);
    for (name, hole) in [("large", &large as &dyn Fn(usize, usize) -> bool), ("scattered", &scattered)] {
        let alpha: Vec<f32> = (0..40_000).map(|i| f32::from(u8::from(!hole(i % 200, i / 200)))).collect();
        let holed = |canvas: Canvas| Wave::of(&canvas.with_alpha(Some(alpha.clone())).unwrap());
        let near = nearness(&holed(paved(200, 200, phase)).unwrap(), 200, 200, phase);
        assert!(near > 0.98, "{name}: {near}");
        // Rows in a half of a picture are none of the whole.
        assert!(holed(paved(200, 200, |x, y| if y < 100.0 { phase(x, y) } else { 0.5 })).is_none(), "{name}");
    }
}

#[test]
fn what_has_no_rows_has_none() {
    assert!(Wave::of(&Canvas::filled(200, 200, [0.4; 3])).is_none());
    // Land below sky, and rows in too small a picture.
    let land = (0..200 * 200).flat_map(|i| [if i / 200 < 110 + i % 200 / 10 { 0.8 } else { 0.3 }; 3]);
    assert!(Wave::of(&Canvas::new(200, 200, land.collect()).unwrap()).is_none());
    assert!(Wave::of(&paved(20, 20, |_, y| y / 3.0)).is_none());
    let mut state = 1u32;
    let noise = (0..200 * 200).flat_map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        [(state >> 8) as f32 / (1 << 24) as f32; 3]
    });
    assert!(Wave::of(&Canvas::new(200, 200, noise.collect()).unwrap()).is_none());
    // Rows of which each is another distance from the next.
    assert!(Wave::of(&paved(240, 240, |_, y| (y / 9.0).powf(1.4) / 6.0 + (y / 17.0).sin())).is_none());
}

#[test]
fn rows_are_counted_along_the_wave() {
    // Twenty upright rows of a strip, of which none lies along it.
    let phase = |x: f64, _: f64| x / 20.0;
    let near = nearness(&Wave::of(&paved(400, 50, phase)).unwrap(), 400, 50, phase);
    assert!(near > 0.97, "{near}");
}
