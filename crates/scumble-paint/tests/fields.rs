//! Directions, densities and points of a source.

mod common;

use common::{noise, picture};
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::fields::{Fields, FieldsOptions, Guide, blur, density, detail, points};

const SIDE: usize = 128;

/// A grey picture by formula, with noise of the given deviation.
fn grey(width: usize, height: usize, deviation: f64, value: impl Fn(f32, f32) -> f32) -> Canvas {
    let mut next = noise(3);
    let pixels = (0..width * height).flat_map(|i| {
        let value = value((i % width) as f32 + 0.5, (i / width) as f32 + 0.5);
        // The sum of twelve uniform numbers has the deviation 1.
        [0, 1, 2].map(|_| value + ((0..12).map(|_| next()).sum::<f64>() - 6.0) as f32 * deviation as f32)
    });
    Canvas::new(width, height, pixels.collect()).unwrap()
}

/// The angle between two directions, in degrees from 0 to 90.
fn between([ax, ay]: [f32; 2], [bx, by]: [f32; 2]) -> f32 {
    ((ax * bx + ay * by).abs() / (ax.hypot(ay) * bx.hypot(by))).min(1.0).acos().to_degrees()
}

/// Errors of directions against those around the middle, sorted, of the pixels that `of` takes by their distance to it.
fn errors_around(fields: &Fields, of: impl Fn(f32) -> bool) -> Vec<f32> {
    let (width, height) = (fields.width(), fields.height());
    let at = (0..width * height).map(|i| [(i % width) as f32 + 0.5, (i / width) as f32 + 0.5]);
    let errors = at.filter_map(|[x, y]| {
        let from = [x - width as f32 / 2.0, y - height as f32 / 2.0];
        of(from[0].hypot(from[1])).then(|| between(fields.tangent(x, y), [-from[1], from[0]]))
    });
    let mut errors: Vec<f32> = errors.collect();
    errors.sort_by(f32::total_cmp);
    errors
}

#[test]
fn directions_of_rings_are_found() {
    let middle = SIDE as f32 / 2.0;
    let rings = |x: f32, y: f32| 0.5 + 0.3 * ((x - middle).hypot(y - middle) * 0.6).sin();
    for (deviation, median, most) in [(0.0, 1.0, 5.0), (0.1, 5.0, 20.0)] {
        let fields = Fields::new(&grey(SIDE, SIDE, deviation, rings), &FieldsOptions::new(1.0)).unwrap();
        let errors = errors_around(&fields, |distance| (6.0..60.0).contains(&distance));
        let at = |share: f32| errors[(errors.len() as f32 * share) as usize];
        assert!(at(0.5) < median && at(0.95) < most, "noise {deviation}: {} {} degrees", at(0.5), at(0.95));
    }
}

#[test]
fn flow_keeps_directions_and_straightens_noisy_ones() {
    let middle = SIDE as f32 / 2.0;
    let rings = |x: f32, y: f32| 0.5 + 0.3 * ((x - middle).hypot(y - middle) * 0.6).sin();
    let noisy = grey(SIDE, SIDE, 0.15, rings);
    let error = |flow| {
        let fields = Fields::new(&noisy, &FieldsOptions { flow, spread: 1.0, ..FieldsOptions::new(1.0) }).unwrap();
        let errors = errors_around(&fields, |distance| (10.0..55.0).contains(&distance));
        errors[errors.len() / 2]
    };
    let (without, with) = (error(0), error(3));
    assert!(with < 0.8 * without, "{without} degrees, with flow {with}");
}

#[test]
fn flat_areas_follow_their_surroundings() {
    let middle = SIDE as f32 / 2.0;
    // One disc: flat inside and outside, even with a little noise.
    let disc = |x: f32, y: f32| if (x - middle).hypot(y - middle) < 36.0 { 0.8 } else { 0.2 };
    for deviation in [0.0, 0.004] {
        let fields = Fields::new(&grey(SIDE, SIDE, deviation, disc), &FieldsOptions::new(1.0)).unwrap();
        let errors = errors_around(&fields, |distance| (12.0..60.0).contains(&distance));
        assert!(errors[errors.len() / 2] < 8.0, "noise {deviation}: median {} degrees", errors[errors.len() / 2]);
        assert!(errors[errors.len() * 9 / 10] < 25.0, "noise {deviation}: {}", errors[errors.len() * 9 / 10]);
    }
    // Two walls that run alike: what lies between runs as they do, everywhere.
    let walls = |x: f32, y: f32| if (x + 0.5 * y - 96.0).abs() < 40.0 { 0.3 } else { 0.7 };
    let fields = Fields::new(&grey(SIDE, SIDE, 0.0, walls), &FieldsOptions::new(1.0)).unwrap();
    for (x, y) in [(64.0, 64.0), (3.0, 3.0), (125.0, 125.0), (64.5, 60.2)] {
        assert!(between(fields.tangent(x, y), [1.0, -2.0]) < 3.0, "{x} {y}: {:?}", fields.tangent(x, y));
        assert!(fields.coherence(x, y) > 0.9);
    }
}

