//! Oil by adaptive sampling.

use scumble_core::Fault;
use scumble_image::{Canvas, metrics};
use scumble_paint::painters::adaptive::AdaptiveParams;
use scumble_paint::painters::{Adaptive, Tip};
use scumble_paint::painting::{BrushKind, Geometry};

use crate::common::picture;
use crate::shared::{drawn, finish};

pub fn params() -> AdaptiveParams {
    AdaptiveParams {
        direction_smoothing: 1.0,
        wash: false,
        wet: 0.0,
        brush: Tip::Bristle,
        radii: vec![12.0, 5.0, 2.0],
        fineness: 2.0,
        tolerance: 0.12,
        stretch: 3.0,
        threshold: 4.0,
        alpha: 255,
        jitter: 0.0,
        thickness: 0.3,
        count: 10_000,
        work_px: 128,
        seed: 3,
        background: None,
        palette: Vec::new(),
        guides: Vec::new(),
    }
}

#[test]
fn strokes_lie_along_the_contours_of_a_ramp() {
    for direction in [0.0f32, 0.5, 1.2, 2.3] {
        let (sin, cos) = direction.sin_cos();
        let value = |i: usize| 0.5 + ((i % 120) as f32 - 60.0) / 200.0 * cos + ((i / 120) as f32 - 60.0) / 200.0 * sin;
        let ramp = Canvas::new(120, 120, (0..120 * 120).flat_map(|i| [value(i); 3]).collect()).unwrap();
        let painting = finish(&mut Adaptive::new(&ramp, None, params()).unwrap());
        let (mut along, mut all) = (0, 0);
        for stroke in &painting.strokes {
            let angle = match &stroke.geometry {
                Geometry::Stamp { angle, length, width, .. } if *length > 1.5 * width => *angle,
                Geometry::Spline { points, .. } => {
                    let [first, .., last] = points.as_slice() else { continue };
                    (last[1] - first[1]).atan2(last[0] - first[0])
                }
                _ => continue,
            };
            all += 1;
            along += usize::from((angle - direction).cos().abs() < 0.17);
        }
        assert!(all > 20 && along * 10 >= all * 9, "{along} of {all} within 10 degrees of the contour");
    }
}

#[test]
fn fine_layers_come_nearer_with_smaller_strokes() {
    let source = picture(120, 90);
    let with = |radii: &[f64]| {
        let params = AdaptiveParams { radii: radii.to_vec(), ..params() };
        let painting = finish(&mut Adaptive::new(&source, None, params).unwrap());
        metrics::psnr(&drawn(painting, 120, 90), &source).unwrap()
    };
    let (coarse, fine) = (with(&[12.0]), with(&[12.0, 5.0, 2.0]));
    assert!(fine > coarse + 3.0, "{coarse} dB, {fine} dB");

    let painting = finish(&mut Adaptive::new(&source, None, params()).unwrap());
    assert!(painting.brushes.len() == 3 && painting.brushes.iter().all(|brush| brush.kind == BrushKind::Bristle));
    for stroke in &painting.strokes {
        let (Geometry::Stamp { width, .. } | Geometry::Spline { width, .. }) = &stroke.geometry else {
            panic!("{:?}", stroke.geometry)
        };
        // The first layer's gaps are filled with strokes of any width.
        let most = [24.0, 10.0, 4.0][stroke.layer];
        assert!(stroke.layer == 0 || *width <= most + 1e-3, "{width} in layer {}", stroke.layer);
    }
}

#[test]
fn fineness_sets_the_number_of_strokes() {
    let source = picture(120, 90);
    let count = |fineness: f64| {
        let params = AdaptiveParams { fineness, radii: vec![3.0], ..params() };
        finish(&mut Adaptive::new(&source, None, params).unwrap()).strokes.len() as f64
    };
    let ratio = count(4.0) / count(1.0);
    assert!((2.0..5.0).contains(&ratio), "{ratio}");
    let few = AdaptiveParams { count: 17, ..params() };
    assert_eq!(finish(&mut Adaptive::new(&source, None, few).unwrap()).strokes.len(), 17);
}

#[test]
fn jitter_changes_lightness_alone() {
    let source = picture(120, 90);
    let with = |jitter: f64| finish(&mut Adaptive::new(&source, None, AdaptiveParams { jitter, ..params() }).unwrap());
    let (plain, varied) = (with(0.0), with(0.05));
    assert_eq!(plain.strokes.len(), varied.strokes.len());
    assert!(plain.strokes.iter().zip(&varied.strokes).all(|(a, b)| a.geometry == b.geometry));
    assert!(plain.strokes.iter().zip(&varied.strokes).filter(|(a, b)| a.colour != b.colour).count() > 100);
}

#[test]
fn importance_draws_strokes() {
    let source = picture(120, 90);
    let left: Vec<f32> = (0..120 * 90).map(|i| if i % 120 < 60 { 1.0 } else { 0.07 }).collect();
    let share = |importance: Option<&[f32]>| {
        let params = AdaptiveParams { radii: vec![3.0], ..params() };
        let painting = finish(&mut Adaptive::new(&source, importance, params).unwrap());
        let is_left = |geometry: &Geometry| match geometry {
            Geometry::Stamp { centre, .. } => centre[0] < 60.0,
            Geometry::Spline { points, .. } => points[0][0] < 60.0,
            _ => false,
        };
        let count = painting.strokes.iter().filter(|stroke| is_left(&stroke.geometry)).count();
        count as f32 / painting.strokes.len() as f32
    };
    assert!(share(Some(&left)) > share(None) + 0.15, "{} {}", share(Some(&left)), share(None));
}

#[test]
fn wrong_parameters_are_refused() {
    for (message, params) in [
        ("radii has 0 values, allowed are 1 to 8", AdaptiveParams { radii: Vec::new(), ..params() }),
        ("radii is NaN, allowed is 0.5 to 256", AdaptiveParams { radii: vec![f64::NAN], ..params() }),
        ("radii grow from layer to layer", AdaptiveParams { radii: vec![4.0, 8.0], ..params() }),
        ("fineness is 0, allowed is 0.1 to 10", AdaptiveParams { fineness: 0.0, ..params() }),
        ("tolerance is 2, allowed is 0.01 to 1", AdaptiveParams { tolerance: 2.0, ..params() }),
        ("alpha is 0, allowed is 1 to 255", AdaptiveParams { alpha: 0, ..params() }),
        ("count is 0, allowed is 1 to 200000", AdaptiveParams { count: 0, ..params() }),
        ("work_px is 8, allowed is 16 to 2048", AdaptiveParams { work_px: 8, ..params() }),
    ] {
        let error = Adaptive::new(&picture(20, 20), None, params).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.fault()), (message, Fault::Parameter));
    }
    let text = serde_json::to_string(&params()).unwrap();
    assert_eq!(serde_json::from_str::<AdaptiveParams>(&text).unwrap(), params());
}
