//! Shapes fitted to rendered ones.

mod outlines;
#[path = "common/render.rs"]
mod render;

use std::f64::consts::TAU;

use outlines::{inside, labels, noise, with_threads};
use proptest::prelude::*;
use render::Drawn;
use scumble_core::Fault;
use scumble_paint::painting::Geometry;
use scumble_region::contour::Contours;
use scumble_region::shapes::choose::{Chooser, ShapesParams};
use scumble_region::shapes::learn::Learned;
use scumble_region::shapes::{Figure, ShapeClass};

/// The shapes that are recognised in spite of noise: not those that fit everything.
const SIMPLE: [ShapeClass; 10] = [
    ShapeClass::Superellipse,
    ShapeClass::Circle,
    ShapeClass::Square,
    ShapeClass::Ellipse,
    ShapeClass::Rectangle,
    ShapeClass::Triangle,
    ShapeClass::Pentagon,
    ShapeClass::Hexagon,
    ShapeClass::Octagon,
    ShapeClass::Star,
];

/// All but the user's, as nobody loaded any.
fn every() -> Vec<ShapeClass> {
    ShapeClass::ALL.into_iter().filter(|class| *class != ShapeClass::User).collect()
}

fn chooser(abstraction: f64, shapes: &[ShapeClass]) -> Chooser {
    let params = ShapesParams { abstraction, shapes: shapes.to_vec(), reflect: true };
    Chooser::new(params, &[], Learned::new()).unwrap()
}

/// A shape of a random place, size and proportion, in a picture of 160 pixels.
fn drawn(class: ShapeClass, noise: &mut impl FnMut() -> f64) -> Drawn {
    // Not so near to 1 that the ellipse is a circle, nor so far that the noise is wider than the shape.
    let ratio = if class == ShapeClass::Triangle { 0.7 + 0.6 * noise() } else { 0.45 + 0.3 * noise() };
    let centre = [80.0 + noise() * 4.0, 80.0 + noise() * 4.0];
    let most = if matches!(class, ShapeClass::Square | ShapeClass::Rectangle) { 48.0 } else { 62.0 };
    Drawn { class, centre, size: most * (0.6 + 0.4 * noise()), ratio, angle: noise() * 6.0 }
}

#[test]
fn clean_shapes_are_recognised_with_their_parameters() {
    let chooser = chooser(0.05, &every());
    let mut noise = noise(1);
    for class in SIMPLE {
        for _ in 0..12 {
            let drawn = drawn(class, &mut noise);
            let rings = Contours::new(&drawn.render(160, 0.0, &mut noise)).rings(1);
            let fit = chooser.choose(&rings, None).unwrap();
            assert_eq!(fit.class, class, "{drawn:?}: {:?}", chooser.fits(&rings, None).unwrap());
            assert!(fit.iou > 0.97, "{drawn:?}: {}", fit.iou);
            assert!(wrongness(&drawn, &fit.figure) < 0.02, "{drawn:?}: {:?}", fit.figure);
        }
    }
}