#[test]
fn guides_turn_flat_areas_and_weak_edges() {
    // Waves along x; the guide runs along y in a frame of half the size.
    let waves = |_: f32, y: f32| if y > 64.0 { 0.5 } else { 0.5 + 0.02 * (y * 0.8).sin() };
    let guide = Guide { points: vec![[20.0, 5.0], [20.0, 5.0], [20.0, 60.0]], strength: 2.0 };
    let options = |guides| FieldsOptions { guides, scale: [2.0, 2.0], reach: 8.0, ..FieldsOptions::new(1.0) };
    let picture = grey(SIDE, SIDE, 0.0, waves);
    let plain = Fields::new(&picture, &options(Vec::new())).unwrap();
    let guided = Fields::new(&picture, &options(vec![guide])).unwrap();
    assert!(between(plain.tangent(40.0, 30.0), [1.0, 0.0]) < 2.0);
    for (x, y) in [(40.0, 30.0), (40.0, 100.0), (60.0, 120.0)] {
        assert!(between(guided.tangent(x, y), [0.0, 1.0]) < 15.0, "{x} {y}: {:?}", guided.tangent(x, y));
    }
    assert!(between(guided.tangent(110.0, 30.0), [1.0, 0.0]) < 5.0);

    for guide in [
        Guide { points: vec![[1.0, 1.0]], strength: 1.0 },
        Guide { points: vec![[1.0, f32::NAN], [2.0, 2.0]], strength: 1.0 },
        Guide { points: vec![[1.0, 1.0], [2.0, 2.0]], strength: -1.0 },
    ] {
        assert_eq!(Fields::new(&picture, &options(vec![guide])).unwrap_err().fault(), Fault::Parameter);
    }
}

#[test]
fn odd_pictures_have_fields() {
    for (width, height) in [(1, 1), (1, 50), (50, 1), (2, 3)] {
        for picture in [Canvas::filled(width, height, [0.4; 3]), picture(width, height)] {
            let fields = Fields::new(&picture, &FieldsOptions { flow: 1, ..FieldsOptions::new(1.0) }).unwrap();
            for (x, y) in [(-5.0, -5.0), (0.5, 0.5), (1e9, 1e9)] {
                let [dx, dy] = fields.tangent(x, y);
                assert!((dx.hypot(dy) - 1.0).abs() < 1e-5);
                assert!((0.0..=1.0).contains(&fields.coherence(x, y)) && fields.magnitude(x, y) >= 0.0);
            }
        }
    }
    let wrong = FieldsOptions { blur: f32::NAN, ..FieldsOptions::new(1.0) };
    assert_eq!(Fields::new(&picture(4, 4), &wrong).unwrap_err().to_string(), "blur is NaN, allowed is 0 to 1000");
}

