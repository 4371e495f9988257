//! Shapes from SVG files.

mod outlines;

use std::f64::consts::{FRAC_PI_4, FRAC_PI_8};

use outlines::labels;
use proptest::prelude::*;
use scumble_core::Fault;
use scumble_paint::painting::Geometry;
use scumble_region::contour::Contours;
use scumble_region::shapes::choose::{Chooser, ShapesParams};
use scumble_region::shapes::learn::Learned;
use scumble_region::shapes::user::UserShape;
use scumble_region::shapes::{Figure, ShapeClass};

fn path(data: &str) -> scumble_core::Result<UserShape> {
    UserShape::from_svg("shape.svg", &format!("<svg><path fill='red' d=\"{data}\"/></svg>"))
}

/// Points of the first ring, in quarters of the longer side.
fn quarters(data: &str) -> Vec<[f64; 2]> {
    path(data).unwrap().rings()[0].iter().map(|p| p.map(|v| (v * 4e6).round() / 1e6)).collect()
}

#[test]
fn commands_absolute_and_relative() {
    let expected = [[0.0, 0.0], [4.0, 0.0], [4.0, 2.0], [2.0, 2.0], [2.0, 4.0], [0.0, 4.0]];
    for data in [
        "M 10 10 L 50 10 L 50 30 L 30 30 L 30 50 L 10 50 Z",
        "M10,10 50,10 50,30 30,30 30,50 10,50z",
        "m10 10h40v20h-20v20h-20z",
        "M10 10H50V30H30V50H10Z",
        "  M1e1+10l40-0 0 20-20.0.0 0,20-20 0",
        "m10 10 40 0 0 20 -20 0 0 20 -20 0 z m 5 5 z",
    ] {
        assert_eq!(quarters(data), expected, "{data}");
    }
}

#[test]
fn curves_follow_their_control_points() {
    // A circle of cubic arcs with the usual factor, and one of quadratic ones over eight parts.
    let k = 0.552_284_749_8;
    let cubic = format!("M1 0C1 {k} {k} 1 0 1 C-{k} 1 -1 {k} -1 0 c0 -{k} {0} -1 1 -1 c{k} 0 1 {0} 1 1z", 1.0 - k);
    let mut quadratic = String::from("M1 0");
    for at in 0..8 {
        let (middle, end) = ((f64::from(at) + 0.5) * FRAC_PI_4, (f64::from(at) + 1.0) * FRAC_PI_4);
        let out = 1.0 / FRAC_PI_8.cos();
        quadratic += &format!("Q{} {} {} {}", out * middle.cos(), out * middle.sin(), end.cos(), end.sin());
    }
    for data in [cubic, quadratic] {
        let shape = path(&data).unwrap();
        for p in &shape.rings()[0] {
            let radius = (p[0] - 0.5).hypot(p[1] - 0.5);
            assert!((radius - 0.5).abs() < 2e-3, "{radius}");
        }
    }
}

#[test]
fn arcs_and_smooth_curves_are_known() {
    // A disc of two arcs, and a lens whose second half mirrors the first one's handle.
    let disc = path("M0 5a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z").unwrap();
    assert!(disc.rings()[0].iter().all(|p| ((p[0] - 0.5).hypot(p[1] - 0.5) - 0.5).abs() < 4e-3), "{disc:?}");
    assert_eq!(quarters("M0 0C0 2 2 2 2 0S4 -2 4 0z"), quarters("M0 0C0 2 2 2 2 0C2 -2 4 -2 4 0z"));
    assert_eq!(quarters("M0 0Q1 2 2 0T4 0z"), quarters("M0 0Q1 2 2 0Q3 -2 4 0z"));
}

#[test]
fn what_drawing_programs_write_is_read() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \
                \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [<!ENTITY ns 'http://www.w3.org/2000/svg'>]>\
                <svg xmlns=\"&ns;\"><defs/><g><path d=\"M0 0&#10;h2v1z\"/></g></svg>";
    let shape = UserShape::from_svg("t.svg", text).unwrap();
    assert_eq!(shape.rings(), [vec![[0.0, 0.0], [1.0, 0.0], [1.0, 0.5]]]);
}

#[test]
fn a_path_goes_on_after_it_was_closed() {
    let shape = path("M0 0h4v4h-4z l1 1h2v2h-2z").unwrap();
    assert_eq!(shape.rings().len(), 2);
    assert_eq!(shape.rings()[1][0], [0.0, 0.0]);
}

#[test]
fn the_first_outline_of_a_file_counts() {
    let text = "<?xml version='1.0'?>\n<!-- <path d='M0 0 nonsense'/> --><svg><g id='a'>\n<path class=\"x\"\n id='p'/>\
                <polygon style='fill:none' points = '0,0 2,0 2,1'/><path d='M0 0L1 0L0 1z'/></g></svg>";
    let shape = UserShape::from_svg("t.svg", text).unwrap();
    assert_eq!(shape.rings(), [vec![[0.0, 0.0], [1.0, 0.0], [1.0, 0.5]]]);
    assert_eq!(shape.name(), "t.svg");
}

