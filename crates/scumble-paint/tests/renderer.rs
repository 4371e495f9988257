//! The differentiable renderer.

mod common;

use common::noise;
use scumble_image::metrics;
use scumble_paint::draw;
use scumble_paint::painting::{Geometry, Painting, Stroke};
use scumble_paint::refine::{Mark, Renderer};

fn strokes() -> Vec<Stroke> {
    let geometries = [
        Geometry::Triangle { points: [[10.3, 10.1], [75.2, 15.7], [30.9, 60.4]] },
        Geometry::Rectangle { centre: [70.2, 22.3], half: [15.1, 8.2], angle: 0.3 },
        Geometry::Ellipse { centre: [40.4, 45.2], radii: [20.3, 9.1], angle: 1.0 },
        Geometry::Superellipse { centre: [75.3, 50.6], radii: [12.2, 9.4], exponent: 3.0, angle: 0.5 },
        Geometry::Polygon { points: vec![[50.7, 5.3], [90.1, 10.8], [65.2, 20.1], [85.4, 40.3]] },
        Geometry::Line { points: [[5.2, 65.8], [90.4, 60.3]], width: 6.0 },
        Geometry::Curve { points: [[5.3, 40.2], [40.1, 20.6], [90.8, 45.1]], widths: [3.0, 9.0] },
        Geometry::Spline { points: vec![[10.1, 5.7], [30.3, 20.2], [50.6, 5.9], [80.2, 30.4]], width: 5.0 },
        Geometry::Spline { points: vec![[60.3, 60.2]], width: 8.0 },
        Geometry::Stamp { centre: [30.4, 30.2], angle: 0.2, length: 30.0, width: 8.0 },
    ];
    let mut random = noise(11);
    let colour = |random: &mut dyn FnMut() -> f64| [random(), random(), random()].map(|v| v as f32);
    geometries
        .map(|geometry| Stroke { layer: 0, geometry, colour: colour(&mut random), alpha: 0.7, ramp: None })
        .to_vec()
}

/// A linear loss of the pixels by random weights: its derivatives by the pixels are those weights.
fn loss(renderer: &Renderer, marks: &[Mark], weights: &[[f64; 3]]) -> f64 {
    let pixels = renderer.pixels(marks);
    pixels.iter().zip(weights).map(|(p, w)| (0..3).map(|c| p[c] * w[c]).sum::<f64>()).sum()
}

#[test]
fn gradients_are_differences() {
    // Two tiles wide, so that sums over tiles count.
    let renderer = Renderer::new(96, 72, [0.5, 0.4, 0.3], 2.8);
    let mut random = noise(12);
    let weights: Vec<[f64; 3]> = (0..96 * 72).map(|_| [random() - 0.5, random() - 0.5, random() - 0.5]).collect();
    let marks: Vec<Mark> = strokes().iter().map(|stroke| Mark::new(stroke, [1.0; 2])).collect();
    let gradients = renderer.backward(&marks, &weights);
    // The coverage has kinks where a pixel is as near to two segments; a step of 1e-6 seldom crosses one, and then by
    // little.
    let step = 1e-6;
    let difference = |change: &dyn Fn(&mut Mark, f64), i: usize| {
        let at = |by: f64| {
            let mut marks = marks.clone();
            change(&mut marks[i], by);
            loss(&renderer, &marks, &weights)
        };
        (at(step) - at(-step)) / (2.0 * step)
    };
    for (i, gradient) in gradients.iter().enumerate() {
        let near = |is: f64, expected: f64, what: &str| {
            assert!((is - expected).abs() <= 1e-4 * expected.abs().max(1.0), "mark {i}, {what}: {is}, not {expected}");
        };
        for c in 0..3 {
            near(gradient.colour[c], difference(&|mark, by| mark.colour[c] += by, i), "colour");
        }
        near(gradient.alpha, difference(&|mark, by| mark.alpha += by, i), "alpha");
        // Widths at the two ends of lines and splines are one number: their gradient is shared out.
        let tied = matches!(strokes()[i].geometry, Geometry::Line { .. } | Geometry::Spline { .. });
        let free = gradient.values.len() - if tied { 2 } else { 0 };
        for v in 0..free {
            near(gradient.values[v], difference(&|mark, by| mark.values[v] += by, i), &format!("value {v}"));
        }
        if tied {
            let both = difference(&|mark, by| mark.values[free..].iter_mut().for_each(|v| *v += by), i);
            near(gradient.values[free] + gradient.values[free + 1], both, "width");
        }
    }
}

#[test]
fn soft_strokes_look_like_hard_ones() {
    let mut painting = Painting::new(96.0, 72.0, [0.5, 0.4, 0.3], 0);
    painting.strokes = strokes();
    let marks: Vec<Mark> = painting.strokes.iter().map(|stroke| Mark::new(stroke, [1.0; 2])).collect();
    let soft = Renderer::new(96, 72, [0.5, 0.4, 0.3].map(|v: f32| f64::from(v)), 1.0).render(&marks).unwrap();
    let psnr = metrics::psnr(&soft, &draw(&painting, 96, 72).unwrap()).unwrap();
    assert!(psnr > 35.0, "{psnr} dB");
}

#[test]
fn marks_go_back_into_strokes() {
    let scale = [0.37, 0.3702];
    for stroke in strokes() {
        let mut back = stroke.clone();
        Mark::new(&stroke, scale).write(&mut back, scale);
        let (before, after) = (Mark::new(&stroke, [1.0; 2]), Mark::new(&back, [1.0; 2]));
        for (a, b) in before.values.iter().zip(&after.values) {
            assert!((a - b).abs() < 1e-4, "{stroke:?}, {back:?}");
        }
    }
}
