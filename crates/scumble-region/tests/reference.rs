//! Beside scikit-learn and scikit-image (reference/region/make_segments.py).

mod common;

use std::path::{Path, PathBuf};

use scumble_image::{Canvas, Limits, open};
use scumble_region::Labels;
use scumble_region::quality::{boundary_recall, undersegmentation};
use scumble_region::segment::{GraphParams, KMeansParams, SlicParams, SnicParams, graph, kmeans, otsu, slic, snic};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> Canvas {
    open(&root().join(path), &Limits::default()).unwrap().canvas
}

fn numbers() -> Value {
    let text = std::fs::read_to_string(root().join("reference/region/segments.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn pictures() -> Vec<(Canvas, Value)> {
    let numbers = numbers();
    let pictures = numbers["pictures"].as_object().unwrap();
    assert_eq!(pictures.len(), 5);
    pictures.iter().map(|(name, wanted)| (read(&format!("samples/{name}")), wanted.clone())).collect()
}

#[test]
fn kmeans_is_as_good_as_the_best_of_ten() {
    for (picture, wanted) in pictures() {
        let best = wanted["kmeans"].as_f64().unwrap() * picture.pixels().len() as f64;
        let params = KMeansParams { clusters: Some(8), position: 0.0, texture: 0.0, seed: 1 };
        let found = kmeans(&picture, &params).unwrap().objective;
        // What is promised. Decoders of JPEG differ by a level here and there, which changes J by 0.1 %.
        assert!(found <= 1.01 * best, "{found} {best}");
        assert!(found > 0.99 * best, "{found} is less than can be: {best}");
    }
}

#[test]
fn otsu_finds_the_same_levels() {
    for (picture, wanted) in pictures() {
        for classes in [2, 3, 4] {
            let wanted = wanted["otsu"][classes.to_string()].as_array().unwrap();
            let found = otsu(&picture, classes).unwrap();
            assert_eq!(found.len(), wanted.len());
            for (found, wanted) in found.iter().zip(wanted) {
                // A level for what decoders of JPEG and roundings of the luma differ by.
                assert!((found * 255.0 - 0.5 - wanted.as_f64().unwrap()).abs() <= 1.001, "{found} {wanted}");
            }
        }
    }
}

/// Regions, recall within two pixels, under-segmentation error.
fn measured(labels: &Labels, truth: &Labels) -> [f64; 3] {
    [labels.count() as f64, boundary_recall(labels, truth, 2).unwrap(), undersegmentation(labels, truth).unwrap()]
}

#[test]
fn superpixels_and_graphs_are_no_worse() {
    let picture = read("reference/region/voronoi.png");
    let truth = read("reference/region/voronoi-truth.png");
    let ids = truth.pixels().iter().map(|pixel| (pixel[0] * 255.0).round() as u32).collect();
    let truth = Labels::new(truth.width(), truth.height(), ids).unwrap();
    let wanted = &numbers()["voronoi"];
    let compactness = 25.0;
    let slic = slic(&picture, &SlicParams { count: 120, compactness, rounds: 10 }).unwrap();
    let snic = snic(&picture, &SnicParams { count: 120, compactness }).unwrap();
    let graph = graph(&picture, &GraphParams { scale: 300.0, sigma: 0.0, min_area: 50.0 }).unwrap();
    for (method, labels, peer) in [("slic", slic, "slic"), ("snic", snic, "slic"), ("graph", graph, "felzenszwalb")] {
        let [count, recall, error] = measured(&labels, &truth);
        let peer = &wanted[peer];
        let [others, least, most] = ["regions", "recall", "undersegmentation"].map(|key| peer[key].as_f64().unwrap());
        // More regions would be better at both without being better.
        assert!(count <= 1.1 * others, "{method}: {count} {others}");
        assert!(recall >= least - 0.002 && error <= most + 0.002, "{method}: {recall} {least}, {error} {most}");
    }
}
