//! Low-poly pictures.

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_region::tessellate::low_poly::{FacetColour, LowPoly, LowPolyParams};

use super::common::{check_cover, counts, holds, odd_pictures, on_threads, picture};

fn params(count: u32) -> LowPolyParams {
    LowPolyParams { count, colour: FacetColour::Flat, passes: 12, least_angle: 5.0, work_px: 128, seed: 3 }
}

fn finished(picture: &Canvas, params: &LowPolyParams) -> LowPoly {
    let mut poly = LowPoly::new(picture, params.clone()).unwrap();
    while poly.step().is_some() {}
    poly
}

const BOTH: [FacetColour; 2] = [FacetColour::Flat, FacetColour::Linear];

#[test]
fn the_difference_never_rises_and_falls_far() {
    for colour in BOTH {
        let mut poly = LowPoly::new(&picture(160, 120), LowPolyParams { colour, ..params(60) }).unwrap();
        let first = poly.report();
        assert_eq!(first.points, 64);
        let mut last = first;
        while let Some(report) = poly.step() {
            assert!(report.mse <= last.mse, "{} after {}", report.mse, last.mse);
            assert_eq!(report.points, first.points);
            last = report;
        }
        assert_eq!(last.pass, 12);
        assert!(last.mse < 0.6 * first.mse, "{} after {}", last.mse, first.mse);
    }
}

#[test]
fn the_difference_told_is_that_of_the_facets() {
    // The source is as large as the working copy, and each pixel's colour that of the facet which holds its centre.
    let source = picture(128, 96);
    for colour in BOTH {
        let poly = finished(&source, &LowPolyParams { colour, ..params(80) });
        let tessellation = poly.tessellation();
        let (mut sum, mut shown) = (0.0, 0.0);
        for (i, pixel) in source.pixels().iter().enumerate() {
            // A centre on a side belongs to what lies right of it, or below.
            let centre = [(i % 128) as f64 + 0.5, (i / 128) as f64 + 0.5];
            let at = [centre[0] + 1e-7, centre[1] + 1e-11];
            let facet = tessellation.facets.iter().find(|facet| holds(&facet.points, at)).unwrap();
            let middle = facet.middle().map(f64::from);
            for (c, value) in pixel.iter().enumerate() {
                let [gx, gy] = facet.slope.unwrap_or_default()[c].map(f64::from);
                let found = f64::from(facet.colour[c]) + gx * (centre[0] - middle[0]) + gy * (centre[1] - middle[1]);
                sum += (f64::from((value * 255.0).round()) / 255.0 - found).powi(2);
                shown += (value - facet.colour_at(centre.map(|v| v as f32))[c]).powi(2);
            }
        }
        let mse = sum / (3 * 128 * 96) as f64;
        // Colours and slopes are single precision.
        assert!((mse / poly.report().mse - 1.0).abs() < 1e-3, "{mse} {}", poly.report().mse);
        // Brought within 0 to 1 they are no further; levels are not rounded here, which is 1/12 of a squared level.
        assert!(f64::from(shown) / (3 * 128 * 96) as f64 <= mse + 0.1 / 255.0 / 255.0, "{shown} {sum}");
    }
}

#[test]
fn a_linear_picture_needs_two_facets() {
    let value = |i: usize| [0.1 + (i % 90) as f32 / 150.0, 0.9 - (i / 90) as f32 / 100.0, 0.5];
    let source = Canvas::new(90, 70, (0..6300).flat_map(value).collect()).unwrap();
    let poly = LowPoly::with_points(&source, &[], LowPolyParams { colour: FacetColour::Linear, ..params(1) }).unwrap();
    let tessellation = poly.tessellation();
    assert_eq!(tessellation.facets.len(), 2);
    // Levels are whole: their squared rounding is 1/12 at the most on average.
    assert!(poly.report().mse < 1.0 / 12.0 / 255.0 / 255.0, "{}", poly.report().mse);
    for facet in &tessellation.facets {
        let slope = facet.slope.unwrap();
        for (found, wanted) in slope.iter().zip([[1.0 / 150.0, 0.0], [0.0, -1.0 / 100.0], [0.0, 0.0]]) {
            assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-4), "{slope:?}");
        }
    }
}

