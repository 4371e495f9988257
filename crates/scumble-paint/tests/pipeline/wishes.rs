//! The parameters that hold for all painters.

use scumble_image::Canvas;
use scumble_paint::painting::{Geometry, Painting};
use serde_json::{Value, json};

use crate::common::{noise, picture};
use crate::params::{PAINTERS, paint, params};

/// Coarse and fine detail everywhere.
fn busy() -> Canvas {
    let (mut next, smooth) = (noise(4), picture(160, 120));
    let pixels = smooth.pixels().iter().flat_map(|pixel| {
        let dot = 0.35 * (next() as f32 - 0.5);
        pixel.map(|v| (v + dot).clamp(0.0, 1.0))
    });
    Canvas::new(160, 120, pixels.collect()).unwrap()
}

/// Mean area of strokes, as length times width.
fn area(painting: &Painting) -> f32 {
    let along =
        |points: &[[f32; 2]]| -> f32 { points.array_windows().map(|[a, b]| (b[0] - a[0]).hypot(b[1] - a[1])).sum() };
    let of = |geometry: &Geometry| match geometry {
        Geometry::Spline { points, width } => (along(points) + width) * width,
        Geometry::Line { points, width } => (along(points) + width) * width,
        Geometry::Stamp { length, width, .. } => length * width,
        other => panic!("{other:?}"),
    };
    painting.strokes.iter().map(|stroke| of(&stroke.geometry)).sum::<f32>() / painting.strokes.len() as f32
}

fn with(painter: &str, change: Value) -> Painting {
    paint(&busy(), params(painter, change))
}

#[test]
fn abstraction_means_fewer_and_larger_strokes() {
    for painter in PAINTERS {
        let [none, half] = [0.0, 0.5].map(|abstraction| with(painter, json!({ "abstraction": abstraction })));
        let (few, many) = (half.strokes.len(), none.strokes.len());
        assert!(few as f32 <= 0.7 * many as f32, "{painter}: {few} of {many} strokes");
        assert!(area(&half) > 1.5 * area(&none), "{painter}: {} {}", area(&half), area(&none));
    }
}

#[test]
fn detail_means_more_strokes() {
    for painter in ["layered", "adaptive", "moments"] {
        let [little, usual, all] =
            [0.2, 0.5, 0.8].map(|detail| with(painter, json!({ "detail": detail })).strokes.len());
        assert!(little < usual && usual < all, "{painter}: {little} {usual} {all}");
    }
}

#[test]
fn strokes_are_as_long_as_asked() {
    for painter in ["layered", "adaptive", "short", "hatch"] {
        // Bands, so that strokes find room.
        let source =
            Canvas::new(160, 120, (0..160 * 120).flat_map(|i| [0.2 + 0.6 * ((i / 160 / 30) % 2) as f32; 3]).collect());
        let source = source.unwrap();
        let [short, long] =
            [0.5, 2.0].map(|length| area(&paint(&source, params(painter, json!({ "stroke_length": length })))));
        assert!(long > 1.1 * short, "{painter}: {short} {long}");
    }
}

#[test]
fn palettes_are_all_there_is() {
    let source = picture(160, 120);
    let palette = json!(["#1e285a", "#c8b43c", "#f0f0f0", "#903020"]);
    let allowed: Vec<[f32; 3]> = [[0x1e, 0x28, 0x5a], [0xc8, 0xb4, 0x3c], [0xf0, 0xf0, 0xf0], [0x90, 0x30, 0x20]]
        .map(|colour: [u8; 3]| colour.map(|v| f32::from(v) / 255.0))
        .to_vec();
    for painter in PAINTERS {
        let change = json!({ "palette": palette, "jitter": 0.2, "relax": 1, "refine": 3, "count": 600 });
        let painting = paint(&source, params(painter, change));
        assert_eq!(painting.palette, allowed, "{painter}");
        let used: Vec<_> =
            allowed.iter().filter(|colour| painting.strokes.iter().any(|stroke| stroke.colour == **colour)).collect();
        assert!(painting.strokes.iter().all(|stroke| allowed.contains(&stroke.colour)), "{painter}");
        assert!(used.len() > usize::from(painter != "hatch"), "{painter}: {used:?}");
    }
}