#[test]
fn a_blurred_spot_is_a_gaussian() {
    let (width, height, sigma) = (61, 41, 4.0f32);
    let mut plane = vec![0.0; width * height];
    plane[20 * width + 30] = 1.0;
    let blurred = blur(&plane, width, sigma);
    let at = |x: usize, y: usize| blurred[y * width + x];
    assert!((blurred.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    assert!((at(30, 20) * std::f32::consts::TAU * sigma * sigma - 1.0).abs() < 0.02);
    for (x, y) in [(34, 20), (30, 24), (26, 20), (30, 16)] {
        assert!((at(x, y) / at(30, 20) - (-0.5f32).exp()).abs() < 1e-3);
    }
    let constant = blur(&[0.7; 60], 12, 9.0);
    assert!(constant.iter().all(|v| (v - 0.7).abs() < 1e-5));
}

#[test]
fn detail_is_where_fine_structure_is() {
    let half = |x: f32, y: f32| if x < 64.0 { 0.5 + 0.2 * (x * 2.0).sin() * (y * 2.0).cos() } else { x / 256.0 };
    let detail = detail(&grey(SIDE, SIDE, 0.0, half), 1.5);
    let mean = |from: usize, to: usize| {
        (0..SIDE * SIDE).filter(|i| (from..to).contains(&(i % SIDE))).map(|i| detail[i]).sum::<f32>()
    };
    assert!(mean(0, 56) > 20.0 * mean(72, 120));
}

#[test]
fn density_is_high_at_edges_and_within_its_bounds() {
    let edge = |x: f32, _: f32| if x < 64.0 { 0.2 } else { 0.8 };
    let fields = Fields::new(&grey(SIDE, SIDE, 0.0, edge), &FieldsOptions::new(1.0)).unwrap();
    let rho = density(fields.magnitudes(), SIDE, [0.001, 0.1], None);
    assert!(rho.iter().all(|v| (0.001..=0.1).contains(v)));
    assert!(rho[64 * SIDE + 64] > 0.09 && rho[64 * SIDE + 20] < 0.002);
    let map: Vec<f32> = (0..SIDE * SIDE).map(|i| if i / SIDE < 64 { 1.0 } else { 0.25 }).collect();
    let weighted = density(fields.magnitudes(), SIDE, [0.001, 0.1], Some(&map));
    assert!((weighted[100 * SIDE + 64] - 0.25 * rho[100 * SIDE + 64]).abs() < 1e-6);
    assert_eq!(weighted[10 * SIDE + 64], rho[10 * SIDE + 64]);
}

/// Mean and deviation of the distances of points to their nearest others.
fn spacing(points: &[[f32; 2]]) -> (f32, f32) {
    let distance = |i: usize, j: usize| (points[i][0] - points[j][0]).hypot(points[i][1] - points[j][1]);
    let near: Vec<f32> = (0..points.len())
        .map(|i| (0..points.len()).filter(|j| *j != i).map(|j| distance(i, j)).fold(f32::INFINITY, f32::min))
        .collect();
    let mean = near.iter().sum::<f32>() / near.len() as f32;
    (mean, (near.iter().map(|d| (d - mean).powi(2)).sum::<f32>() / near.len() as f32).sqrt())
}

#[test]
fn lloyd_rounds_even_out_spacing() {
    let even = vec![0.02; SIDE * SIDE];
    let count = (0.02 * (SIDE * SIDE) as f32).round() as usize;
    let [drawn, moved] = [0, 5].map(|rounds| points(&even, SIDE, 11, rounds));
    assert_eq!((drawn.len(), moved.len()), (count, count));
    let [(_, drawn), (mean, moved)] = [spacing(&drawn), spacing(&moved)];
    // The mean distance of a hexagonal lattice is 7.6 here.
    assert!(moved < 0.45 * drawn && mean > 5.5, "deviation {drawn} before, {moved} after, mean {mean}");
}

#[test]
fn points_follow_the_density() {
    let rho: Vec<f32> = (0..SIDE * SIDE).map(|i| if i % SIDE < 64 { 0.03 } else { 0.005 }).collect();
    let found = points(&rho, SIDE, 5, 5);
    let left = found.iter().filter(|p| p[0] < 64.0).count() as f32;
    let share = left / found.len() as f32;
    assert!((share - 6.0 / 7.0).abs() < 0.03, "{share}");
    assert!(found.iter().flatten().all(|v| (0.0..=SIDE as f32).contains(v)));
    // Where there is no weight there are no points.
    let half: Vec<f32> = (0..SIDE * SIDE).map(|i| if i / SIDE < 32 { 0.02 } else { 0.0 }).collect();
    assert!(points(&half, SIDE, 5, 3).iter().all(|p| p[1] <= 32.0));
    for odd in [vec![0.0; 16], vec![f32::NAN; 16], vec![f32::INFINITY; 16], vec![-1.0; 16], Vec::new()] {
        assert!(points(&odd, 4, 1, 2).is_empty());
    }
    assert_eq!(points(&[5.0; 6], 3, 1, 2).len(), 6);
}

#[test]
fn threads_do_not_matter() {
    let source = picture(97, 61);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let fields = Fields::new(&source, &FieldsOptions { flow: 1, ..FieldsOptions::new(1.0) }).unwrap();
            let rho = density(fields.magnitudes(), 97, [0.001, 0.1], None);
            let tangents: Vec<[f32; 2]> =
                (0..97 * 61).map(|i| fields.tangent((i % 97) as f32, (i / 97) as f32)).collect();
            (tangents, points(&rho, 97, 1, 3))
        })
    };
    assert!(on(1) == on(3));
}
