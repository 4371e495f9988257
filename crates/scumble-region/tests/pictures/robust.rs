//! Odd pictures, and what must be the same.

use proptest::prelude::*;
use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_region::{Masks, Regions};
use serde_json::json;

use super::{drawn, none, painted, params, picture};

const KINDS: [&str; 5] = ["regions", "glass", "low-poly", "voronoi", "mosaic"];

#[test]
fn small_and_flat_pictures_have_regions_too() {
    for kind in KINDS {
        for (width, height) in [(1, 1), (1, 40), (40, 1), (3, 2), (64, 48)] {
            let flat = Canvas::filled(width, height, [0.3, 0.5, 0.7]);
            let changes = json!({ "kind": kind, "count": 1, "outline": 1.0, "shapes": [] });
            let made = painted(&flat, params(changes));
            assert!(made.is_ok(), "{kind} {width}×{height}: {:?}", made.err());
        }
    }
}

#[test]
fn nothing_to_see_is_said() {
    let hidden = Canvas::filled(30, 20, [0.5; 3]).with_alpha(Some(vec![0.0; 600])).unwrap();
    let error = painted(&hidden, params(json!({}))).unwrap_err();
    assert_eq!(error.fault(), Fault::Input);
}

#[test]
fn the_same_for_any_number_of_threads() {
    let picture = picture(200, 150);
    for kind in KINDS {
        let make = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let shapes = if kind == "regions" { json!(["triangle", "ellipse"]) } else { json!([]) };
            let changes = json!({ "kind": kind, "shapes": shapes, "behind": 6, "ragged": 1.0 });
            pool.install(|| painted(&picture, params(changes)).unwrap())
        };
        assert!(make(1) == make(2), "{kind}");
    }
}

#[test]
fn labels_of_another_size_are_refused() {
    let (picture, labels) = (picture(40, 30), Canvas::filled(41, 30, [0.0; 3]));
    let refused = Regions::new(&picture, None, Some(&labels), &none, params(json!({})));
    assert_eq!(refused.err().map(|e| e.fault()), Some(Fault::Input));
}

#[test]
fn what_cannot_be_made_is_refused_at_once() {
    let (picture, user) = (picture(40, 30), json!([{ "when": { "area": "0.." }, "fill": "shape:user" }]));
    for changes in [
        json!({ "shapes": ["user"] }),
        json!({ "rules": user }),
        json!({ "segment": "threshold", "clusters": 7 }),
        json!({ "weave": 1.5 }),
    ] {
        let refused = Regions::new(&picture, None, None, &none, params(changes.clone()));
        assert_eq!(refused.err().map(|e| e.fault()), Some(Fault::Parameter), "{changes}");
    }
    // Dots of two pixels on a picture that is very long are more strokes than there may be.
    let long = Canvas::new(6000, 200, (0..1_200_000).flat_map(|i| [(i % 6000 / 3000) as f32; 3]).collect()).unwrap();
    let error = painted(&long, params(json!({ "fill": "dots:2", "count": 2, "work_px": 2048 }))).unwrap_err();
    assert_eq!(error.fault(), Fault::Limit);
}

#[test]
fn small_working_copies_have_large_tiles() {
    let tiles = |work_px: u32| {
        let changes = json!({ "kind": "mosaic", "count": 20_000, "outline": 1.0, "work_px": work_px });
        painted(&picture(600, 400), params(changes)).unwrap().strokes.len()
    };
    assert!(tiles(64) < tiles(256));
}

#[test]
fn masks_share_every_pixel() {
    let picture = picture(120, 90);
    let labels = Regions::new(&picture, None, None, &none, params(json!({ "count": 5 }))).unwrap().labels().unwrap();
    let masks = Masks::new(&picture, &labels);
    let mut sums = vec![0.0f32; 120 * 90];
    let mut own = vec![0.0f32; 120 * 90];
    assert_eq!(masks.order().len(), labels.count());
    for region in masks.order() {
        for (i, v) in masks.mask(*region).into_iter().enumerate() {
            assert!((0.0..=1.0).contains(&v));
            sums[i] += v;
            if labels.ids()[i] as usize == *region {
                own[i] = v;
            }
        }
    }
    assert!(sums.iter().all(|sum| (sum - 1.0).abs() < 1e-5));
    // Inside, a pixel is its region's; at borders it may be shared.
    let sure = own.iter().filter(|v| **v > 0.9).count();
    assert!(sure > 120 * 90 / 2, "{sure}");
    assert!(own.iter().filter(|v| **v > 0.5).count() > 120 * 90 * 9 / 10);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn noise_has_regions(width in 1usize..40, height in 1usize..40, count in 1u32..60, seed in 0u64..1000) {
        let rgb = (0..width * height * 3).map(|i| (((i as u64 * 2654435761) ^ (seed * 40503)) % 256) as f32 / 255.0);
        let picture = Canvas::new(width, height, rgb.collect()).unwrap();
        let made = drawn(&picture, params(json!({ "count": count, "min_area": 0.0 })));
        prop_assert!(made.rgb().iter().all(|v| (0.0..=1.0).contains(v)));
    }
}
