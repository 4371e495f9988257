//! Voronoi mosaics.

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_paint::draw;
use scumble_region::tessellate::voronoi::{VoronoiParams, voronoi};

use super::common::{check_cover, counts, holds, odd_pictures, on_threads, picture};

fn params(count: u32) -> VoronoiParams {
    VoronoiParams { count, even: 0.3, rounds: 4, work_px: 128, seed: 11 }
}

#[test]
fn every_point_is_covered_once() {
    let tessellation = voronoi(&picture(160, 120), &params(90)).unwrap();
    assert_eq!(tessellation.facets.len(), 90);
    check_cover(&tessellation);
    assert!(counts(&tessellation, 97, 89).iter().all(|count| *count == 1));
}

#[test]
fn cells_have_the_mean_colours_of_their_pixels() {
    let source = picture(128, 96);
    let tessellation = voronoi(&source, &params(30)).unwrap();
    for facet in &tessellation.facets {
        let (mut sum, mut count) = ([0.0f32; 3], 0.0f32);
        for (i, pixel) in source.pixels().iter().enumerate() {
            if holds(&facet.points, [(i % 128) as f64 + 0.5, (i / 128) as f64 + 0.5]) {
                sum = [0, 1, 2].map(|c| sum[c] + pixel[c]);
                count += 1.0;
            }
        }
        // Levels are rounded to 1/255, pixels on a side may be on the other.
        assert!((0..3).all(|c| (sum[c] / count - facet.colour[c]).abs() < 0.01), "{:?}", facet.colour);
    }
}

#[test]
fn cells_are_smaller_where_the_picture_is_busy() {
    let busy =
        |i: usize| if i % 100 < 50 { [0.5; 3] } else { [f32::from((i % 100 / 4 + i / 400).is_multiple_of(2)); 3] };
    let source = scumble_image::Canvas::new(100, 100, (0..10_000).flat_map(busy).collect()).unwrap();
    let left = |even: f64| {
        let cells = voronoi(&source, &VoronoiParams { even, ..params(100) }).unwrap();
        cells.facets.iter().filter(|facet| facet.middle()[0] < 50.0).count()
    };
    assert!((40..60).contains(&left(1.0)) && left(0.2) < 20, "{} {}", left(1.0), left(0.2));
}

#[test]
fn odd_pictures_become_cells() {
    for source in odd_pictures() {
        for count in [1, 3, 30] {
            let count = count.min((source.width() * source.height()) as u32);
            let tessellation = voronoi(&source, &params(count)).unwrap();
            check_cover(&tessellation);
            let drawn = draw(&tessellation.painting().unwrap(), source.width(), source.height()).unwrap();
            assert!(drawn.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
        }
    }
}

#[test]
fn threads_do_not_matter() {
    let source = picture(150, 110);
    let on = |threads| on_threads(threads, || voronoi(&source, &params(200)).unwrap());
    assert_eq!(on(1), on(2));
}

#[test]
fn twenty_thousand_cells() {
    let many = voronoi(&picture(256, 200), &VoronoiParams { work_px: 256, rounds: 2, ..params(20_000) }).unwrap();
    assert!(many.facets.len() > 19_900, "{}", many.facets.len());
    check_cover(&many);
}

#[test]
fn wrong_parameters_are_refused() {
    let cases = [
        (VoronoiParams { even: 1.5, ..params(5) }, "even is 1.5, allowed is 0 to 1"),
        (params(50_000), "count is 50000, allowed is 1 to 40000"),
        (params(101), "count is 101, but the working copy has 10×10 pixels, allowed is one a pixel at most: 100"),
    ];
    for (params, message) in cases {
        let error = voronoi(&picture(10, 10), &params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_picture_is_covered(width in 1usize..70, height in 1usize..70, count in 1u32..120, seed in 0u64..1000) {
        let count = count.min((width * height) as u32);
        check_cover(&voronoi(&picture(width, height), &VoronoiParams { seed, ..params(count) }).unwrap());
    }
}
