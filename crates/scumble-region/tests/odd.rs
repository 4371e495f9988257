//! What every method must bear.

mod common;

use common::{all, halves, picture};
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_region::segment::{self, KMeansParams, SlicParams, SnicParams, ThresholdParams};
use scumble_region::{CleanParams, MergeParams, MergeTree, clean, statistics};

const CLEAN: CleanParams = CleanParams { smooth: 2, min_area: 60.0 };
const MERGE: MergeParams = MergeParams { gradient: 4.0, texture: 1.0 };

#[test]
fn pictures_of_any_size_are_divided() {
    for (width, height) in [(1, 1), (1, 50), (50, 1), (2, 2), (3, 40), (7, 5)] {
        let picture = picture(width, height);
        for (method, is_connected, labels) in all(&picture) {
            let labels = labels.unwrap();
            assert_eq!((labels.width(), labels.height()), (width, height), "{method}");
            assert!((1..=width * height).contains(&labels.count()), "{method}");
            assert!(!is_connected || labels.components().count() == labels.count(), "{method}, {width}×{height}");
            let cleaned = clean(&labels, &picture, &CLEAN).unwrap();
            let tree = MergeTree::new(&cleaned, &picture, &MERGE).unwrap();
            assert_eq!(tree.cut(1).unwrap().count(), 1, "{method}");
            assert_eq!(statistics(&labels, &picture).unwrap().len(), labels.count(), "{method}");
        }
    }
}

#[test]
fn a_flat_picture_is_one_region() {
    let flat = Canvas::filled(40, 30, [0.7, 0.6, 0.5]);
    for (method, _, labels) in all(&flat) {
        let count = labels.unwrap().count();
        let superpixels = ["slic", "snic", "kmeans texture"].contains(&method);
        assert!(if superpixels { count > 1 } else { count == 1 }, "{method}: {count}");
    }
}

#[test]
fn regions_are_connected() {
    for picture in [picture(90, 70), halves(90, 70, 31, 0.3)] {
        for (method, _, labels) in all(&picture).into_iter().filter(|(_, is_connected, _)| *is_connected) {
            let labels = labels.unwrap();
            assert_eq!(labels.components().count(), labels.count(), "{method}");
        }
    }
}

/// A disc of opacity 0 in the middle, and a corner.
fn alpha(width: usize, height: usize) -> Vec<f32> {
    let is_hidden =
        |x: usize, y: usize| x.abs_diff(width / 2).pow(2) + y.abs_diff(height / 2).pow(2) < 150 || x + y < 9;
    (0..width * height).map(|i| if is_hidden(i % width, i / width) { 0.0 } else { 0.6 }).collect()
}

#[test]
fn hidden_pixels_are_one_region_of_their_own() {
    let alpha = alpha(80, 60);
    let picture = picture(80, 60).with_alpha(Some(alpha.clone())).unwrap();
    let check = |method: &str, labels: &scumble_region::Labels| {
        let hidden = labels.ids()[0];
        for (id, alpha) in labels.ids().iter().zip(&alpha) {
            assert_eq!(*id == hidden, *alpha == 0.0, "{method}");
        }
    };
    for (method, _, labels) in all(&picture) {
        let labels = labels.unwrap();
        check(method, &labels);
        check(method, &clean(&labels, &picture, &CLEAN).unwrap());
        let tree = MergeTree::new(&labels, &picture, &MERGE).unwrap();
        check(method, &tree.cut(1).unwrap());
        assert!(statistics(&labels, &picture).unwrap()[0].hidden, "{method}");
    }
}

#[test]
fn the_colours_of_hidden_pixels_mean_nothing() {
    let alpha = alpha(80, 60);
    let plain = picture(80, 60);
    let mut noise = common::noise(4);
    let other = common::painted(80, 60, |x, y| {
        let i = y * 80 + x;
        if alpha[i] == 0.0 { [(); 3].map(|()| noise() as f32) } else { plain.pixels()[i] }
    });
    let [plain, other] = [plain, other].map(|picture| picture.with_alpha(Some(alpha.clone())).unwrap());
    for ((method, _, one), (_, _, two)) in all(&plain).into_iter().zip(all(&other)) {
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one, two, "{method}");
        let merged = [&plain, &other].map(|picture| MergeTree::new(&one, picture, &MERGE).unwrap());
        assert_eq!(merged[0], merged[1], "{method}");
    }
}

