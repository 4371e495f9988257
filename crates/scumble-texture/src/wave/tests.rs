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
    assert!((wave.distance - 14.0).abs() < 0.7, "{}", wave.distance);
}

#[test]
fn straight_rows_are_straight() {
    let phase = |x: f64, y: f64| (0.3 * x + y) / 15.0;
    // Of the larger one a copy in cells of two pixels is measured: half a cell off is 0.2 in angle.
    for (width, least) in [(200, 0.98), (700, 0.96)] {
        let wave = Wave::of(&paved(width, 180, phase)).unwrap();
        let near = nearness(&wave, width, 180, phase);
        assert!(wave.straight() && near > least, "{width}: {near}");
        assert!((wave.distance - 15.0 / 1.09f64.sqrt()).abs() < 0.5, "{width}: {}", wave.distance);
    }
}

#[test]
fn holes_do_not_matter() {
    let phase = |x: f64, y: f64| (0.2 * x + y) / 14.0;
    let alpha =
        (0..40_000).map(|i| if (i % 200usize).abs_diff(110) + (i / 200usize).abs_diff(90) < 60 { 0.0 } else { 1.0 });
    let holed = paved(200, 200, phase).with_alpha(Some(alpha.collect())).unwrap();
    let near = nearness(&Wave::of(&holed).unwrap(), 200, 200, phase);
    assert!(near > 0.98, "{near}");
}

#[test]
fn what_has_no_rows_has_none() {
    assert!(Wave::of(&Canvas::filled(200, 200, [0.4; 3])).is_none());
    // Land below sky, and rows in too small a picture.
    let land = (0..200 * 200).flat_map(|i| [if i / 200 < 110 + i % 200 / 10 { 0.8 } else { 0.3 }; 3]);
    assert!(Wave::of(&Canvas::new(200, 200, land.collect()).unwrap()).is_none());
    assert!(Wave::of(&paved(30, 30, |_, y| y / 3.0)).is_none());
    let mut state = 1u32;
    let noise = (0..200 * 200).flat_map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        [(state >> 8) as f32 / (1 << 24) as f32; 3]
    });
    assert!(Wave::of(&Canvas::new(200, 200, noise.collect()).unwrap()).is_none());
    // Rows of which each is another distance from the next.
    assert!(Wave::of(&paved(240, 240, |_, y| (y / 9.0).powf(1.4) / 6.0 + (y / 17.0).sin())).is_none());
}
