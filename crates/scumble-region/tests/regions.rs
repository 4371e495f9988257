//! Growing, mean shift, graph, watershed, cleaning.

mod common;

use common::{GRAPH, GROW, MEAN_SHIFT, WATERSHED, half_labels, halves, noise, painted, voronoi};
use scumble_image::Canvas;
use scumble_region::quality::undersegmentation;
use scumble_region::segment::{
    GraphParams, GrowParams, MeanShiftParams, WatershedParams, graph, grow, mean_shift, watershed,
};
use scumble_region::{CleanParams, Labels, clean};

const CLEAN: CleanParams = CleanParams { smooth: 2, min_area: 60.0 };

#[test]
fn two_halves_are_two_regions() {
    let (picture, truth) = (halves(90, 70, 41, 0.06), half_labels(90, 70, 41));
    let found = [
        ("grow", grow(&picture, &GROW).unwrap()),
        ("mean shift", mean_shift(&picture, &MEAN_SHIFT).unwrap()),
        // Smoothed edges would be regions between the halves.
        ("graph", graph(&picture, &GraphParams { sigma: 0.0, ..GRAPH }).unwrap()),
        ("watershed", watershed(&picture, &WatershedParams { depth: 0.1, ..WATERSHED }).unwrap()),
    ];
    for (method, labels) in found {
        let labels = clean(&labels, &picture, &CLEAN).unwrap();
        assert_eq!(labels.count(), 2, "{method}");
        // Smoothing may move a border by a pixel.
        assert!(undersegmentation(&labels, &truth).unwrap() < 0.03, "{method}");
    }
}

#[test]
fn regions_grow_from_seeds_given() {
    let picture = halves(60, 40, 25, 0.02);
    let params = GrowParams { seeds: vec![[2.5, 2.5]], ..GROW };
    assert_eq!(grow(&picture, &params).unwrap(), half_labels(60, 40, 25));
    // Two in the same half share it, and the other half is what is left.
    let labels = grow(&picture, &GrowParams { seeds: vec![[2.0, 20.0], [20.0, 20.0]], ..GROW }).unwrap();
    assert_eq!(labels.count(), 3);
    assert!((0..40).all(|y| labels.ids()[y * 60 + 25..(y + 1) * 60].iter().all(|id| *id == labels.ids()[59])));
    // The same seed twice is one.
    let params = GrowParams { seeds: vec![[2.5, 2.5], [2.6, 2.6]], ..GROW };
    assert_eq!(grow(&picture, &params).unwrap().count(), 2);
}

#[test]
fn colours_drift_within_their_limit() {
    // A slope: a pixel joins while it is near the mean of what there is.
    let picture = painted(200, 4, |x, _| [x as f32 / 199.0; 3]);
    let counts = [0.02, 0.1, 0.5].map(|threshold| grow(&picture, &GrowParams { threshold, ..GROW }).unwrap().count());
    assert!(counts[0] > counts[1] && counts[1] > counts[2], "{counts:?}");
}

#[test]
fn larger_scales_have_fewer_regions() {
    let (picture, truth) = voronoi(160, 120, 12, 0.1, 5);
    let count = |scale: f64| graph(&picture, &GraphParams { scale, min_area: 0.0, ..GRAPH }).unwrap().count();
    assert!(count(10.0) > 2 * count(100.0) && count(100.0) > count(1000.0));
    let labels = graph(&picture, &GRAPH).unwrap();
    assert!(labels.sizes().iter().all(|size| *size >= 50));
    assert!(undersegmentation(&labels, &truth).unwrap() < 0.15);
}

/// Felzenszwalb and Huttenlocher's method, as they describe it: edges sorted, regions renamed one pixel at a time.
fn slowly(picture: &Canvas, scale: f64) -> Labels {
    let (width, height) = (picture.width(), picture.height());
    let mut edges = Vec::new();
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        for (dx, dy) in [(1i32, 0i32), (-1, 1), (0, 1), (1, 1)] {
            let (u, v) = (x as i32 + dx, y as i32 + dy);
            if (0..width as i32).contains(&u) && v < height as i32 {
                let (p, q) = (y * width + x, v as usize * width + u as usize);
                let colours = picture.pixels()[p].iter().zip(picture.pixels()[q]);
                let weight = colours.map(|(a, b)| (255.0 * f64::from(a - b)).powi(2)).sum::<f64>().sqrt();
                edges.push((weight, p, q));
            }
        }
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ids: Vec<usize> = (0..width * height).collect();
    let mut inner = vec![0.0f64; width * height];
    for (weight, p, q) in edges {
        let (p, q) = (ids[p], ids[q]);
        let size = |name: usize| ids.iter().filter(|id| **id == name).count() as f64;
        if p != q && weight <= (inner[p] + scale / size(p)).min(inner[q] + scale / size(q)) {
            ids.iter_mut().filter(|id| **id == q).for_each(|id| *id = p);
            inner[p] = weight;
        }
    }
    Labels::new(width, height, ids.into_iter().map(|id| id as u32).collect()).unwrap()
}

