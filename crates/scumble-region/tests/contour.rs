//! Contours against the labels they come from.

mod outlines;

use std::collections::HashMap;

use outlines::{inside, labels, noise};
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_region::Labels;
use scumble_region::contour::{Contours, Simplify, resample, signed_area};

/// Labels of blots, specks and everything between: `coarse` is the side of their squares.
fn random(width: usize, height: usize, regions: u32, coarse: usize, seed: u64) -> Labels {
    let columns = width.div_ceil(coarse);
    let mut noise = noise(seed);
    let squares: Vec<u32> =
        (0..columns * height.div_ceil(coarse)).map(|_| (noise() * f64::from(regions)) as u32).collect();
    labels(width, height, |x, y| squares[y / coarse * columns + x / coarse])
}

/// Discs among stripes, whose borders are smooth.
fn discs(side: usize) -> Labels {
    labels(side, side, |x, y| {
        let at = |cx: f64, cy: f64| {
            (x as f64 + 0.5 - cx * side as f64).hypot(y as f64 + 0.5 - cy * side as f64) / side as f64
        };
        match () {
            () if at(0.3, 0.4) < 0.05 => 0,
            () if at(0.3, 0.4) < 0.2 => 1,
            () if at(0.7, 0.6) < 0.25 => 2,
            () => 3 + (3 * x + y) as u32 / side as u32,
        }
    })
}

fn check_exact(labels: &Labels) {
    let contours = Contours::new(labels);
    assert_eq!(contours.count(), labels.count());
    let mut areas = vec![0.0; labels.count()];
    labels.ids().iter().for_each(|id| areas[*id as usize] += 1.0);
    for (region, area) in areas.iter().enumerate() {
        let rings = contours.rings(region);
        assert_eq!(rings.iter().map(|ring| signed_area(ring)).sum::<f64>(), *area);
        assert!(signed_area(&rings[0]) > 0.0);
        for (i, id) in labels.ids().iter().enumerate() {
            let centre = [(i % labels.width()) as f64 + 0.5, (i / labels.width()) as f64 + 0.5];
            assert_eq!(inside(&rings, centre), *id as usize == region, "pixel {centre:?}, region {region}");
        }
    }
    check_shared(&contours);
}

/// Every edge inside the frame belongs to two rings, once in each direction; the frame's to one.
fn check_shared(contours: &Contours) {
    let mut edges: HashMap<[[u32; 2]; 2], usize> = HashMap::new();
    let bits = |p: [f32; 2]| p.map(f32::to_bits);
    for ring in (0..contours.count()).flat_map(|region| contours.rings(region)) {
        assert!(ring.len() >= 3);
        for (at, from) in ring.iter().enumerate() {
            *edges.entry([bits(*from), bits(ring[(at + 1) % ring.len()])]).or_default() += 1;
        }
    }
    let (right, bottom) = (contours.width() as f32, contours.height() as f32);
    for ([from, to], count) in &edges {
        assert_eq!(*count, 1);
        let [a, b] = [from, to].map(|p| p.map(f32::from_bits));
        let on_frame = (0..2).any(|k| a[k] == b[k] && (a[k] == 0.0 || a[k] == [right, bottom][k]));
        assert_eq!(edges.contains_key(&[*to, *from]), !on_frame, "{a:?} to {b:?}");
    }
}

