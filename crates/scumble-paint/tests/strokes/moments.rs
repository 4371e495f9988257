//! Equivalent rectangles.

use scumble_image::metrics;
use scumble_paint::draw;
use scumble_paint::painters::moments::{MomentsParams, equivalent_rectangle};
use scumble_paint::painters::{Moments, Tip};
use scumble_paint::painting::{Geometry, Painting, Stroke};

use crate::common::picture;
use crate::shared::{drawn, finish};

pub fn params() -> MomentsParams {
    MomentsParams {
        brush: Tip::Bristle,
        windows: vec![32.0, 14.0, 6.0],
        cover: 3.0,
        tolerance: 0.3,
        threshold: 4.0,
        alpha: 255,
        jitter: 0.0,
        thickness: 0.3,
        count: 10_000,
        work_px: 128,
        seed: 3,
        background: None,
        palette: Vec::new(),
    }
}

#[test]
fn a_drawn_rectangle_is_recovered() {
    for angle in [0.0f32, 0.4, 1.0, -0.9, 1.5] {
        let centre = [80.3, 74.6];
        let mut truth = Painting::new(160.0, 150.0, [0.9, 0.8, 0.7], 0);
        let geometry = Geometry::Rectangle { centre, half: [30.0, 11.0], angle };
        truth.strokes.push(Stroke { layer: 0, geometry, colour: [0.2, 0.1, 0.3], alpha: 1.0, ramp: None });
        let truth = draw(&truth, 160, 150).unwrap();
        // Anywhere in the rectangle, as long as the window holds it.
        for anchor in [[80, 74], [84, 76], [77, 72]] {
            let found = equivalent_rectangle(&truth, anchor, 100, 0.588).unwrap();
            let off = (found.centre[0] - centre[0]).hypot(found.centre[1] - centre[1]);
            assert!(off < 0.3, "centre {:?}", found.centre);
            assert!((found.angle - angle).sin().abs() < 0.01, "angle {} of {angle}", found.angle);
            // Pixels of the edge are alike in part, which costs up to half a pixel a side.
            assert!((found.length - 60.0).abs() < 1.2, "length {}", found.length);
            assert!((found.width - 22.0).abs() < 1.2, "width {}", found.width);
        }
    }
    assert_eq!(equivalent_rectangle(&picture(9, 9), [9, 3], 5, 0.5), None);
}

#[test]
fn fine_layers_come_nearer() {
    let source = picture(120, 90);
    let with = |windows: &[f64]| {
        let params = MomentsParams { windows: windows.to_vec(), ..params() };
        let painting = finish(&mut Moments::new(&source, None, params).unwrap());
        assert!(painting.strokes.iter().all(|stroke| matches!(stroke.geometry, Geometry::Stamp { .. })));
        metrics::psnr(&drawn(painting, 120, 90), &source).unwrap()
    };
    let (coarse, fine) = (with(&[32.0]), with(&[32.0, 14.0, 6.0]));
    assert!(fine > coarse + 3.0, "{coarse} dB, {fine} dB");
}

#[test]
fn more_cover_is_more_strokes() {
    let source = picture(120, 90);
    let count = |cover: f64| {
        finish(&mut Moments::new(&source, None, MomentsParams { cover, ..params() }).unwrap()).strokes.len()
    };
    assert!(count(6.0) > count(2.0) * 5 / 4, "{} {}", count(6.0), count(2.0));
}

#[test]
fn wrong_parameters_are_refused() {
    let wrong = MomentsParams { windows: vec![1.0], ..params() };
    let error = Moments::new(&picture(20, 20), None, wrong).unwrap_err();
    assert_eq!(error.to_string(), "windows is 1, allowed is 3 to 256");
    let wrong = MomentsParams { cover: f64::INFINITY, ..params() };
    let error = Moments::new(&picture(20, 20), None, wrong).unwrap_err();
    assert_eq!(error.to_string(), "cover is inf, allowed is 0.1 to 20");
}
