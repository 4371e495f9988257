//! Tile mosaics.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_paint::draw;
use scumble_region::Labels;
use scumble_region::tessellate::Tessellation;
use scumble_region::tessellate::mosaic::{MosaicParams, mosaic};

use super::common::{counts, holds, odd_pictures, on_threads, picture};

fn params(tile: f64) -> MosaicParams {
    let grout_colour = "#d8d2c4".parse().unwrap();
    MosaicParams { tile, grout: 0.1, grout_colour, jitter: 2.0, shade: 0.0, contrast: 0.15, work_px: 256, seed: 4 }
}

fn covered(tessellation: &Tessellation) -> f64 {
    let area: f64 = tessellation.facets.iter().map(|facet| facet.area()).sum();
    area / f64::from(tessellation.width * tessellation.height)
}

#[test]
fn tiles_cover_the_picture_evenly_and_do_not_overlap() {
    let tessellation = mosaic(&picture(256, 200), None, &params(10.0)).unwrap();
    // Squares of 0.9 of their place cover 0.81.
    assert!((0.74..0.86).contains(&covered(&tessellation)), "{}", covered(&tessellation));
    let counts = counts(&tessellation, 256, 200);
    assert!(counts.iter().all(|count| *count < 2));
    // No hole that would hold half a tile: no square of 7 points without any.
    for (y, x) in (0..194).flat_map(|y| (0..250).map(move |x| (y, x))) {
        let full = (0..7).any(|v| (0..7).any(|u| counts[(y + v) * 256 + x + u] > 0));
        assert!(full, "a hole at {x}, {y}");
    }
}

#[test]
fn tiles_are_about_square_and_of_one_size() {
    let tessellation = mosaic(&picture(256, 200), None, &params(10.0)).unwrap();
    let areas: Vec<f64> = tessellation.facets.iter().map(|facet| facet.area()).collect();
    let usual = areas.iter().filter(|area| (50.0..120.0).contains(*area)).count();
    assert!(usual as f64 > 0.85 * areas.len() as f64, "{usual} of {}", areas.len());
}

#[test]
fn tiles_do_not_cross_edges() {
    // Dark and light, by a slanting edge.
    let side = |x: f32, y: f32| x + 0.3 * y - 150.0;
    let value = |i: usize| if side((i % 256) as f32 + 0.5, (i / 256) as f32 + 0.5) < 0.0 { [0.1; 3] } else { [0.9; 3] };
    let source = Canvas::new(256, 200, (0..51_200).flat_map(value).collect()).unwrap();
    let tessellation = mosaic(&source, None, &params(12.0)).unwrap();
    for facet in &tessellation.facets {
        let [low, high] =
            facet.points.iter().map(|p| side(p[0], p[1])).fold([f32::MAX, f32::MIN], |[a, b], v| [a.min(v), b.max(v)]);
        // A pixel of the edge's own, where it is drawn.
        assert!(low > -2.0 || high < 2.0, "{low} {high}");
    }
    assert!(covered(&tessellation) > 0.72, "{}", covered(&tessellation));
}

#[test]
fn tiles_do_not_cross_borders_of_regions() {
    let ids = (0..51_200)
        .map(|i| u32::from((i % 256usize) as f32 > 100.0 + 40.0 * ((i / 256) as f32 / 30.0).sin()))
        .collect();
    let regions = Labels::new(256, 200, ids).unwrap();
    let tessellation = mosaic(&Canvas::filled(256, 200, [0.5; 3]), Some(&regions), &params(12.0)).unwrap();
    let mut crossing = 0.0;
    for facet in &tessellation.facets {
        let middle = facet.middle();
        let region = |p: [f32; 2]| regions.ids()[(p[1] as usize).min(199) * 256 + (p[0] as usize).min(255)];
        let own = region(middle);
        // Points a little within the corners.
        let other =
            facet.points.iter().filter(|p| region([0, 1].map(|k| p[k] + 0.2 * (middle[k] - p[k]))) != own).count();
        crossing += other as f64 / facet.points.len() as f64;
    }
    assert!(crossing < 0.002 * tessellation.facets.len() as f64, "{crossing} of {}", tessellation.facets.len());
    let error = mosaic(&picture(20, 20), Some(&regions), &params(12.0)).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.fault()),
        ("the regions have 256×200 pixels, the picture 20×20", Fault::Input)
    );
}