#[test]
fn every_point_is_covered_once() {
    let tessellation = finished(&picture(160, 120), &params(100)).tessellation();
    check_cover(&tessellation);
    assert!(counts(&tessellation, 97, 89).iter().all(|count| *count == 1));
}

#[test]
fn odd_pictures_become_facets() {
    for source in odd_pictures() {
        for (colour, count) in BOTH.into_iter().flat_map(|colour| [(colour, 1), (colour, 30)]) {
            let count = count.min((source.width() * source.height()) as u32);
            let poly = finished(&source, &LowPolyParams { colour, ..params(count) });
            let tessellation = poly.tessellation();
            check_cover(&tessellation);
            let drawn = draw(&tessellation.painting().unwrap(), source.width(), source.height()).unwrap();
            assert!(drawn.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
        }
    }
}

#[test]
fn what_cannot_be_seen_does_not_show() {
    let source = picture(40, 30).with_alpha(Some((0..1200).map(|i| f32::from(i % 40 < 20)).collect())).unwrap();
    let bright: Vec<f32> =
        source.pixels().iter().enumerate().flat_map(|(i, p)| if i % 40 < 20 { *p } else { [1.0, 0.0, 1.0] }).collect();
    let other = Canvas::new(40, 30, bright).unwrap().with_alpha(source.alpha().map(<[f32]>::to_vec)).unwrap();
    assert_eq!(finished(&source, &params(20)).tessellation(), finished(&other, &params(20)).tessellation());
}

#[test]
fn threads_do_not_matter() {
    let source = picture(150, 110);
    for colour in BOTH {
        let on =
            |threads| on_threads(threads, || finished(&source, &LowPolyParams { colour, ..params(90) }).tessellation());
        assert_eq!(on(1), on(2));
    }
}

#[test]
fn three_and_twenty_thousand_points() {
    let few = finished(&picture(64, 48), &params(3));
    assert_eq!(few.report().points, 7);
    check_cover(&few.tessellation());
    let many = finished(&picture(256, 200), &LowPolyParams { passes: 1, work_px: 256, ..params(20_000) });
    assert_eq!(many.report().points, 20_004);
    check_cover(&many.tessellation());
}

#[test]
fn points_of_ones_own_stay_where_they_are() {
    let points = [[20.0, 30.0], [100.5, 64.25], [20.0, 30.0]];
    let poly = LowPoly::with_points(&picture(128, 96), &points, params(1)).unwrap();
    assert_eq!(poly.report().points, 6);
    let tessellation = poly.tessellation();
    for point in points {
        assert!(tessellation.facets.iter().any(|facet| facet.points.contains(&point)), "{point:?}");
    }
    check_cover(&tessellation);
    let error = LowPoly::with_points(&picture(128, 96), &[[5.0, 96.5]], params(1)).err().unwrap();
    assert_eq!(
        (error.to_string().as_str(), error.fault()),
        ("the point (5, 96.5) lies outside of the picture of 128×96", Fault::Input)
    );
    assert!(LowPoly::with_points(&picture(128, 96), &[[f32::NAN, 1.0]], params(1)).is_err());
}

#[test]
fn wrong_parameters_are_refused() {
    let source = picture(9, 9);
    let cases = [
        (LowPolyParams { count: 0, ..params(1) }, "count is 0, allowed is 1 to 40000"),
        (params(82), "count is 82, but the working copy has 9×9 pixels, allowed is one a pixel at most: 81"),
        (LowPolyParams { work_px: 4, ..params(1) }, "work_px is 4, allowed is 16 to 1024"),
        (LowPolyParams { least_angle: f64::NAN, ..params(1) }, "least_angle is NaN, allowed is 0 to 30"),
    ];
    for (params, message) in cases {
        let error = LowPoly::new(&source, params).err().unwrap();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_picture_is_covered(width in 1usize..70, height in 1usize..70, count in 1u32..120, seed in 0u64..1000) {
        let count = count.min((width * height) as u32);
        let poly = finished(&picture(width, height), &LowPolyParams { seed, passes: 4, ..params(count) });
        check_cover(&poly.tessellation());
    }
}
