//! Strokes changed in the middle of a painting.

mod common;

use common::{noise, params, picture};
use scumble_paint::Painting;
use scumble_paint::energy::{Area, Coat, Depth, Easel, Mask, Paint, Polish, Stack};
use scumble_paint::painters::{Greedy, Painter, greedy::ShapeKind};
use scumble_paint::painting::{Geometry, Stroke};
use scumble_paint::raster::{FINE, Scan};

const SIZE: [usize; 2] = [90, 70];

fn easel(weights: bool) -> Easel {
    let source = picture(SIZE[0], SIZE[1]);
    let levels = source.pixels().iter().map(|p| p.map(|v| (v * 255.0) as u8)).collect();
    let weights = weights.then(|| (0..SIZE[0] * SIZE[1]).map(|i| (i % 7) as u8).collect());
    Easel::new(SIZE[0], levels, weights, [120, 100, 90])
}

/// A stroke anywhere, in part outside, of several kinds.
fn stroke(random: &mut impl FnMut() -> f64) -> Stroke {
    let mut point = |spread: f64| [0, 1].map(|i| ((random() * 1.2 - 0.1) * SIZE[i] as f64 * spread) as f32);
    let [a, b, c] = [point(1.0), point(1.0), point(1.0)];
    let size = [3.0 + point(0.2)[0].abs(), 3.0 + point(0.2)[1].abs()];
    let angle = point(0.1)[0];
    let geometry = match (random() * 6.0) as usize {
        0 => Geometry::Triangle { points: [a, b, c] },
        1 => Geometry::Ellipse { centre: a, radii: size, angle },
        2 => Geometry::Rectangle { centre: a, half: size, angle },
        3 => Geometry::Curve { points: [a, b, c], widths: size },
        4 => Geometry::Spline { points: vec![a, b, c, a], width: size[0] },
        _ => Geometry::Polygon { points: vec![a, b, c, point_between(a, c)] },
    };
    let colour = [random(), random(), random()].map(|v| v as f32);
    Stroke { layer: 0, geometry, colour, alpha: (0.2 + 0.8 * random()) as f32, ramp: None }
}

fn point_between(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0 + 5.0]
}

fn coat(stroke: &Stroke) -> Coat {
    let mut scan = Scan::new(SIZE[0], 0..SIZE[1], FINE, [1.0; 2]);
    Coat::new(stroke, Mask::new(&stroke.geometry, &mut scan))
}

fn stack(count: usize, weights: bool, random: &mut impl FnMut() -> f64) -> Stack {
    let coats = (0..count).map(|_| coat(&stroke(random))).collect();
    Stack::new(&easel(weights), [120.0, 100.0, 90.0], coats)
}

/// The same strokes, composed as a whole.
fn anew(stack: &Stack, weights: bool) -> Stack {
    let coats = stack.order().map(|id| stack.coats()[id].clone()).collect();
    Stack::new(&easel(weights), [120.0, 100.0, 90.0], coats)
}

#[test]
fn a_thousand_changes_are_one_composition() {
    let mut random = noise(3);
    let mut stack = stack(40, true, &mut random);
    for _ in 0..1000 {
        let id = (random() * 40.0) as usize;
        let other = (random() * 40.0) as usize;
        let depth = match (random() * 5.0) as usize {
            0 => Some(Depth::Bottom),
            1 => Some(Depth::Top),
            2 if other != id => Some(Depth::Above(other)),
            _ => None,
        };
        stack.replace(id, coat(&stroke(&mut random)), depth);
        if let Some(Depth::Above(other)) = depth {
            assert_eq!(stack.rank(id), stack.rank(other) + 1);
        }
    }
    let whole = anew(&stack, true);
    assert_eq!(stack.canvas(), whole.canvas());
    assert!((stack.sse() - whole.sse()).abs() <= 1e-9 * whole.sse());
}

