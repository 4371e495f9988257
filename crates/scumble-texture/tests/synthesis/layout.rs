//! Exemplars that change from one side to the other.

use scumble_image::{Canvas, color};
use scumble_texture::drift::{drift, drifts};
use scumble_texture::quilt::{Layout, QuiltParams};

use crate::exemplars::{bricks, gravel, hash, picture};
use crate::{PARAMS, quilted};

/// Stripes that fan out from above, brighter below.
fn fan(width: usize, height: usize) -> Canvas {
    picture(width, height, |x, y| {
        let angle = (x as f32 - width as f32 / 2.0).atan2(y as f32 + height as f32);
        let stripe = (angle * 60.0).rem_euclid(1.0) < 0.2;
        [if stripe { 0.9 } else { 0.2 + 0.3 * y as f32 / height as f32 } + 0.02 * hash(x, y); 3]
    })
}

/// Mean brightness of the rows of a share of the height.
fn brightness(canvas: &Canvas, from: f64, to: f64) -> f32 {
    let [first, last] = [from, to].map(|share| (share * canvas.height() as f64) as usize * canvas.width());
    let rows = &canvas.pixels()[first..last];
    rows.iter().map(|pixel| color::luma(*pixel)).sum::<f32>() / rows.len() as f32
}

#[test]
fn what_changes_from_side_to_side_is_told_from_textures() {
    assert!(drifts(&fan(200, 160)), "{}", drift(&fan(200, 160)));
    for (name, exemplar) in [("bricks", bricks(200, 200)), ("gravel", gravel(200, 200))] {
        assert!(!drifts(&exemplar), "{name}: {}", drift(&exemplar));
    }
    // Nothing that could be said.
    for (w, h) in [(1, 1), (1, 90), (90, 1), (12, 12), (90, 90)] {
        assert_eq!(drift(&Canvas::filled(w, h, [0.3, 0.6, 0.2])), 0.0, "{w}x{h}");
    }
    let half =
        fan(200, 160).with_alpha(Some((0..32_000).map(|i| if i % 200 < 90 { 0.0 } else { 1.0 }).collect())).unwrap();
    assert_eq!(drift(&half), 0.0);
}

/// Its upper part is as dark as the exemplar's, its lower one as bright, whatever the seed; with pieces from anywhere that is chance.
#[test]
fn layouts_are_kept() {
    let exemplar = fan(140, 110);
    let step = |canvas: &Canvas| brightness(canvas, 0.75, 1.0) - brightness(canvas, 0.0, 0.25);
    let made =
        |layout, seed| step(&quilted(&exemplar, [190, 150], &QuiltParams { layout, ..PARAMS }, seed)) / step(&exemplar);
    let of = |layout| [1, 2, 3].map(|seed| made(layout, seed));
    let (kept, free) = (of(Layout::Kept), of(Layout::Free));
    assert!(kept.iter().all(|step| (0.75..1.25).contains(step)), "{kept:?}");
    assert!(free.iter().any(|step| *step < 0.5), "{free:?}");
    assert_eq!(made(Layout::Auto, 1), kept[0]);
    // What is small, and what tiles, has none.
    quilted(&exemplar, [15, 7], &QuiltParams { layout: Layout::Kept, ..PARAMS }, 1);
    let tiled = |layout| quilted(&exemplar, [90, 80], &QuiltParams { layout, tileable: true, ..PARAMS }, 1);
    assert_eq!(tiled(Layout::Auto), tiled(Layout::Free));
}

/// A sheet hardly larger than a block, where a piece over seams could be as large as the sheet.
#[test]
fn small_sheets_differ_by_seed() {
    let exemplar = bricks(400, 400);
    let [a, b] = [1, 2].map(|seed| quilted(&exemplar, [36, 34], &PARAMS, seed));
    assert_ne!(a, b);
}
