//! Paintings on a picture, with ramps of colour and holes.

use resvg::{tiny_skia, usvg};
use scumble_core::Fault;
use scumble_image::{Canvas, metrics::psnr};
use scumble_paint::painting::{Geometry, Ground, Point, Ramp, Stroke};
use scumble_paint::{Painting, draw, output};

fn stroke(geometry: Geometry, ramp: Option<Ramp>) -> Stroke {
    Stroke { layer: 0, geometry, colour: [0.1, 0.3, 0.9], alpha: 1.0, ramp }
}

fn square(from: f32, to: f32) -> Vec<Point> {
    vec![[from, from], [to, from], [to, to], [from, to]]
}

/// The same but for the rounding of blending.
fn is_near(a: [f32; 3], b: [f32; 3]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}

/// As a browser would draw it.
fn by_resvg(painting: &Painting, side: u32) -> Canvas {
    let svg = output::svg(painting, side as usize, side as usize).unwrap();
    let tree = usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(side, side).unwrap();
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    let rgb = pixmap.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()].map(|v| f32::from(v) / 255.0));
    Canvas::new(side as usize, side as usize, rgb.collect()).unwrap()
}

#[test]
fn holes_show_what_is_below_and_parts_lie_apart() {
    let mut painting = Painting::new(64.0, 64.0, [1.0; 3], 1);
    let rings = [square(4.0, 40.0), square(10.0, 20.0), square(24.0, 34.0), square(50.0, 60.0)];
    painting.strokes.push(stroke(Geometry::with_holes(&rings), None));
    let drawn = draw(&painting, 64, 64).unwrap();
    for (y, row) in drawn.pixels().chunks(64).enumerate() {
        for (x, pixel) in row.iter().enumerate() {
            let within = |from, to| (from..to).contains(&x) && (from..to).contains(&y);
            let covered = within(4, 40) && !within(10, 20) && !within(24, 34) || within(50, 60);
            assert!(is_near(*pixel, if covered { [0.1, 0.3, 0.9] } else { [1.0; 3] }), "{x} {y}");
        }
    }
    assert!(psnr(&drawn, &by_resvg(&painting, 64)).unwrap() > 45.0);
}

#[test]
fn ramps_change_evenly_and_svg_shows_the_same() {
    let mut painting = Painting::new(64.0, 64.0, [1.0; 3], 1);
    let ramp = Ramp { from: [10.0, 10.0], to: [40.0, 30.0], colour: [0.9, 0.8, 0.1] };
    painting.strokes.push(stroke(Geometry::Triangle { points: [[2.0, 2.0], [62.0, 8.0], [20.0, 60.0]] }, Some(ramp)));
    let drawn = draw(&painting, 64, 64).unwrap();
    let middle = drawn.pixels()[20 * 64 + 25];
    let exact = ramp.at([0.1, 0.3, 0.9], [25.5, 20.5]);
    assert!(is_near(middle, exact), "{middle:?} {exact:?}");
    let apart = psnr(&drawn, &by_resvg(&painting, 64)).unwrap();
    assert!(apart > 45.0, "{apart}");
    let endless = Ramp { to: [f32::NAN, 0.0], ..ramp };
    painting.strokes[0].ramp = Some(endless);
    assert_eq!(draw(&painting, 64, 64).unwrap_err().fault(), Fault::Input);
}

#[test]
fn a_ground_shows_between_strokes_and_survives_as_text() {
    let picture = Canvas::new(16, 16, (0..768).map(|i| (i * 37 % 256) as f32 / 255.0).collect()).unwrap();
    let mut painting = Painting::new(32.0, 32.0, [1.0; 3], 1);
    painting.ground = Some(Ground::new(&picture).unwrap());
    painting.strokes.push(stroke(Geometry::Polygon { points: square(8.0, 16.0) }, None));
    let drawn = draw(&painting, 16, 16).unwrap();
    for (at, (pixel, ground)) in drawn.pixels().iter().zip(picture.pixels()).enumerate() {
        let covered = (4..8).contains(&(at % 16)) && (4..8).contains(&(at / 16));
        assert!(is_near(*pixel, if covered { [0.1, 0.3, 0.9] } else { *ground }), "{at}");
    }
    // Also where a finish looks at rows beside a band's own.
    painting.finish.light.strength = 1.0;
    painting.brushes[0].thickness = 0.0;
    let lit = draw(&painting, 16, 300).unwrap();
    painting.finish.light.strength = 0.0;
    let flat = draw(&painting, 16, 300).unwrap();
    assert!(psnr(&lit, &flat).unwrap() > 45.0);
    let read = Painting::from_json(&painting.to_json().unwrap()).unwrap();
    assert_eq!(read, painting);
    assert!(output::svg(&painting, 16, 16).unwrap().contains("<image"));
}
