//! Watercolour: washes on white paper.

use scumble_image::{Canvas, color};
use scumble_paint::painters::adaptive::AdaptiveParams;
use scumble_paint::painters::{Adaptive, HexColour, Tip};
use scumble_paint::painting::{Blend, Painting};

use crate::adaptive;
use crate::shared::finish;

/// Dark left of x = 60, light right of it.
fn edge(light: f32) -> Canvas {
    let row = |i: usize| if i % 120 < 60 { [0.2, 0.3, 0.6] } else { [light; 3] };
    Canvas::new(120, 90, (0..120 * 90).flat_map(row).collect()).unwrap()
}

fn washes(picture: &Canvas) -> Painting {
    let params = AdaptiveParams {
        wash: true,
        brush: Tip::Round,
        alpha: 150,
        background: Some(HexColour([255; 3])),
        ..adaptive::params()
    };
    finish(&mut Adaptive::new(picture, None, params).unwrap())
}

#[test]
fn paper_is_wet_where_the_picture_is_smooth() {
    let params = AdaptiveParams { wash: true, wet: 1.0, brush: Tip::Round, ..adaptive::params() };
    let painting = finish(&mut Adaptive::new(&edge(0.8), None, params).unwrap());
    let wet = painting.finish.wet.unwrap();
    assert!(wet.at(0.2, 0.5) > 0.95 && wet.at(0.8, 0.5) > 0.95 && wet.at(0.5, 0.5) < 0.5);
    assert!(washes(&edge(0.8)).finish.wet.is_none());
}

/// Mean luma of the columns `from..to`.
fn mean(canvas: &Canvas, from: usize, to: usize) -> f32 {
    let inside = |(i, _): &(usize, &[f32; 3])| (from..to).contains(&(i % 120));
    let values: Vec<f32> =
        canvas.pixels().iter().enumerate().filter(inside).map(|(_, pixel)| color::luma(*pixel)).collect();
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn paper_stays_white_beside_dark_washes() {
    let painting = washes(&edge(1.0));
    assert!(painting.layers.iter().all(|layer| layer.blend == Blend::Multiply));
    let drawn = scumble_paint::draw(&painting, 120, 90).unwrap();
    let (dark, beside, white) = (mean(&drawn, 5, 50), mean(&drawn, 60, 66), mean(&drawn, 70, 120));
    assert!(dark < 0.5, "{dark}");
    assert!(beside > 0.9 && white > 0.995, "{beside} {white}");
}

#[test]
fn washes_rather_leave_light_than_make_it_dark() {
    let source = edge(0.8);
    let drawn = scumble_paint::draw(&washes(&source), 120, 90).unwrap();
    let (mut over, mut under) = (0.0, 0.0);
    for (pixel, aim) in drawn.pixels().iter().zip(source.pixels()) {
        let off = color::luma(*pixel) - color::luma(*aim);
        if off < 0.0 { over -= off } else { under += off }
    }
    assert!(over < under, "{over} too dark, {under} too light");
}
