//! Layers as pictures.

mod common;

use common::noise;
use scumble_image::Canvas;
use scumble_paint::painting::{Blend, Brush, BrushKind, Finish, Geometry, Layer, Light, Painting, Stroke};
use scumble_paint::{draw, output};

/// Strokes in layers of all brushes, one layer after the other.
fn painting(blend: Blend) -> Painting {
    let mut painting = Painting::new(90.0, 60.0, [1.0; 3], 4);
    let kinds = [BrushKind::Bristle, BrushKind::Round { softness: 0.7 }, BrushKind::Solid];
    painting.brushes = kinds.map(|kind| Brush { kind, thickness: 0.5 }).to_vec();
    let layer = |(brush, name): (usize, &str)| Layer { name: name.into(), brush, blend, closed: false };
    painting.layers = ["broad", "soft", "fine"].into_iter().enumerate().map(layer).collect();
    let mut next = noise(8);
    for layer in 0..3 {
        for _ in 0..12 {
            let mut value = |least: f32, most: f32| least + next() as f32 * (most - least);
            let points = [[value(0.0, 90.0), value(0.0, 60.0)], [value(0.0, 90.0), value(0.0, 60.0)]];
            let geometry = Geometry::Line { points, width: value(3.0, 14.0) };
            let colour = [(); 3].map(|()| value(0.0, 1.0));
            painting.strokes.push(Stroke { layer, geometry, colour, alpha: value(0.3, 1.0), ramp: None });
        }
    }
    painting
}

/// A picture with transparency on top of another, in encoded values.
fn over(below: &mut Canvas, above: &Canvas) {
    let alpha = above.alpha().unwrap().to_vec();
    for (i, below) in below.rgb_mut().iter_mut().enumerate() {
        *below += alpha[i / 3] * (above.rgb()[i] - *below);
    }
}

fn difference(a: &Canvas, b: &Canvas) -> f32 {
    a.rgb().iter().zip(b.rgb()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}

#[test]
fn layers_on_top_of_each_other_are_the_painting() {
    let whole = painting(Blend::Normal);
    let layers = output::layers(&whole);
    assert_eq!(layers.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["broad", "soft", "fine"]);
    for ground in [[1.0; 3], [0.1, 0.5, 0.3]] {
        let mut built = Canvas::filled(180, 120, ground);
        for (_, layer) in &layers {
            layer.check().unwrap();
            over(&mut built, &output::draw_transparent(layer, 180, 120).unwrap());
        }
        let drawn = draw(&Painting { background: ground, ..whole.clone() }, 180, 120).unwrap();
        assert!(difference(&built, &drawn) < 1.5e-3, "{}", difference(&built, &drawn));
    }
    // Without paint there is nothing, under opaque paint all.
    let fine = output::draw_transparent(&layers[2].1, 180, 120).unwrap();
    let alpha = fine.alpha().unwrap();
    assert!(alpha.contains(&0.0) && alpha.iter().any(|alpha| *alpha > 0.95));
}

#[test]
fn light_and_paper_are_left_out() {
    let plain = painting(Blend::Normal);
    let mut finished = plain.clone();
    finished.finish = Finish { light: Light { strength: 5.0, ..Light::default() }, grain: 0.5, ..Finish::default() };
    let draw = |painting| output::draw_transparent(painting, 90, 60).unwrap();
    assert_eq!(draw(&finished), draw(&plain));
}

#[test]
fn washes_are_what_they_are_on_white() {
    let whole = painting(Blend::Multiply);
    let mut built = Canvas::filled(90, 60, [1.0; 3]);
    over(&mut built, &output::draw_transparent(&whole, 90, 60).unwrap());
    let drawn = draw(&whole, 90, 60).unwrap();
    assert!(difference(&built, &drawn) < 1.5e-3);
}
