//! Spans and coverage against dense sampling.

mod common;

use proptest::prelude::*;
use scumble_image::{Canvas, metrics};
use scumble_paint::draw;
use scumble_paint::painting::{Geometry, Painting, Stroke};
use scumble_paint::raster::{FINE, Scan};

const SIDE: usize = 24;

/// The covered share of each pixel.
fn coverage(geometry: &Geometry) -> Vec<f32> {
    let mut scan = Scan::new(SIDE, 0..SIDE, FINE, [1.0; 2]);
    scan.trace(geometry);
    let mut cover = vec![0.0; SIDE * SIDE];
    scan.runs(|run| {
        for x in run.start..run.end {
            assert_eq!(cover[run.y * SIDE + x], 0.0, "runs overlap");
            cover[run.y * SIDE + x] = run.cover;
        }
    });
    cover
}

/// The same by counting 64 × 64 points a pixel that are inside.
fn counted(inside: impl Fn(f32, f32) -> bool) -> Vec<f32> {
    const N: usize = 64;
    let point = |at: usize, i: usize| at as f32 + (i as f32 + 0.5) / N as f32;
    let share = |x: usize, y: usize| {
        let points = (0..N * N).filter(|i| inside(point(x, i % N), point(y, i / N)));
        points.count() as f32 / (N * N) as f32
    };
    (0..SIDE * SIDE).map(|i| share(i % SIDE, i / SIDE)).collect()
}

fn check(geometry: &Geometry, inside: impl Fn(f32, f32) -> bool) {
    let (cover, expected) = (coverage(geometry), counted(inside));
    let furthest = cover.iter().zip(&expected).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    // Edges along x are known to half a scanline; curves are polylines within 1/20 of a pixel.
    assert!(furthest <= 0.5 / FINE as f32 + 0.05, "{geometry:?}: {furthest}");
}

#[test]
fn ellipses_and_superellipses() {
    let turned = |x: f32, y: f32| {
        let (sin, cos) = 0.6f32.sin_cos();
        let (x, y) = (x - 11.3, y - 12.1);
        [(x * cos + y * sin) / 9.0, (y * cos - x * sin) / 4.5]
    };
    let (centre, radii, angle) = ([11.3, 12.1], [9.0, 4.5], 0.6);
    check(&Geometry::Ellipse { centre, radii, angle }, |x, y| {
        let [x, y] = turned(x, y);
        x * x + y * y <= 1.0
    });
    for exponent in [0.7, 1.0, 2.5, 6.0] {
        check(&Geometry::Superellipse { centre, radii, exponent, angle }, |x, y| {
            let [x, y] = turned(x, y);
            x.abs().powf(exponent) + y.abs().powf(exponent) <= 1.0
        });
    }
}