#[test]
fn graphs_are_joined_as_described() {
    for (seed, scale) in [(1, 50.0), (2, 150.0), (3, 400.0)] {
        // Levels far from each other, so that steps of 1/148 level do not change the order.
        let mut noise = noise(seed);
        let picture = painted(14, 11, |x, _| {
            let base = if x < 6 { 60.0 } else { 150.0 };
            [base + (40.0 * noise() as f32).round(), base, base + (20.0 * noise() as f32).round()].map(|v| v / 255.0)
        });
        let found = graph(&picture, &GraphParams { scale, sigma: 0.0, min_area: 0.0 }).unwrap();
        assert_eq!(found, slowly(&picture, scale), "{seed}");
    }
}

#[test]
fn shallow_basins_are_filled() {
    let (picture, _) = voronoi(120, 90, 10, 0.05, 33);
    let counts = [0.0, 0.01, 0.05, 0.1, 2.0]
        .map(|depth| watershed(&picture, &WatershedParams { depth, ..WATERSHED }).unwrap().count());
    assert!(counts.windows(2).all(|pair| pair[1] <= pair[0]), "{counts:?}");
    assert!(counts[0] > 50 && counts[3] >= 2 && counts[4] == 1, "{counts:?}");
}

#[test]
fn basins_meet_on_the_ridge() {
    // Two plateaus of different colour, joined by a ramp whose steepest place is its middle.
    let picture = painted(61, 9, |x, _| [0.2 + 0.6 / (1.0 + (-(x as f32 - 30.0) / 2.0).exp()); 3]);
    let labels = watershed(&picture, &WatershedParams { depth: 0.02, sigma: 0.0 }).unwrap();
    assert_eq!(labels.count(), 2);
    for row in labels.ids().chunks(61) {
        let first = row.iter().position(|id| *id == 1).unwrap();
        assert!((29..=31).contains(&first), "{first}");
    }
}

#[test]
fn mean_shift_keeps_what_differs_by_more_than_its_range() {
    let steps = painted(90, 40, |x, _| [0.3 + 0.1 * (x / 30) as f32; 3]);
    let count = |range: f64| mean_shift(&steps, &MeanShiftParams { range, ..MEAN_SHIFT }).unwrap().count();
    assert_eq!((count(4.0), count(40.0)), (3, 1));
}

#[test]
fn crumbs_and_frays_are_cleaned() {
    let mut noise = noise(8);
    let truth = half_labels(80, 60, 33);
    let ids = truth.ids().iter().map(|id| if noise() < 0.05 { 2 + (noise() * 3.0) as u32 } else { *id }).collect();
    let (noisy, picture) = (Labels::new(80, 60, ids).unwrap(), halves(80, 60, 33, 0.1));
    let labels = clean(&noisy, &picture, &CLEAN).unwrap();
    assert_eq!(labels.count(), 2);
    assert!(undersegmentation(&labels, &truth).unwrap() < 0.005);
    // A vote alone leaves parts, joining alone leaves no small ones.
    let joined = clean(&noisy, &picture, &CleanParams { smooth: 0, min_area: 60.0 }).unwrap();
    assert!(joined.sizes().iter().all(|size| *size >= 60));
    assert_eq!(joined, truth);
}

#[test]
fn small_regions_join_what_they_look_like() {
    // A small square in the left half, of nearly the right half's colour, touches both.
    let colour = |x: usize, y: usize| match (x, y) {
        (28..=31, 10..=13) => [0.25, 0.35, 0.65],
        (0..=31, _) => [0.8, 0.3, 0.2],
        _ => [0.2, 0.3, 0.7],
    };
    let picture = painted(64, 40, colour);
    let ids = (0..64 * 40).map(|i| match (i % 64, i / 64) {
        (28..=31, 10..=13) => 2,
        (x, _) => u32::from(x > 31),
    });
    let labels = Labels::new(64, 40, ids.collect()).unwrap();
    let cleaned = clean(&labels, &picture, &CleanParams { smooth: 0, min_area: 60.0 }).unwrap();
    assert_eq!(cleaned.count(), 2);
    assert_eq!(cleaned.ids()[10 * 64 + 29], cleaned.ids()[63]);
}

#[test]
fn nothing_is_too_small_to_be_alone() {
    let picture = common::picture(5, 5);
    let checks = Labels::new(5, 5, (0..25).map(|i| i % 2).collect()).unwrap();
    assert_eq!(clean(&checks, &picture, &CleanParams { smooth: 0, min_area: 60.0 }).unwrap().count(), 1);
    assert_eq!(clean(&checks, &picture, &CleanParams { smooth: 0, min_area: 0.0 }).unwrap().count(), 25);
}