#[test]
fn nothing_to_see_is_an_error() {
    let picture = picture(9, 9).with_alpha(Some(vec![0.0; 81])).unwrap();
    for (method, _, labels) in all(&picture) {
        let error = labels.unwrap_err();
        assert_eq!(error.fault(), Fault::Input, "{method}");
        assert!(error.to_string().contains("transparent") && error.hint_text().is_some(), "{method}: {error}");
    }
    let labels = common::half_labels(9, 9, 4);
    let errors = [
        clean(&labels, &picture, &CLEAN).unwrap_err(),
        MergeTree::new(&labels, &picture, &MERGE).unwrap_err(),
        statistics(&labels, &picture).unwrap_err(),
    ];
    assert!(errors.iter().all(|error| error.fault() == Fault::Input));
}

#[test]
fn labels_of_another_picture_are_refused() {
    let (picture, labels) = (picture(9, 9), common::half_labels(8, 9, 4));
    let errors = [
        clean(&labels, &picture, &CLEAN).unwrap_err(),
        MergeTree::new(&labels, &picture, &MERGE).unwrap_err(),
        statistics(&labels, &picture).unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.to_string(), "labels of 8×9 pixels do not fit a picture of 9×9");
        assert_eq!(error.fault(), Fault::Input);
    }
}

#[test]
fn threads_do_not_matter() {
    let source = picture(170, 110);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let found = segment::kmeans(&source, &KMeansParams { texture: 0.3, ..common::KMEANS }).unwrap();
            let divided: Vec<_> = all(&source).into_iter().map(|(_, _, labels)| labels.unwrap()).collect();
            let cleaned = clean(&divided[0], &source, &CLEAN).unwrap();
            let tree = MergeTree::new(&divided[11], &source, &MERGE).unwrap();
            (found, divided, cleaned, tree, statistics(&source_labels(&source), &source).unwrap())
        })
    };
    assert_eq!(on(1), on(2));
}

fn source_labels(source: &Canvas) -> scumble_region::Labels {
    common::half_labels(source.width(), source.height(), 70)
}

#[test]
fn wrong_parameters_are_refused() {
    let flat = picture(9, 9);
    let levels = |levels: &[f64]| ThresholdParams::Levels { levels: levels.to_vec() };
    let grow = common::GROW;
    let errors = [
        segment::kmeans(&flat, &KMeansParams { clusters: Some(0), ..common::KMEANS }).map(|found| found.labels),
        segment::kmeans(&flat, &KMeansParams { texture: f64::NAN, ..common::KMEANS }).map(|found| found.labels),
        segment::slic(&flat, &SlicParams { count: 0, ..common::SLIC }),
        segment::snic(&flat, &SnicParams { compactness: 0.0, ..common::SNIC }),
        segment::grow(&flat, &segment::GrowParams { seeds: vec![[1.0, 9.0]], ..grow.clone() }),
        segment::grow(&flat, &segment::GrowParams { seeds: vec![[f64::NAN, 1.0]], ..grow }),
        segment::threshold(&flat, &levels(&[])),
        segment::threshold(&flat, &levels(&[0.5, 0.5])),
        segment::threshold(&flat, &ThresholdParams::Otsu { classes: 7 }),
        segment::threshold(&flat, &ThresholdParams::Hysteresis { low: 0.7, high: 0.6 }),
        segment::graph(&flat, &segment::GraphParams { scale: -1.0, ..common::GRAPH }),
        segment::watershed(&flat, &segment::WatershedParams { depth: 3.0, ..common::WATERSHED }),
        segment::mean_shift(&flat, &segment::MeanShiftParams { spatial: 0.0, ..common::MEAN_SHIFT }),
        clean(&common::half_labels(9, 9, 4), &flat, &CleanParams { min_area: -1.0, ..CLEAN }),
    ];
    let messages = [
        "clusters is 0, allowed is 1 to 256",
        "texture is NaN, allowed is 0 to 1",
        "count is 0, allowed is 1 to 1000000",
        "compactness is 0, allowed is 0.01 to 1000",
        "seed (1, 9) is outside the picture of 9×9 pixels",
        "seed (NaN, 1) is outside the picture of 9×9 pixels",
        "levels are 0 values, allowed are 1 to 255",
        "level 0.5 does not rise after 0.5",
        "classes is 7, allowed is 2 to 6",
        "low is 0.7, allowed is 0 to 0.6",
        "scale is -1, allowed is 1 to 100000",
        "depth is 3, allowed is 0 to 2",
        "spatial is 0, allowed is 1 to 32",
        "min_area is -1, allowed is 0 to 1000000",
    ];
    for (error, message) in errors.into_iter().zip(messages) {
        let error = error.unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
}
