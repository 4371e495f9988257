//! Filters.

mod common;

use common::{noise, picture};
use scumble_core::Fault;
use scumble_image::{Canvas, color};
use scumble_paint::filters::{HistogramParams, KuwaharaParams, XdogParams, histogram_oil, kuwahara, xdog};

const KUWAHARA: KuwaharaParams = KuwaharaParams { radius: 6.0, sharpness: 8.0, roundness: 1.0 };
const HISTOGRAM: HistogramParams = HistogramParams { radius: 4.0, levels: 16 };
const XDOG: XdogParams = XdogParams { sigma: 0.8, sharpen: 20.0, threshold: 0.5, steepness: 10.0 };

fn all(picture: &Canvas) -> [Canvas; 3] {
    [kuwahara(picture, &KUWAHARA).unwrap(), histogram_oil(picture, &HISTOGRAM).unwrap(), xdog(picture, &XDOG).unwrap()]
}

/// Dark to the left of column 30, light from there on, with noise.
fn step(strength: f32) -> Canvas {
    let mut noise = noise(5);
    let mut value = |i: usize| if i % 60 < 30 { 0.25 } else { 0.75 } + strength * (noise() as f32 - 0.5);
    Canvas::new(60, 50, (0..3000).flat_map(|i| [value(i); 3]).collect()).unwrap()
}

#[test]
fn kuwahara_evens_areas_and_keeps_edges() {
    let out = kuwahara(&step(0.2), &KUWAHARA).unwrap();
    for (i, pixel) in out.pixels().iter().enumerate() {
        let wanted = if i % 60 < 30 { 0.25 } else { 0.75 };
        assert!((pixel[0] - wanted).abs() < 0.06, "{} at column {}", pixel[0], i % 60);
    }
}

#[test]
fn histogram_oil_takes_the_commonest() {
    // One light pixel in nine vanishes without a trace, unlike in a mean.
    let dots = |i: usize| if i % 40 % 3 == 1 && i / 40 % 3 == 1 { [0.9, 0.8, 0.7] } else { [0.3, 0.4, 0.2] };
    let picture = Canvas::new(40, 40, (0..1600).flat_map(dots).collect()).unwrap();
    let out = histogram_oil(&picture, &HISTOGRAM).unwrap();
    let near = |pixel: &[f32; 3]| pixel.iter().zip([0.3, 0.4, 0.2]).all(|(a, b)| (a - b).abs() < 1e-4);
    assert!(out.pixels().iter().all(near));
}

#[test]
fn histogram_oil_is_what_counting_says() {
    let source = picture(37, 23);
    let params = HistogramParams { radius: 3.0, levels: 8 };
    let out = histogram_oil(&source, &params).unwrap();
    let bin = |p: [f32; 3]| ((color::luma(p) * 8.0) as usize).min(7);
    for (y, x) in (0..23usize).flat_map(|y| (0..37usize).map(move |x| (y, x))) {
        let mut bins = [(0, [0.0f32; 3]); 8];
        for v in y.saturating_sub(3)..(y + 4).min(23) {
            for u in x.saturating_sub(3)..(x + 4).min(37) {
                let p = source.pixels()[v * 37 + u];
                let entry = &mut bins[bin(p)];
                entry.0 += 1;
                (0..3).for_each(|c| entry.1[c] += p[c]);
            }
        }
        let best = bins.iter().rev().max_by_key(|bin| bin.0).unwrap();
        for c in 0..3 {
            let wanted = best.1[c] / best.0 as f32;
            assert!((out.pixels()[y * 37 + x][c] - wanted).abs() < 1e-3, "{x}, {y}");
        }
    }
}

#[test]
fn xdog_draws_edges_and_shadows() {
    let out = xdog(&step(0.0), &XDOG).unwrap();
    let at = |x: usize| out.pixels()[25 * 60 + x][0];
    assert!(at(55) == 1.0 && at(5) < 0.1, "{} {}", at(5), at(55));
    // The dark side of an edge between light areas is a line.
    let light = |i: usize| if i % 60 < 30 { 0.7 } else { 0.9 };
    let picture = Canvas::new(60, 50, (0..3000).flat_map(|i| [light(i); 3]).collect()).unwrap();
    let out = xdog(&picture, &XDOG).unwrap();
    let row: Vec<f32> = (0..60).map(|x| out.pixels()[25 * 60 + x][0]).collect();
    assert!(row[29] < 0.5 && row[10] == 1.0 && row[50] == 1.0, "{row:?}");
}

#[test]
fn odd_pictures_are_filtered() {
    let veiled = picture(20, 10).with_alpha(Some((0..200).map(|i| i as f32 / 199.0).collect())).unwrap();
    for picture in [picture(1, 1), picture(1, 50), picture(50, 1), Canvas::filled(20, 20, [0.7, 0.6, 0.5]), veiled] {
        for out in all(&picture) {
            assert_eq!((out.width(), out.height(), out.alpha()), (picture.width(), picture.height(), picture.alpha()));
            assert!(out.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
        }
    }
    let flat = Canvas::filled(20, 20, [0.7, 0.6, 0.5]);
    for out in &all(&flat)[..2] {
        assert!(out.rgb().iter().zip(flat.rgb()).all(|(a, b)| (a - b).abs() < 1e-4));
    }
}

#[test]
fn threads_do_not_matter() {
    let source = picture(70, 50);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| all(&source))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn sizes_grow_with_the_picture() {
    // Of a picture of 1024 pixels, a line of the same share of it is as dark.
    let line = |side: usize| {
        let value = |i: usize| if i % side < side / 2 { 0.7 } else { 0.9 };
        let canvas = Canvas::new(side, side, (0..side * side).flat_map(|i| [value(i); 3]).collect()).unwrap();
        let out = xdog(&canvas, &XdogParams { sigma: 4.0, ..XDOG }).unwrap();
        let dark = out.pixels()[..side].iter().filter(|pixel| pixel[0] < 0.9).count();
        dark as f32 / side as f32
    };
    assert!((line(1024) / line(512) - 1.0).abs() < 0.15, "{} {}", line(512), line(1024));
}

#[test]
fn wrong_parameters_are_refused() {
    let flat = picture(9, 9);
    let errors = [
        kuwahara(&flat, &KuwaharaParams { radius: 0.0, ..KUWAHARA }).unwrap_err(),
        histogram_oil(&flat, &HistogramParams { levels: 1, ..HISTOGRAM }).unwrap_err(),
        xdog(&flat, &XdogParams { sigma: f64::NAN, ..XDOG }).unwrap_err(),
    ];
    let messages =
        ["radius is 0, allowed is 1 to 32", "levels is 1, allowed is 2 to 256", "sigma is NaN, allowed is 0.1 to 32"];
    for (error, message) in errors.iter().zip(messages) {
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
}
