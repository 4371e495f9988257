//! Many regions of about the same size.

mod common;

use common::{SLIC, halves, voronoi};
use scumble_image::Canvas;
use scumble_region::Labels;
use scumble_region::quality::{boundary_recall, undersegmentation};
use scumble_region::segment::{SlicParams, SnicParams, slic, snic};

fn both(picture: &Canvas, count: u32, compactness: f64) -> [Labels; 2] {
    let slic = slic(picture, &SlicParams { count, compactness, ..SLIC }).unwrap();
    [slic, snic(picture, &SnicParams { count, compactness }).unwrap()]
}

#[test]
fn there_are_about_as_many_as_asked_for() {
    let (picture, _) = voronoi(200, 150, 20, 0.1, 3);
    for count in [1, 10, 100, 1000] {
        for labels in both(&picture, count, 25.0) {
            let found = labels.count() as f64 / f64::from(count);
            assert!((0.7..1.3).contains(&found), "{count}: {}", labels.count());
        }
    }
}

#[test]
fn there_is_at_most_one_a_pixel() {
    let picture = common::picture(9, 7);
    for labels in both(&picture, 1_000_000, 25.0) {
        assert_eq!(labels.count(), 63);
    }
}

#[test]
fn borders_follow_edges() {
    let (picture, truth) = (halves(120, 90, 47, 0.1), common::half_labels(120, 90, 47));
    for labels in both(&picture, 60, 25.0) {
        let error = undersegmentation(&labels, &truth).unwrap();
        assert!(error < 0.002, "{error}");
        assert!(boundary_recall(&labels, &truth, 0).unwrap() > 0.97);
    }
}

#[test]
fn compact_ones_are_even() {
    let (picture, _) = voronoi(120, 120, 12, 0.2, 8);
    let spread = |labels: &Labels| {
        let sizes = labels.sizes();
        let mean = 14_400.0 / sizes.len() as f64;
        (sizes.iter().map(|size| (*size as f64 - mean).powi(2)).sum::<f64>() / sizes.len() as f64).sqrt() / mean
    };
    let [loose, firm] = [12.0, 1000.0].map(|compactness| both(&picture, 36, compactness).map(|labels| spread(&labels)));
    for (loose, firm) in loose.iter().zip(firm) {
        assert!(firm < 0.1 && firm < 0.5 * loose, "{loose} {firm}");
    }
}

#[test]
fn what_is_cut_off_is_large() {
    let (picture, _) = voronoi(200, 150, 40, 0.3, 14);
    let labels = slic(&picture, &SlicParams { count: 200, compactness: 10.0, ..SLIC }).unwrap();
    assert!(labels.sizes().iter().all(|size| *size >= 150 / 4), "{:?}", labels.sizes().iter().min());
}

#[test]
fn islands_without_a_seed_are_regions() {
    // Two visible pixels far from the middle, where the only seed would be.
    let alpha = (0..900).map(|i| f32::from(i == 31 || i == 868)).collect();
    let picture = common::picture(30, 30).with_alpha(Some(alpha)).unwrap();
    for labels in both(&picture, 1, 25.0) {
        let ids = labels.ids();
        assert_ne!(ids[31], ids[868]);
        assert!(ids[31] != ids[0] && ids[868] != ids[0]);
        assert_eq!(labels.count(), 3);
    }
}