#[test]
fn damaged_files_are_told() {
    let message = |result: scumble_core::Result<UserShape>| {
        let error = result.unwrap_err();
        assert_eq!(error.fault(), Fault::Input, "{error}");
        error.to_string()
    };
    for (data, part) in [
        ("L0 0 1 1", "cannot be read"),
        ("1 2 3 4", "cannot be read"),
        ("M0 0 L 1", "cannot be read"),
        ("M0 0 L 1 .", "cannot be read"),
        ("M0 0 L 1 1e999", "cannot be read"),
        ("M0 0 1 0 1 1 z 5 5", "cannot be read"),
        ("M0 0 ☃", "cannot be read"),
        ("M0 0 1 1 2 2z", "encloses nothing"),
        ("M5 5z", "encloses nothing"),
        ("", "encloses nothing"),
        ("M0 0 1 0 1 1e12z", "beyond"),
    ] {
        let message = message(path(data));
        assert!(message.contains(part) && message.starts_with("shape.svg: "), "{data}: {message}");
    }
    for text in ["<svg/>", "<svg><circle r='3'/></svg>", "<svg><path/><polygon/></svg>"] {
        let message = message(UserShape::from_svg("f", text));
        assert!(message.contains("no <path>"), "{text}: {message}");
    }
    for text in
        ["", "{}", "<path", "<path d=", "<path d='", "<path d=3>", "<!-- <path d='M0 0'", "<svg><path d='M0 0h1v1z'/>"]
    {
        let message = message(UserShape::from_svg("f", text));
        assert!(message.contains("not an SVG file"), "{text}: {message}");
    }
    for (head, tail) in [("<path d='M0 0", "'/>"), ("<polygon points='0 0", "'/>")] {
        let long = format!("{head}{}{tail}", " 1 2".repeat(30_000));
        assert_eq!(UserShape::from_svg("f", &long).unwrap_err().fault(), Fault::Limit);
    }
    assert_eq!(UserShape::from_svg("f", &" ".repeat(2 << 20)).unwrap_err().fault(), Fault::Limit);
}

proptest! {
    #[test]
    fn no_text_is_a_bug(data in "[MLHVCQZmlhvcqzAe0-9 .,+-]{0,60}", text in "[<>a-z='\"/! -]{0,60}") {
        let _ = path(&data);
        let _ = UserShape::from_svg("t", &text);
        let _ = UserShape::from_svg("t", &format!("<path {text} d='{data}'>"));
    }
}

/// An L of squares, with a hole in its corner.
const LETTER: &str = "M0 0h4v10h6v4h-10z M1 11v2h2v-2z";

fn letter(mirrored: bool) -> scumble_region::Labels {
    let (sin, cos) = 0.7f64.sin_cos();
    labels(150, 150, |x, y| {
        let [dx, dy] = [(x as f64 + 0.5 - 75.0) / 7.0, (y as f64 + 0.5 - 75.0) / 7.0];
        let [u, v] = [dx * cos + dy * sin + 5.0, dy * cos - dx * sin + 7.0];
        let u = if mirrored { 10.0 - u } else { u };
        let hole = (1.0..3.0).contains(&u) && (11.0..13.0).contains(&v);
        u32::from(
            ((0.0..4.0).contains(&u) && (0.0..14.0).contains(&v)
                || (4.0..10.0).contains(&u) && (10.0..14.0).contains(&v))
                && !hole,
        )
    })
}

#[test]
fn regions_become_the_shape_they_look_like() {
    let users = [path("M0 0h10v1h-10z").unwrap(), path(LETTER).unwrap()];
    let chooser = |reflect, shapes: &[ShapeClass]| {
        let params = ShapesParams { abstraction: 0.05, shapes: shapes.to_vec(), reflect };
        Chooser::new(params, &users, Learned::new()).unwrap()
    };
    for mirrored in [false, true] {
        let rings = Contours::new(&letter(mirrored)).rings(1);
        let fit = chooser(true, &ShapeClass::ALL).choose(&rings, None).unwrap();
        assert_eq!((fit.class, fit.user), (ShapeClass::User, Some(1)));
        // Holes count as filled in both.
        assert!(fit.iou > 0.97, "{}", fit.iou);
        let Figure::Rings(rings) = &fit.figure else { panic!("{fit:?}") };
        assert_eq!(rings.len(), 2);
        let plain = chooser(false, &[ShapeClass::User]).choose(&rings_of(mirrored), None).unwrap();
        // A letter that may not be mirrored does not fit its mirror image.
        assert_eq!(plain.iou > 0.9, !mirrored, "{}", plain.iou);
    }
}

fn rings_of(mirrored: bool) -> Vec<Vec<[f32; 2]>> {
    Contours::new(&letter(mirrored)).rings(1)
}

#[test]
fn a_shape_of_one_ring_is_a_polygon() {
    let users = [path("M0 0h4v10h6v4h-10z").unwrap()];
    let params = ShapesParams { abstraction: 0.05, shapes: vec![ShapeClass::User], reflect: false };
    let fit = Chooser::new(params, &users, Learned::new()).unwrap().choose(&rings_of(false), None).unwrap();
    let Figure::Geometry(Geometry::Polygon { points }) = &fit.figure else { panic!("{fit:?}") };
    assert_eq!(points.len(), 6);
    assert!(fit.iou > 0.97, "{}", fit.iou);
}