/// How far a figure's parameters are from what was drawn: centres and sizes relative to the size, angles in radians.
fn wrongness(drawn: &Drawn, figure: &Figure) -> f64 {
    let Figure::Geometry(geometry) = figure else { panic!("{figure:?}") };
    let away = |p: &[f32; 2], q: [f64; 2]| (f64::from(p[0]) - q[0]).hypot(f64::from(p[1]) - q[1]) / drawn.size;
    let corners = |points: &[[f32; 2]]| {
        let expected = drawn.corners();
        assert_eq!(points.len(), expected.len());
        let nearest = |q: &[f64; 2]| points.iter().map(|p| away(p, *q)).fold(f64::INFINITY, f64::min);
        expected.iter().map(nearest).fold(0.0, f64::max)
    };
    let placed = |centre: &[f32; 2], sizes: &[f32; 2], angle: f32| {
        let ratio = if matches!(drawn.class, ShapeClass::Circle | ShapeClass::Square) { 1.0 } else { drawn.ratio };
        let (mut sizes, mut turned) = (sizes.map(f64::from), f64::from(angle) - drawn.angle);
        if sizes[1] > sizes[0] {
            (sizes, turned) = ([sizes[1], sizes[0]], turned + std::f64::consts::FRAC_PI_2);
        }
        let period = if drawn.class == ShapeClass::Square { std::f64::consts::FRAC_PI_2 } else { std::f64::consts::PI };
        let turned = if drawn.class == ShapeClass::Circle { 0.0 } else { turned - (turned / period).round() * period };
        let size = (sizes[0] / drawn.size - 1.0).abs().max((sizes[1] / drawn.size - ratio).abs());
        away(centre, drawn.centre).max(size).max(turned.abs())
    };
    match geometry {
        Geometry::Triangle { points } => corners(points),
        Geometry::Polygon { points } => corners(points),
        Geometry::Rectangle { centre, half: sizes, angle } | Geometry::Ellipse { centre, radii: sizes, angle } => {
            placed(centre, sizes, *angle)
        }
        Geometry::Superellipse { centre, radii, angle, exponent } => {
            placed(centre, radii, *angle).max((f64::from(*exponent) - 4.0).abs())
        }
        other => panic!("{other:?}"),
    }
}

/// Asserts that nearly all shapes of each kind are recognised, and that as many of these as told have all parameters within 2 %; gives
/// back how wrong they are, from the least.
fn recognised(
    kinds: &[ShapeClass],
    within: f64,
    render: impl Fn(&Drawn, &mut dyn FnMut() -> f64) -> scumble_region::Labels,
) -> Vec<f64> {
    const COUNT: usize = 50;
    let chooser = chooser(0.05, &every());
    let mut noise = noise(2);
    let mut all = Vec::new();
    for &class in kinds {
        let mut wrong = Vec::new();
        for _ in 0..COUNT {
            let drawn = drawn(class, &mut noise);
            let fit = chooser.choose(&Contours::new(&render(&drawn, &mut noise)).rings(1), None).unwrap();
            if fit.class == class {
                wrong.push(wrongness(&drawn, &fit.figure));
            }
        }
        assert!(wrong.len() as f64 >= 0.95 * COUNT as f64, "{class:?}: {} of {COUNT}", wrong.len());
        let near = wrong.iter().filter(|wrong| **wrong < 0.02).count();
        assert!(near as f64 >= within * wrong.len() as f64, "{class:?}: {near} of {} within 2 %", wrong.len());
        all.extend(wrong);
    }
    all.sort_by(f64::total_cmp);
    all
}

#[test]
fn shapes_with_wavy_outlines_are_recognised_with_their_parameters() {
    // Of fifty of a kind two or three more or less are chance, of all of them together hardly any.
    let wrong = recognised(&SIMPLE, 0.9, |drawn, mut noise| drawn.render(160, 0.1, &mut noise));
    assert!(wrong[wrong.len() * 19 / 20] < 0.02, "{}", wrong[wrong.len() * 19 / 20]);
}

/// Long ones leave the corners to be told by all others; many at once leave few others.
#[test]
fn the_kind_of_waves_does_not_matter() {
    use ShapeClass::{Circle, Hexagon, Octagon, Pentagon, Square};
    let waves = |range: std::ops::Range<i32>| {
        move |drawn: &Drawn, noise: &mut dyn FnMut() -> f64| {
            let wave = |h: i32| [f64::from(h), noise() - 0.5, noise() * TAU];
            let waves: Vec<[f64; 3]> = range.clone().map(wave).collect();
            drawn.render_moved(160, 0.1, |at| waves.iter().map(|[h, a, phase]| a * (h * at + phase).cos()).sum())
        }
    };
    recognised(&[Circle, Square, Pentagon, Hexagon, Octagon], 0.9, waves(2..13));
    recognised(&[Circle, Square, Pentagon, Hexagon, Octagon], 0.75, waves(5..41));
}