/// Each point of the frame is inside one region exactly, and areas add up to the frame's.
fn check_cover(contours: &Contours, seed: u64) {
    check_shared(contours);
    let regions: Vec<_> = (0..contours.count()).map(|region| contours.rings(region)).collect();
    let sum: f64 = regions.iter().flatten().map(|ring| signed_area(ring)).sum();
    let frame = (contours.width() * contours.height()) as f64;
    assert!((sum - frame).abs() <= 1e-6 * frame, "{sum} of {frame}");
    let mut noise = noise(seed);
    for _ in 0..400 {
        let point = [noise() * contours.width() as f64, noise() * contours.height() as f64];
        let count = regions.iter().filter(|rings| inside(rings, point)).count();
        assert_eq!(count, 1, "{point:?} is inside {count} regions");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rings_enclose_their_pixels(
        width in 1..14usize, height in 1..14usize, regions in 1..6u32, coarse in 1..5usize, seed: u64,
    ) {
        check_exact(&random(width, height, regions, coarse, seed));
    }

    #[test]
    fn simplified_and_smoothed_regions_cover_the_frame_once(
        width in 1..30usize, height in 1..30usize, regions in 1..6u32, coarse in 1..6usize, seed: u64,
        tolerance in 0.0..6.0f32, rounds in 0..3u32,
    ) {
        let exact = Contours::new(&random(width, height, regions, coarse, seed));
        for how in [Simplify::DouglasPeucker(tolerance), Simplify::Visvalingam(tolerance * tolerance)] {
            let simple = exact.clone().simplified(how).unwrap();
            check_cover(&simple, seed);
            check_cover(&simple.smoothed(rounds), seed);
        }
        check_cover(&exact.smoothed(rounds), seed);
    }

    #[test]
    fn resampled_points_are_equally_far_along_the_ring(count in 1..200usize, corners in 3..20usize, seed: u64) {
        let mut noise = noise(seed);
        let ring: Vec<[f32; 2]> = (0..corners).map(|_| [noise() as f32 * 50.0, noise() as f32 * 50.0]).collect();
        let points = resample(&ring, count).unwrap();
        prop_assert_eq!(points.len(), count);
        // The length of the ring up to each corner, and the point at a length.
        let corner = |at: usize| ring[at % corners].map(f64::from);
        let edge = |at: usize| (corner(at + 1)[0] - corner(at)[0]).hypot(corner(at + 1)[1] - corner(at)[1]);
        let total: f64 = (0..corners).map(edge).sum();
        for (j, point) in points.iter().enumerate() {
            let (mut left, mut at) = (total * j as f64 / count as f64, 0);
            while left > edge(at) && at + 1 < corners {
                left -= edge(at);
                at += 1;
            }
            let expected = [0, 1].map(|k| corner(at)[k] + left / edge(at) * (corner(at + 1)[k] - corner(at)[k]));
            // Rounding of sums of up to 20 lengths of 50.
            prop_assert!((point[0] - expected[0]).hypot(point[1] - expected[1]) < 1e-9);
        }
    }
}

#[test]
fn small_pictures() {
    for (width, height) in [(1, 1), (1, 7), (9, 1), (2, 2)] {
        for regions in [1, 2, 100] {
            let labels = labels(width, height, |x, y| (y * width + x) as u32 % regions);
            check_exact(&labels);
            let contours = Contours::new(&labels);
            check_cover(&contours.clone().simplified(Simplify::DouglasPeucker(10.0)).unwrap(), 1);
            check_cover(&contours.simplified(Simplify::Visvalingam(100.0)).unwrap().smoothed(2), 2);
        }
    }
}

#[test]
fn holes_run_the_other_way() {
    let ring = labels(7, 7, |x, y| u32::from((2..5).contains(&x) && (2..5).contains(&y)));
    let contours = Contours::new(&ring);
    let areas: Vec<f64> = contours.rings(0).iter().map(|ring| signed_area(ring)).collect();
    assert_eq!(areas, [49.0, -9.0]);
    assert_eq!(contours.rings(1), [vec![[2.0, 2.0], [5.0, 2.0], [5.0, 5.0], [2.0, 5.0]]]);
    assert!(contours.rings(2).is_empty());
}

#[test]
fn arcs_know_their_sides() {
    let contours = Contours::new(&labels(4, 3, |x, _| u32::from(x >= 2)));
    let inner: Vec<_> = contours.arcs().iter().filter(|arc| arc.left.is_some() && arc.right.is_some()).collect();
    assert_eq!(inner.len(), 1);
    // Downwards, what lies to the east is to the left.
    assert_eq!(inner[0].points, [[2.0, 0.0], [2.0, 3.0]]);
    assert_eq!((inner[0].left, inner[0].right), (Some(1), Some(0)));
}

#[test]
fn staircases_become_straight() {
    // A triangle under the diagonal: 0.75 is more than half the diagonal of a pixel.
    let contours = Contours::new(&labels(40, 40, |x, y| u32::from(x > y)));
    assert!(contours.rings(1)[0].len() > 70);
    for how in [Simplify::DouglasPeucker(0.75), Simplify::Visvalingam(0.6)] {
        let simple = contours.clone().simplified(how).unwrap();
        assert!(simple.rings(1)[0].len() <= 5, "{:?}", simple.rings(1));
    }
}

#[test]
fn tolerance_bounds_the_change() {
    let labels = discs(120);
    let exact = Contours::new(&labels);
    let simple = exact.clone().simplified(Simplify::DouglasPeucker(1.0)).unwrap();
    let points = |contours: &Contours| contours.arcs().iter().map(|arc| arc.points.len()).sum::<usize>();
    assert!(3 * points(&simple) < points(&exact), "{} of {}", points(&simple), points(&exact));
    for (old, new) in exact.arcs().iter().zip(simple.arcs()) {
        for p in &old.points {
            let nearest =
                new.points.windows(2).map(|edge| distance(*p, edge[0], edge[1])).fold(f64::INFINITY, f64::min);
            assert!(nearest <= 1.0 + 1e-6, "{p:?} is {nearest} away");
        }
    }
    check_cover(&simple, 3);
    check_cover(&simple.smoothed(2), 4);
}

fn distance(p: [f32; 2], a: [f32; 2], b: [f32; 2]) -> f64 {
    let [p, a, b] = [p, a, b].map(|p| p.map(f64::from));
    let (d, e) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let t = ((d[0] * e[0] + d[1] * e[1]) / (d[0] * d[0] + d[1] * d[1])).clamp(0.0, 1.0);
    (e[0] - t * d[0]).hypot(e[1] - t * d[1])
}

#[test]
fn islands_do_not_change_sides() {
    // A bay with an island in it: a tolerance that closes the bay would leave the island outside of its sea.
    let labels = labels(40, 12, |x, y| match () {
        () if x == 20 && y == 4 => 2,
        () if y >= 8 || ((18..23).contains(&x) && y >= 2) => 1,
        () => 0,
    });
    let simple = Contours::new(&labels).simplified(Simplify::DouglasPeucker(9.0)).unwrap();
    check_cover(&simple, 5);
    let island = simple.rings(2)[0][0].map(f64::from);
    let outline = &simple.rings(1)[..1];
    assert!(inside(outline, [island[0] + 1e-3, island[1] + 1e-3]), "{outline:?}");
}

#[test]
fn smoothing_rounds_corners() {
    let smooth =
        Contours::new(&labels(20, 20, |x, y| u32::from((5..15).contains(&x) && (5..15).contains(&y)))).smoothed(2);
    let ring = &smooth.rings(1)[0];
    assert_eq!(ring.len(), 16);
    // Chaikin's limit cuts a third of each corner's triangle of half edges; two rounds reach 5/16 of 4 · 12.5.
    assert!((signed_area(ring) - (100.0 - 4.0 * 12.5 * 5.0 / 16.0)).abs() < 1e-4, "{}", signed_area(ring));
}

#[test]
fn errors_are_told() {
    let contours = Contours::new(&labels(3, 3, |x, _| x as u32));
    for tolerance in [-1.0, f32::NAN, f32::INFINITY] {
        let error = contours.clone().simplified(Simplify::DouglasPeucker(tolerance)).unwrap_err();
        assert_eq!(error.fault(), Fault::Parameter);
    }
    assert_eq!(resample(&[[0.0, 0.0]], 0).unwrap_err().fault(), Fault::Parameter);
    assert_eq!(resample(&[], 5).unwrap_err().fault(), Fault::Input);
    assert_eq!(resample(&[[f32::NAN, 0.0]], 5).unwrap_err().fault(), Fault::Input);
    assert_eq!(resample(&[[1.0, 2.0]], 3).unwrap(), [[1.0, 2.0]; 3]);
}
