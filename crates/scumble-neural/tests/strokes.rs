//! A style moves strokes: they stay as many, and what they draw comes nearer to the style.

use scumble_core::Fault;
use scumble_image::Canvas;
use scumble_neural::params::NeuralParams;
use scumble_neural::strokes::StyledStrokes;
use scumble_neural::{FeatureDistance, compare_features};
use scumble_nn::{Device, VggWeights};
use scumble_paint::painters::Painter;
use scumble_paint::painting::{Blend, Geometry, Stroke};
use scumble_paint::refine::RefineParams;
use scumble_paint::{Painting, draw};

const SIZE: [usize; 2] = [72, 64];

fn params() -> NeuralParams {
    serde_json::from_str(include_str!("data/tiling.json")).unwrap()
}

fn descent(steps: u32) -> RefineParams {
    RefineParams {
        steps,
        point_rate: 0.5,
        size_rate: 0.1,
        colour_rate: 0.02,
        solve_alpha: false,
        softness: 2.8,
        work_px: 128,
    }
}

fn picture(value: impl Fn(usize, usize) -> [f32; 3]) -> Canvas {
    let pixels = (0..SIZE[0] * SIZE[1]).flat_map(|i| value(i % SIZE[0], i / SIZE[0])).collect();
    Canvas::new(SIZE[0], SIZE[1], pixels).unwrap()
}

/// Short level strokes in rows on a grey ground.
fn painting() -> Painting {
    let mut painting = Painting::new(SIZE[0] as f32, SIZE[1] as f32, [0.5; 3], 1);
    for i in 0..48 {
        let (x, y) = ((i % 6) as f32 * 12.0 + 6.0, (i / 6) as f32 * 8.0 + 4.0);
        let geometry = Geometry::Line { points: [[x - 3.0, y], [x + 3.0, y]], width: 4.0 };
        painting.strokes.push(Stroke { layer: 0, geometry, colour: [x / 72.0, 0.5, y / 64.0], alpha: 1.0, ramp: None });
    }
    painting
}

fn styled(painting: Painting, steps: u32) -> scumble_core::Result<StyledStrokes> {
    let content = picture(|x, y| [x as f32 / 72.0, 0.5, y as f32 / 64.0]);
    let style = picture(|x, y| if (x + y) / 5 % 2 == 0 { [0.9, 0.7, 0.1] } else { [0.1, 0.1, 0.5] });
    let weights = VggWeights::embedded()?;
    StyledStrokes::new(painting, &content, &style, &params(), descent(steps), &weights, &Device::open("cpu")?)
}

fn to_style(painting: &Painting) -> FeatureDistance {
    let style = picture(|x, y| if (x + y) / 5 % 2 == 0 { [0.9, 0.7, 0.1] } else { [0.1, 0.1, 0.5] });
    let drawn = draw(painting, SIZE[0], SIZE[1]).unwrap();
    let weights = VggWeights::embedded().unwrap();
    compare_features(&style, &drawn, &params(), &weights, &Device::open("cpu").unwrap()).unwrap()
}

#[test]
fn strokes_come_nearer_to_the_style_and_stay_strokes() {
    let start = painting();
    let mut moving = styled(start.clone(), 12).unwrap();
    let mut steps = 0;
    while moving.step().unwrap().is_some() {
        steps += 1;
        assert!((moving.progress() - f64::from(steps) / 12.0).abs() < 1e-9);
    }
    assert_eq!(steps, 12);
    let end = moving.painting();
    end.check().unwrap();
    assert_eq!(end.strokes.len(), start.strokes.len());
    assert!(end.strokes.iter().zip(&start.strokes).all(|(a, b)| a.geometry != b.geometry), "every stroke is moved");
    let (before, after) = (to_style(&start).style, to_style(end).style);
    assert!(after < 0.8 * before, "{before} {after}");
}

#[test]
fn washes_and_other_pixels_are_refused() {
    let mut washes = painting();
    washes.layers[0].blend = Blend::Multiply;
    assert_eq!(styled(washes, 2).unwrap_err().fault(), Fault::Input);
}