#[test]
fn a_slot_foretells_what_a_stroke_changes_at_any_depth() {
    let mut random = noise(4);
    for weights in [false, true] {
        let mut stack = stack(12, weights, &mut random);
        for _ in 0..50 {
            let id = (random() * 12.0) as usize;
            let other = (id + 1 + (random() * 10.0) as usize) % 12;
            let depth = [Depth::Bottom, Depth::Top, Depth::Above(other)][(random() * 3.0) as usize];
            let new = coat(&stroke(&mut random));
            let old = stack.coats()[id].clone();
            let whole = stack.whole();
            let gone = stack.slot_of(id, whole).moments_of(&old.mask).change(old.alpha, old.colour);
            let came = stack.slot(whole, Some(id), depth).moments_of(&new.mask).change(new.alpha, new.colour);
            let before = stack.sse();
            stack.replace(id, new, Some(depth));
            let change = stack.sse() - before;
            assert!((came - gone - change).abs() <= 1e-9 * before, "{} foretold, {change} came", came - gone);
        }
    }
}

#[test]
fn a_slot_knows_its_area_only() {
    let mut random = noise(5);
    let stack = stack(5, false, &mut random);
    let slot = stack.slot(Area { x: [20, 40], y: [20, 40] }, None, Depth::Top);
    let mut scan = Scan::new(SIZE[0], 0..SIZE[1], FINE, [1.0; 2]);
    scan.rectangle([30.0, 30.0], [9.0, 9.0], 0.0);
    assert!(slot.moments(&mut scan).is_some());
    scan.rectangle([30.0, 30.0], [11.0, 9.0], 0.0);
    assert!(slot.moments(&mut scan).is_none());
}

#[test]
fn colour_and_opacity_are_the_best_there_are() {
    let mut random = noise(6);
    let mut stack = stack(15, true, &mut random);
    let paint = Paint::default();
    for id in 0..15 {
        let old = stack.coats()[id].clone();
        for alpha in [Some(old.alpha), None] {
            let mix = stack.best_mix(id, &paint, alpha);
            stack.replace(id, Coat { colour: mix.colour, alpha: mix.alpha, ..old.clone() }, None);
            let best = stack.sse();
            for _ in 0..60 {
                let near = 10f64.powf(-3.0 * random());
                let colour = mix.colour.map(|v| (v + (random() - 0.5) * 255.0 * near).clamp(0.0, 255.0));
                let alpha = alpha.unwrap_or((mix.alpha + (random() - 0.5) * near).clamp(1.0 / 255.0, 1.0));
                stack.replace(id, Coat { colour, alpha, ..old.clone() }, None);
                assert!(stack.sse() >= best * (1.0 - 1e-12), "{id}: {} below {best}", stack.sse());
            }
            stack.replace(id, old.clone(), None);
        }
    }
}

#[test]
fn polished_colours_are_the_least_squares() {
    let mut random = noise(7);
    for weights in [false, true] {
        let mut stack = stack(30, weights, &mut random);
        let before = stack.sse();
        let change = stack.polish_colours(Polish { steps: 60, rounds: 6 });
        assert!(change < 0.0 && (stack.sse() - before - change).abs() <= 1e-9 * before);
        let whole = anew(&stack, weights).sse();
        assert!((stack.sse() - whole).abs() <= 1e-9 * whole);
        // At the least, no single colour can be better; what the bounds leave over is small.
        let polished = stack.sse();
        for id in 0..30 {
            let coat = stack.coats()[id].clone();
            let mix = stack.best_mix(id, &Paint::default(), Some(coat.alpha));
            stack.replace(id, Coat { colour: mix.colour, ..coat.clone() }, None);
            assert!(stack.sse() >= polished * 0.999, "{id}: {} of {polished}", stack.sse());
            stack.replace(id, coat, None);
        }
    }
}

#[test]
fn polish_never_makes_worse() {
    let source = picture(96, 72);
    let mut painter = Greedy::new(&source, None, params(&[ShapeKind::Triangle], 30)).unwrap();
    while painter.step().unwrap().is_some() {}
    let painting: &Painting = painter.painting();
    let levels = source.pixels().iter().map(|p| p.map(|v| (v * 255.0).round() as u8)).collect();
    let ground = painting.background.map(|v| (v * 255.0).round() as u8);
    let mut stack = Stack::of(painting, &Easel::new(96, levels, None, ground));
    let mut last = stack.sse();
    for _ in 0..8 {
        stack.polish_colours(Polish { steps: 3, rounds: 1 });
        assert!(stack.sse() <= last);
        last = stack.sse();
    }
}
