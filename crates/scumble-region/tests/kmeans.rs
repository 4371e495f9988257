//! Clusters of pixels.

mod common;

use common::{KMEANS, halves, noise, painted, picture};
use scumble_image::Canvas;
use scumble_paint::oklab;
use scumble_region::segment::{Clusters, KMeansParams, kmeans};

/// J of the labels, in double precision from the colours themselves.
fn objective(picture: &Canvas, found: &Clusters) -> f64 {
    let pairs = picture.pixels().iter().zip(found.labels.ids());
    let squares = pairs.map(|(pixel, id)| {
        let mean = found.means[*id as usize];
        oklab::from_srgb(*pixel).iter().zip(mean).map(|(v, m)| (f64::from(*v) - f64::from(m)).powi(2)).sum::<f64>()
    });
    squares.sum()
}

#[test]
fn j_is_told_as_it_is() {
    let picture = picture(120, 90);
    let found = kmeans(&picture, &KMeansParams { clusters: Some(8), ..KMEANS }).unwrap();
    assert_eq!((found.means.len(), found.labels.count()), (8, 8));
    // Means of the labels, which are a round further than those J is of.
    let j = objective(&picture, &found);
    assert!(j <= found.objective * (1.0 + 1e-5) && j > 0.99 * found.objective, "{j} {}", found.objective);
    let last = found.trace.last().unwrap() * 120.0 * 90.0;
    assert!((last / found.objective - 1.0).abs() < 1e-5, "{last} {}", found.objective);
    // Rounding of single precision is all that may raise it.
    assert!(found.trace.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-6)), "{:?}", found.trace);
}

#[test]
fn more_clusters_leave_less() {
    let picture = picture(120, 90);
    let left = [1, 2, 4, 8, 16, 64]
        .map(|k| kmeans(&picture, &KMeansParams { clusters: Some(k), ..KMEANS }).unwrap().objective);
    assert!(left.windows(2).all(|pair| pair[1] < 0.9 * pair[0]), "{left:?}");
    let squares = |c: usize| {
        let values: Vec<f64> = picture.pixels().iter().map(|p| f64::from(oklab::from_srgb(*p)[c])).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|v| (v - mean).powi(2)).sum::<f64>()
    };
    let all = squares(0) + squares(1) + squares(2);
    assert!((left[0] / all - 1.0).abs() < 1e-4, "one cluster leaves {} of {all}", left[0]);
}

#[test]
fn large_pictures_learn_from_a_part() {
    let (picture, truth) = common::voronoi(400, 300, 6, 0.06, 9);
    let found = kmeans(&picture, &KMeansParams { clusters: Some(6), ..KMEANS }).unwrap();
    assert!((found.objective / objective(&picture, &found) - 1.0).abs() < 0.01);
    // The cells themselves are one way to divide.
    let mut sums = vec![[0.0f64; 4]; truth.count()];
    let colours: Vec<[f64; 3]> = picture.pixels().iter().map(|p| oklab::from_srgb(*p).map(f64::from)).collect();
    for (id, [light, a, b]) in truth.ids().iter().zip(&colours) {
        sums[*id as usize].iter_mut().zip([*light, *a, *b, 1.0]).for_each(|(sum, v)| *sum += v);
    }
    let squares = truth.ids().iter().zip(&colours).map(|(id, colour)| {
        let sums = sums[*id as usize];
        (0..3).map(|c| (colour[c] - sums[c] / sums[3]).powi(2)).sum::<f64>()
    });
    let cells: f64 = squares.sum();
    assert!(found.objective < 1.001 * cells, "{} {cells}", found.objective);
}

#[test]
fn there_are_no_more_clusters_than_colours() {
    let colours = [[0.9, 0.1, 0.1], [0.1, 0.8, 0.2], [0.2, 0.2, 0.9]];
    let picture = painted(30, 20, |x, y| colours[(x * 7 + y * 3) % 3]);
    for clusters in [Some(3), Some(8), Some(256), None] {
        let found = kmeans(&picture, &KMeansParams { clusters, ..KMEANS }).unwrap();
        assert_eq!(found.labels.count(), 3, "{clusters:?}");
        assert!(found.objective < 1e-9, "{clusters:?}: {}", found.objective);
    }
}

#[test]
fn a_number_is_chosen() {
    let (picture, _) = common::voronoi(120, 90, 5, 0.02, 21);
    let found = kmeans(&picture, &KMeansParams { clusters: None, ..KMEANS }).unwrap();
    let k = found.labels.count() as u32;
    let left = |k: u32| {
        kmeans(&picture, &KMeansParams { clusters: Some(k), ..KMEANS }).unwrap().objective / left_of_one(&picture)
    };
    assert!(k > 1 && left(k) < 0.031 && left(k - 1) > 0.029, "{k}: {} {}", left(k), left(k - 1));
}

fn left_of_one(picture: &Canvas) -> f64 {
    kmeans(picture, &KMeansParams { clusters: Some(1), ..KMEANS }).unwrap().objective
}

#[test]
fn places_part_what_looks_alike() {
    let flat = Canvas::filled(64, 64, [0.4; 3]);
    let found = kmeans(&flat, &KMeansParams { position: 0.05, ..KMEANS }).unwrap();
    assert_eq!(found.labels.count(), 4);
    assert!(found.labels.sizes().iter().all(|size| (800..1300).contains(size)), "{:?}", found.labels.sizes());
    assert_eq!(found.labels.components().count(), 4);
}

#[test]
fn textures_part_what_has_one_colour() {
    let mut noise = noise(6);
    let picture = painted(128, 96, |x, y| {
        let v = if x < 64 { x } else { y } as f32 * std::f32::consts::TAU / 8.0;
        [0.5 + 0.2 * v.sin() + 0.02 * noise() as f32; 3]
    });
    let truth = common::half_labels(128, 96, 64);
    let wrong = |texture: f64| {
        let found = kmeans(&picture, &KMeansParams { clusters: Some(2), texture, ..KMEANS }).unwrap();
        scumble_region::quality::undersegmentation(&found.labels, &truth).unwrap()
    };
    // Energies are averaged over 12 pixels at the coarsest scale; wrong pixels count from both sides.
    assert!(wrong(1.0) < 2.0 * 12.0 / 128.0 && wrong(0.0) > 0.5, "{} {}", wrong(1.0), wrong(0.0));
}

#[test]
fn seeds_are_seeds() {
    let picture = halves(300, 250, 100, 0.9);
    let with = |seed: u64| kmeans(&picture, &KMeansParams { clusters: Some(12), seed, ..KMEANS }).unwrap();
    assert_eq!(with(5), with(5));
    assert_ne!(with(5).labels, with(6).labels);
}