/// White noise: it tells by no wave more than by another.
#[test]
fn speckled_shapes_are_recognised() {
    let wrong = recognised(&SIMPLE, 0.7, |drawn, mut noise| drawn.render_speckled(160, 0.3, &mut noise));
    assert!(wrong[wrong.len() * 9 / 10] < 0.02, "{}", wrong[wrong.len() * 9 / 10]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_triangle_is_found(points in proptest::array::uniform3((5.0..95.0f64, 5.0..95.0f64))) {
        let [a, b, c] = points.map(|(x, y)| [x, y]);
        let twice = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        let longest = [(a, b), (b, c), (c, a)].map(|(p, q)| (p[0] - q[0]).hypot(p[1] - q[1])).into_iter().fold(0.0, f64::max);
        // Slivers of few pixels are not triangles any more.
        prop_assume!(twice.abs() > 25.0 * longest);
        let side = |p: [f64; 2], q: [f64; 2], x: f64, y: f64| (q[0] - p[0]) * (y - p[1]) - (q[1] - p[1]) * (x - p[0]);
        let labels = labels(100, 100, |x, y| {
            let (x, y) = (x as f64 + 0.5, y as f64 + 0.5);
            let signs = [side(a, b, x, y), side(b, c, x, y), side(c, a, x, y)];
            u32::from(signs.iter().all(|v| *v > 0.0) || signs.iter().all(|v| *v < 0.0))
        });
        let rings = Contours::new(&labels).rings(1);
        let fit = chooser(0.05, &[ShapeClass::Triangle]).choose(&rings, None).unwrap();
        prop_assert!(fit.iou > 0.95, "{}", fit.iou);
    }

    #[test]
    fn every_shape_can_be_forced_on_every_region(width in 1..20usize, height in 1..20usize, seed: u64) {
        let mut noise = noise(seed);
        let bits: Vec<u32> = (0..width * height).map(|_| (noise() * 2.5) as u32).collect();
        let labels = labels(width, height, |x, y| bits[y * width + x]);
        let contours = Contours::new(&labels);
        for class in every() {
            for fit in chooser(0.05, &[class]).choose_all(&contours).unwrap() {
                prop_assert_eq!(fit.class, class);
                prop_assert!((0.0..=1.0).contains(&fit.iou) && (0.0..=1.0).contains(&fit.distance));
                prop_assert!(coordinates(&fit.figure).iter().all(|v| v.is_finite()), "{:?}", fit.figure);
            }
        }
    }
}

fn coordinates(figure: &Figure) -> Vec<f32> {
    match figure {
        Figure::Rings(rings) => rings.iter().flatten().flatten().copied().collect(),
        Figure::Geometry(Geometry::Triangle { points }) => points.iter().flatten().copied().collect(),
        Figure::Geometry(Geometry::Polygon { points }) => points.iter().flatten().copied().collect(),
        Figure::Geometry(Geometry::Rectangle { centre, half: sizes, angle }) => {
            [&centre[..], sizes, &[*angle]].concat()
        }
        Figure::Geometry(Geometry::Ellipse { centre, radii, angle }) => [&centre[..], radii, &[*angle]].concat(),
        Figure::Geometry(Geometry::Superellipse { centre, radii, angle, .. }) => {
            [&centre[..], radii, &[*angle]].concat()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn shapes_have_the_area_of_their_region() {
    let mut noise = noise(4);
    let drawn = drawn(ShapeClass::Star, &mut noise);
    let rings = Contours::new(&drawn.render(160, 0.05, &mut noise)).rings(1);
    let area = scumble_region::contour::signed_area(&rings[0]);
    for fit in chooser(0.05, &every()).fits(&rings, None).unwrap() {
        let found = match &fit.figure {
            Figure::Geometry(Geometry::Rectangle { half, .. }) => f64::from(4.0 * half[0] * half[1]),
            Figure::Geometry(Geometry::Ellipse { radii, .. }) => std::f64::consts::PI * f64::from(radii[0] * radii[1]),
            Figure::Geometry(Geometry::Triangle { points }) => scumble_region::contour::signed_area(points).abs(),
            Figure::Geometry(Geometry::Polygon { points }) => scumble_region::contour::signed_area(points).abs(),
            _ => continue,
        };
        assert!((found / area - 1.0).abs() < 1e-4, "{fit:?}: {found} of {area}");
    }
}

#[test]
fn abstraction_goes_from_the_region_to_the_simplest() {
    // A bean: an ellipse with a dent.
    let labels = labels(120, 120, |x, y| {
        let [u, v] = [x as f64 - 60.0, y as f64 - 60.0];
        u32::from((u / 50.0).hypot(v / 30.0) < 1.0 && (u - 10.0).hypot(v + 32.0) > 18.0)
    });
    let rings = Contours::new(&labels).rings(1);
    let complexities: Vec<f64> = [0.0, 0.01, 0.03, 0.08, 0.2]
        .iter()
        .map(|level| chooser(*level, &every()).choose(&rings, None).unwrap().complexity)
        .collect();
    assert!(complexities.is_sorted_by(|a, b| a >= b), "{complexities:?}");
    assert_eq!(complexities[0], 4.0);
    assert!(*complexities.last().unwrap() <= 1.4);
    // Kept as it is, it has the very points it was given.
    assert_eq!(chooser(0.0, &every()).choose(&rings, None).unwrap().figure, Figure::Rings(rings));
}

#[test]
fn holes_are_filled_and_frames_are_not() {
    let ring = |inner: f64| {
        labels(100, 100, |x, y| {
            let r = (x as f64 + 0.5 - 50.0).hypot(y as f64 + 0.5 - 50.0);
            u32::from(r < 40.0 && r > inner)
        })
    };
    let chooser = chooser(0.05, &every());
    let filled = chooser.choose(&Contours::new(&ring(15.0)).rings(1), None).unwrap();
    assert_eq!(filled.class, ShapeClass::Circle);
    assert!(filled.iou > 0.97);
    let Figure::Geometry(Geometry::Ellipse { radii, .. }) = filled.figure else { panic!("{filled:?}") };
    assert!((radii[0] - 40.0).abs() < 0.5);
    // More hole than ring: no shape is like it.
    let rings = Contours::new(&ring(34.0)).rings(1);
    let kept = chooser.choose(&rings, None).unwrap();
    assert_eq!(kept.figure, Figure::Rings(rings));
}

#[test]
fn shapes_go_on_beyond_the_edge() {
    // A disc whose centre is near a corner, and a strip along the lower edge.
    let disc = labels(120, 90, |x, y| u32::from((x as f64 + 0.5 - 110.0).hypot(y as f64 + 0.5 - 12.0) < 40.0));
    let fits = chooser(0.05, &every()).choose_all(&Contours::new(&disc)).unwrap();
    let Figure::Geometry(Geometry::Ellipse { centre, radii, .. }) = &fits[1].figure else { panic!("{:?}", fits[1]) };
    assert_eq!(fits[1].class, ShapeClass::Circle);
    assert!(
        (centre[0] - 110.0).abs() < 1.0 && (centre[1] - 12.0).abs() < 1.0 && (radii[0] - 40.0).abs() < 1.0,
        "{fits:?}"
    );
    let strip = labels(120, 90, |x, y| u32::from(y as f64 > 70.0 + 4.0 * (x as f64 / 12.0).sin()));
    for class in [ShapeClass::Rectangle, ShapeClass::Polygon, ShapeClass::Hull] {
        let fits = chooser(0.05, &[class]).choose_all(&Contours::new(&strip)).unwrap();
        let ring = match &fits[1].figure {
            Figure::Geometry(Geometry::Rectangle { centre, half, angle }) => {
                let (sin, cos) = angle.sin_cos();
                let corners =
                    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[u, v]| [u * half[0], v * half[1]]);
                corners.map(|[u, v]| [centre[0] + u * cos - v * sin, centre[1] + u * sin + v * cos]).to_vec()
            }
            Figure::Geometry(Geometry::Polygon { points }) => points.clone(),
            other => panic!("{other:?}"),
        };
        // Nothing is left open along the lower edge.
        let open = (1..120).find(|x| !inside(std::slice::from_ref(&ring), [f64::from(*x), 89.9]));
        assert_eq!(open, None, "{class:?}: {ring:?}");
    }
}

#[test]
fn regions_in_parts_stay_as_they_are() {
    let labels =
        labels(40, 20, |x, y| u32::from((2..18).contains(&y) && ((2..18).contains(&x) || (22..38).contains(&x))));
    let rings = Contours::new(&labels).rings(1);
    assert_eq!(chooser(0.2, &every()).choose(&rings, None).unwrap().class, ShapeClass::Region);
    assert_eq!(chooser(0.2, &[ShapeClass::Circle]).choose(&rings, None).unwrap().class, ShapeClass::Circle);
    let Figure::Rings(kept) = chooser(0.2, &every()).choose(&rings, None).unwrap().figure else { panic!() };
    assert!(inside(&kept, [10.0, 10.0]) && inside(&kept, [30.0, 10.0]) && !inside(&kept, [20.0, 10.0]));
}

#[test]
fn whiskers_do_not_widen_the_hull() {
    let labels = labels(100, 100, |x, y| {
        let disc = (x as f64 + 0.5 - 40.0).hypot(y as f64 + 0.5 - 50.0) < 30.0;
        u32::from(disc || (y == 50 && (40..98).contains(&x)))
    });
    let fit = chooser(0.05, &[ShapeClass::Hull]).choose(&Contours::new(&labels).rings(1), None).unwrap();
    let Figure::Geometry(Geometry::Polygon { points }) = fit.figure else { panic!("{fit:?}") };
    let right = points.iter().map(|p| p[0]).fold(0.0, f32::max);
    assert!(right < 74.0, "reaches {right}");
    assert!(fit.iou > 0.95);
}

#[test]
fn a_class_can_be_fitted_that_is_not_allowed() {
    let rings = Contours::new(&labels(9, 9, |x, y| u32::from(x > 2 && y > 3))).rings(1);
    let chooser = chooser(0.05, &[ShapeClass::Circle]);
    assert_eq!(chooser.fit(&rings, None, ShapeClass::Rectangle).unwrap().class, ShapeClass::Rectangle);
    assert_eq!(chooser.fit(&rings, None, ShapeClass::User).unwrap_err().fault(), Fault::Parameter);
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let labels = labels(90, 70, |x, y| ((x / 9) * 8 + y / 9) as u32 + u32::from(x % 9 > y % 7) * 100);
    let contours = Contours::new(&labels);
    let chooser = chooser(0.05, &every());
    let found = [1, 2].map(|threads| with_threads(threads, || chooser.choose_all(&contours).unwrap()));
    assert_eq!(found[0], found[1]);
    assert_eq!(found[0].len(), labels.count());
}

#[test]
fn errors_are_told() {
    let params =
        |abstraction, shapes: &[ShapeClass]| ShapesParams { abstraction, shapes: shapes.to_vec(), reflect: true };
    let fault = |params| Chooser::new(params, &[], Learned::new()).unwrap_err().fault();
    for abstraction in [-0.1, 0.6, f64::NAN] {
        assert_eq!(fault(params(abstraction, &every())), Fault::Parameter);
    }
    assert_eq!(fault(params(0.05, &[])), Fault::Parameter);
    assert_eq!(fault(params(0.05, &[ShapeClass::User])), Fault::Parameter);
    let chooser = chooser(0.05, &every());
    let wrong: [&[Vec<[f32; 2]>]; 4] =
        [&[], &[vec![]], &[vec![[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]], &[vec![[0.0, 0.0], [1.0, f32::NAN], [2.0, 0.0]]]];
    for rings in wrong {
        assert_eq!(chooser.choose(rings, None).unwrap_err().fault(), Fault::Input, "{rings:?}");
    }
}