#[test]
fn polygons_by_the_even_odd_rule() {
    let star: Vec<[f32; 2]> = (0..5)
        .map(|i| {
            let (sin, cos) = (i as f32 * 2.0 * std::f32::consts::TAU / 5.0).sin_cos();
            [12.2 + 10.0 * cos, 11.7 + 10.0 * sin]
        })
        .collect();
    let inside = |x: f32, y: f32| {
        let crosses = |i: usize| {
            let (a, b) = (star[i], star[(i + 1) % 5]);
            (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        };
        (0..5).filter(|i| crosses(*i)).count() % 2 == 1
    };
    check(&Geometry::Polygon { points: star.clone() }, inside);
}

fn near_path(path: &[([f32; 2], f32)], x: f32, y: f32) -> bool {
    path.windows(2).any(|ends| {
        let ([a, b], [r, s]) = ([ends[0].0, ends[1].0], [ends[0].1, ends[1].1]);
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let t = (((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy).max(1e-9)).clamp(0.0, 1.0);
        (x - a[0] - t * dx).hypot(y - a[1] - t * dy) <= r + (s - r) * t
    })
}

#[test]
fn lines_curves_and_splines_have_round_ends_and_no_gaps() {
    let points = [[4.0, 18.0], [20.0, 15.5]];
    check(&Geometry::Line { points, width: 4.6 }, |x, y| near_path(&points.map(|p| (p, 2.3)), x, y));

    let points = [[3.0, 19.0], [12.0, -8.0], [20.0, 16.0]];
    let at = |t: f32| {
        let s = 1.0 - t;
        [0, 1].map(|i| s * s * points[0][i] + 2.0 * s * t * points[1][i] + t * t * points[2][i])
    };
    for widths in [[3.0, 3.0], [1.5, 6.0]] {
        let radius = |t: f32| (widths[0] + (widths[1] - widths[0]) * t) / 2.0;
        let path: Vec<_> = (0..=100).map(|i| i as f32 / 100.0).map(|t| (at(t), radius(t))).collect();
        check(&Geometry::Curve { points, widths }, |x, y| near_path(&path, x, y));
    }

    let points = vec![[3.0, 4.0], [20.0, 4.0], [20.0, 20.0], [4.0, 18.0]];
    let spline = coverage(&Geometry::Spline { points: points.clone(), width: 3.0 });
    for [x, y] in [points[0], points[3]] {
        assert!(spline[y as usize * SIDE + x as usize] > 0.9, "ends are reached");
    }
}

#[test]
fn strips_side_by_side_have_no_seams() {
    // Ends on pixels: nothing of the ground shows. Between pixels: shares add up to one.
    for (from, step) in [(0.0, 3.0), (0.3, 2.7)] {
        let strip = |i: usize| {
            let middle = from + step * (i as f32 + 0.5);
            let (centre, half) = ([12.0, middle], [30.0, step / 2.0]);
            [
                Geometry::Rectangle { centre, half, angle: 0.0 },
                Geometry::Rectangle { centre: [middle, 12.0], half: [half[1], 30.0], angle: 0.0 },
            ]
        };
        for way in 0..2 {
            let mut sums = vec![0.0; SIDE * SIDE];
            for i in 0..8 {
                sums.iter_mut().zip(coverage(&strip(i)[way])).for_each(|(sum, cover)| *sum += cover);
            }
            let inner = sums
                .iter()
                .enumerate()
                .filter(|(i, _)| (1..SIDE - 3).contains(&(i % SIDE)) && (1..SIDE - 3).contains(&(i / SIDE)));
            for (i, sum) in inner {
                assert!((sum - 1.0).abs() < 1e-3, "pixel {i}: {sum}");
            }
        }
    }
}

#[test]
fn any_size_shows_the_same() {
    let mut painting = Painting::new(100.0, 75.0, [0.9, 0.8, 0.7], 0);
    let geometry = Geometry::Ellipse { centre: [40.0, 40.0], radii: [30.0, 12.0], angle: 0.5 };
    painting.strokes.push(Stroke { layer: 0, geometry, colour: [0.1, 0.2, 0.6], alpha: 0.7, ramp: None });
    let geometry = Geometry::Line { points: [[10.0, 60.0], [90.0, 20.0]], width: 5.0 };
    painting.strokes.push(Stroke { layer: 0, geometry, colour: [0.8, 0.1, 0.1], alpha: 1.0, ramp: None });
    let (small, large) = (draw(&painting, 100, 75).unwrap(), draw(&painting, 400, 300).unwrap());
    let mean = |x: usize, y: usize, c: usize| {
        (0..16).map(|i| large.pixels()[(y * 4 + i / 4) * 400 + x * 4 + i % 4][c]).sum::<f32>() / 16.0
    };
    let shrunk = (0..100 * 75 * 3).map(|i| mean(i / 3 % 100, i / 300, i % 3)).collect();
    let shrunk = Canvas::new(100, 75, shrunk).unwrap();
    assert!(metrics::psnr(&small, &shrunk).unwrap() > 45.0);
}

#[test]
fn geometry_beyond_the_last_scanline_is_drawn() {
    let mut painting = Painting::new(1e3, 1e-1, [0.5; 3], 0);
    for radii in [[0.0, 9e5], [9e5, 0.0], [9e5, 9e5]] {
        let geometry = Geometry::Ellipse { centre: [0.0; 2], radii, angle: 0.0 };
        painting.strokes.push(Stroke { layer: 0, geometry, colour: [1.0; 3], alpha: 1.0, ramp: None });
    }
    assert!(draw(&painting, 17, 33).unwrap().rgb().iter().all(|v| *v == 1.0));
}

proptest! {
    #[test]
    fn spans_hold_the_pixels_whose_centres_are_inside(p in prop::array::uniform6(-10.0..34.0f32)) {
        let points = [[p[0], p[1]], [p[2], p[3]], [p[4], p[5]]];
        let mut scan = Scan::new(SIDE, 0..SIDE, 1, [1.0; 2]);
        scan.polygon(&points);
        let mut spans = Vec::new();
        scan.spans(&mut spans);
        let cross = |a: [f32; 2], b: [f32; 2], x: f32, y: f32| (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
        for i in 0..SIDE * SIDE {
            let (x, y) = ((i % SIDE) as f32 + 0.5, (i / SIDE) as f32 + 0.5);
            let sides = [0, 1, 2].map(|i| cross(points[i], points[(i + 1) % 3], x, y));
            // Centres on an edge may go either way.
            if sides.iter().all(|side| side.abs() > 1e-2) {
                let inside = sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0);
                let held = spans.iter().any(|s| s.y as usize == i / SIDE && (s.start..s.end).contains(&((i % SIDE) as u32)));
                prop_assert_eq!(inside, held, "pixel {} of {:?}", i, points);
            }
        }
    }

    #[test]
    fn wild_geometry_is_drawn(p in prop::collection::vec(-1e6..1e6f32, 12), kind in 0..6, tiny in any::<bool>()) {
        let scale = if tiny { 1e-6 } else { 1.0 };
        let at = |i: usize| [p[i] * scale, p[i + 1] * scale];
        let size = |i: usize| (p[i] * scale).abs();
        let geometry = match kind {
            0 => Geometry::Polygon { points: vec![at(0), at(2), at(4), at(6), at(8)] },
            1 => Geometry::Ellipse { centre: at(0), radii: [size(2), size(3)], angle: p[4] },
            2 => Geometry::Superellipse { centre: at(0), radii: [size(2), size(3)], exponent: 0.05 + size(4) / 1e4, angle: p[5] },
            3 => Geometry::Curve { points: [at(0), at(2), at(4)], widths: [size(6), size(7)] },
            4 => Geometry::Spline { points: vec![at(0), at(2), at(4), at(6)], width: size(8) },
            _ => Geometry::Rectangle { centre: at(0), half: [size(2), size(3)], angle: p[4] },
        };
        let mut painting = Painting::new(1e3, 1e-1, [0.5; 3], 0);
        painting.strokes.push(Stroke { layer: 0, geometry, colour: [1.0; 3], alpha: 1.0, ramp: None });
        let drawn = draw(&painting, 17, 33).unwrap();
        prop_assert!(drawn.rgb().iter().all(|v| (0.5..=1.0).contains(v)));
    }
}