#[test]
fn rows_of_a_flat_picture_run_along_the_frame() {
    let tessellation =
        mosaic(&Canvas::filled(200, 200, [0.5; 3]), None, &MosaicParams { jitter: 0.0, ..params(10.0) }).unwrap();
    // In the middle of the left side, away from the diagonals, tiles are upright squares.
    let mut seen = 0;
    for facet in tessellation.facets.iter().filter(|f| f.middle()[0] < 40.0 && (f.middle()[1] - 100.0).abs() < 40.0) {
        for (p, q) in facet.points.iter().zip(facet.points.iter().cycle().skip(1)) {
            let [x, y] = [(p[0] - q[0]).abs(), (p[1] - q[1]).abs()];
            seen += usize::from(x.max(y) > 4.0);
            assert!(x.max(y) < 4.0 || x.min(y) < 0.15 * x.max(y), "{p:?} {q:?}");
        }
    }
    assert!(seen > 80, "{seen}");
}

/// Sides are level, on quarters of a pixel of the source, or slant by more than jitter makes them: 7 degrees.
#[test]
fn no_side_is_nearly_level() {
    let mut level = 0;
    for work_px in [256, 200] {
        let tessellation = mosaic(&picture(256, 200), None, &MosaicParams { work_px, ..params(10.0) }).unwrap();
        for facet in &tessellation.facets {
            for (p, q) in facet.points.iter().zip(facet.points.iter().cycle().skip(1)) {
                let apart = [(p[0] - q[0]).abs(), (p[1] - q[1]).abs()];
                let (short, long) = (apart[0].min(apart[1]), apart[0].max(apart[1]));
                // The corners of shorter sides are rounded to more than is asked.
                if long > 0.1 && short < 0.001 {
                    let at = 4.0 * if apart[0] < apart[1] { p[0] } else { p[1] };
                    assert!((at - at.round()).abs() < 1e-3, "{p:?} {q:?}");
                    level += 1;
                } else if long > 0.1 {
                    assert!(short > 0.12 * long, "{p:?} {q:?}");
                }
            }
        }
    }
    assert!(level > 400, "{level}");
}

#[test]
fn odd_pictures_become_tiles() {
    for source in odd_pictures() {
        let tessellation = mosaic(&source, None, &params(9.0)).unwrap();
        assert!(!tessellation.facets.is_empty());
        let drawn = draw(&tessellation.painting().unwrap(), source.width(), source.height()).unwrap();
        assert!(drawn.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
    }
}

#[test]
fn a_picture_smaller_than_a_tile_is_one() {
    let tessellation = mosaic(&picture(6, 5), None, &params(20.0)).unwrap();
    assert_eq!(tessellation.facets.len(), 1);
    assert!(holds(&tessellation.facets[0].points, [3.0, 2.5]) && covered(&tessellation) > 0.9);
}

#[test]
fn threads_do_not_matter() {
    let source = picture(200, 150);
    let on = |threads| on_threads(threads, || mosaic(&source, None, &params(8.0)).unwrap());
    assert_eq!(on(1), on(2));
}

#[test]
fn wrong_parameters_are_refused() {
    let cases = [
        (MosaicParams { tile: 2.0, ..params(9.0) }, "tile is 2, allowed is 3 to 200"),
        (MosaicParams { grout: f64::NAN, ..params(9.0) }, "grout is NaN, allowed is 0 to 0.5"),
        (
            MosaicParams { work_px: 16, ..params(9.0) },
            "tile is 9, which is 0.7 pixels of the working copy, allowed are 3 at least",
        ),
    ];
    for (params, message) in cases {
        let error = mosaic(&picture(200, 100), None, &params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
}
