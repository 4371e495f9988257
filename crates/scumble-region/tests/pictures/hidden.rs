//! Pictures that are transparent in places.

use scumble_image::Canvas;
use scumble_paint::painters::Painter;
use scumble_paint::painting::Geometry;
use scumble_region::{Masks, Regions};
use serde_json::json;

use super::{none, painted, params, picture};

const SIZE: [usize; 2] = [120, 90];

/// Whether a pixel is seen: one in a disc, less a hole, or in a small one that lies alone.
fn is_seen(x: usize, y: usize) -> bool {
    let within = |cx: usize, cy: usize, radius: usize| x.abs_diff(cx).pow(2) + y.abs_diff(cy).pow(2) < radius * radius;
    within(60, 45, 36) && !within(52, 40, 4) || within(10, 10, 7)
}

/// The picture, hidden pixels in a colour.
fn cut(colour: [f32; 3]) -> Canvas {
    let mut cut = picture(SIZE[0], SIZE[1]);
    let mut alpha = Vec::new();
    for (i, pixel) in cut.rgb_mut().as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let seen = is_seen(i % SIZE[0], i / SIZE[0]);
        *pixel = if seen { *pixel } else { colour };
        alpha.push(f32::from(seen));
    }
    cut.with_alpha(Some(alpha)).unwrap()
}

#[test]
fn colours_that_nobody_sees_do_nothing() {
    for changes in [
        json!({}),
        json!({ "kind": "glass", "outline": 2.0 }),
        json!({ "shapes": ["ellipse", "hull"], "colour_smoothing": 3.0 }),
        json!({ "work_px": 64, "fill": "texture:region" }),
    ] {
        let [one, other] = [[0.0; 3], [1.0, 0.0, 1.0]].map(|colour| painted(&cut(colour), params(changes.clone())));
        assert!(one.unwrap() == other.unwrap(), "{changes}");
    }
}

#[test]
fn glass_ends_where_nothing_is_seen() {
    let changes = json!({ "kind": "glass", "min_area": 4.0, "round": false });
    let painting = painted(&cut([0.0; 3]), params(changes)).unwrap();
    let covers = |x: f32, y: f32| {
        painting.strokes.iter().any(|stroke| match &stroke.geometry {
            Geometry::Polygon { points } => inside(points, [x, y]),
            _ => false,
        })
    };
    // The disc that lies alone is a pane; its surroundings and the hole are none.
    assert!(covers(10.5, 10.5) && covers(60.5, 60.5));
    assert!(!covers(52.5, 40.5) && !covers(110.5, 80.5));
}

#[test]
fn what_is_hidden_has_no_mask() {
    let cut = cut([0.0; 3]);
    let labels = Regions::new(&cut, None, None, &none, params(json!({ "count": 5 }))).unwrap().labels().unwrap();
    let masks = Masks::new(&cut, &labels);
    let hidden = labels.ids()[SIZE[0] * SIZE[1] - 1] as usize;
    assert!(!masks.order().contains(&hidden) && masks.order().len() == labels.count() - 1);
    let mut sums = vec![0.0f32; SIZE[0] * SIZE[1]];
    for region in masks.order() {
        sums.iter_mut().zip(masks.mask(*region)).for_each(|(sum, v)| *sum += v);
    }
    let seen = (0..sums.len()).filter(|i| is_seen(i % SIZE[0], i / SIZE[0]));
    assert!(seen.clone().all(|i| (sums[i] - 1.0).abs() < 1e-5) && seen.count() > 3000);
}

#[test]
fn what_was_found_is_shared() {
    let (picture, found) = (picture(80, 60), std::sync::Arc::default());
    let make = || {
        let made = Regions::sharing(std::sync::Arc::clone(&found), &picture, None, None, &none, params(json!({})));
        let mut made = made.unwrap();
        while made.step().unwrap().is_some() {}
        (made.labels().unwrap(), made.painting().clone())
    };
    let (first, second) = (make(), make());
    assert!(first == second && first.1 == painted(&picture, params(json!({}))).unwrap());
}

/// Even-odd rule.
fn inside(ring: &[[f32; 2]], [x, y]: [f32; 2]) -> bool {
    let mut inside = false;
    for (at, from) in ring.iter().enumerate() {
        let to = ring[(at + 1) % ring.len()];
        inside ^= (from[1] > y) != (to[1] > y) && x < from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]);
    }
    inside
}
