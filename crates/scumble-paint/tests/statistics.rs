//! Sizes and directions of a style's marks.

mod common;

use common::noise;
use scumble_image::Canvas;
use scumble_paint::strokes::Statistics;

fn grey(side: usize, value: impl Fn(f32, f32) -> f32) -> Canvas {
    let at = |i: usize| value((i % side) as f32 + 0.5, (i / side) as f32 + 0.5);
    Canvas::new(side, side, (0..side * side).flat_map(|i| [at(i); 3]).collect()).unwrap()
}

/// Marks of a width and length, soft by a pixel, of any tone, over each other; directions differ by `turn` radians.
fn marks(side: usize, width: f32, length: f32, turn: f32) -> Canvas {
    let mut next = noise(3);
    let mut next = move || next() as f32;
    let mut values = vec![0.5f32; side * side];
    for _ in 0..(2.0 * (side * side) as f32 / (width * length)) as usize {
        let (x, y, tone) = (next() * side as f32, next() * side as f32, 0.1 + 0.8 * next());
        let (sin, cos) = (0.7 + turn * (next() - 0.5)).sin_cos();
        let reach = (length + width) as usize;
        let range = |v: f32| (v as usize).saturating_sub(reach)..(v as usize + reach).min(side);
        for row in range(y) {
            for column in range(x) {
                let (u, v) = (column as f32 + 0.5 - x, row as f32 + 0.5 - y);
                let (along, across) = (u * cos + v * sin, v * cos - u * sin);
                let away = ((along.abs() - (length - width) / 2.0).max(0.0)).hypot(across);
                let cover = (width / 2.0 - away + 0.5).clamp(0.0, 1.0);
                let value = &mut values[row * side + column];
                *value += cover * (tone - *value);
            }
        }
    }
    Canvas::new(side, side, values.into_iter().flat_map(|v| [v; 3]).collect()).unwrap()
}

fn measured(picture: &Canvas) -> Statistics {
    Statistics::of(picture).unwrap().unwrap()
}

fn assert_near(found: f32, width: f32) {
    assert!((found / width - 1.0).abs() < 0.2, "{found} found, {width} drawn");
}

#[test]
fn stripes_are_as_wide_as_they_are() {
    for width in [4.0, 6.0, 9.0, 13.0, 20.0] {
        let (sin, cos) = 0.4f32.sin_cos();
        let wave = |x: f32, y: f32| {
            0.5 + (10.0 * (((x * cos + y * sin) / width * std::f32::consts::PI).sin())).clamp(-0.4, 0.4)
        };
        let found = measured(&grey(512, wave));
        assert_near(found.width, width);
        assert!(found.anisotropy > 0.9 && found.coherence > 0.9, "{found:?}");
    }
}

#[test]
fn blobs_are_as_wide_as_they_are() {
    for width in [6.0, 9.0, 13.0, 20.0] {
        // A lattice with as much ground as blobs.
        let cell = 1.6 * width;
        let blob = |x: f32, y: f32| {
            let away = (x.rem_euclid(cell) - cell / 2.0).hypot(y.rem_euclid(cell) - cell / 2.0);
            0.2 + 0.6 * (width / 2.0 - away + 0.5).clamp(0.0, 1.0)
        };
        let found = measured(&grey(400, blob));
        assert_near(found.width, width);
    }
}

#[test]
fn large_pictures_are_measured_at_512() {
    let [small, large] = [marks(400, 8.0, 40.0, 0.5), marks(1024, 16.0, 80.0, 0.5)].map(|picture| measured(&picture));
    assert!((large.width / small.width - 1.0).abs() < 0.15, "{small:?} {large:?}");
}

#[test]
fn long_marks_have_directions_and_those_that_agree_more_so() {
    let [round, long, agreeing] = [marks(400, 9.0, 9.0, 3.0), marks(400, 9.0, 54.0, 3.0), marks(400, 9.0, 54.0, 0.3)]
        .map(|picture| measured(&picture));
    assert!(long.anisotropy > round.anisotropy + 0.1, "{round:?} {long:?}");
    assert!(
        agreeing.coherence > long.coherence + 0.15 && long.coherence > round.coherence,
        "{round:?} {long:?} {agreeing:?}"
    );
}

#[test]
fn without_marks_there_is_nothing_to_measure() {
    let flat = Canvas::filled(100, 60, [0.3, 0.5, 0.7]);
    let mut next = noise(1);
    let grain = Canvas::new(64, 64, (0..64 * 64).flat_map(|_| [0.5 + 0.01 * next() as f32; 3]).collect()).unwrap();
    for picture in [flat, grain, Canvas::filled(1, 1, [0.5; 3]), Canvas::filled(3000, 1, [0.1; 3])] {
        assert_eq!(Statistics::of(&picture).unwrap(), None);
    }
}
