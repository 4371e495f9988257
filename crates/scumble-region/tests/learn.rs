//! What the chooser learns from picks.

mod outlines;

use outlines::labels;
use scumble_core::Fault;
use scumble_region::contour::Contours;
use scumble_region::shapes::choose::{Chooser, ShapesParams};
use scumble_region::shapes::learn::Learned;
use scumble_region::shapes::{Features, ShapeClass};

const BOTH: [ShapeClass; 3] = [ShapeClass::Circle, ShapeClass::Ellipse, ShapeClass::Rectangle];

fn chooser(learned: Learned) -> Chooser {
    Chooser::new(ShapesParams { abstraction: 0.05, shapes: BOTH.to_vec(), reflect: true }, &[], learned).unwrap()
}

/// An ellipse of the given radii, turned by its size.
fn ellipse(a: f64, b: f64) -> Vec<Vec<[f32; 2]>> {
    let (sin, cos) = (a + b).sin_cos();
    let labels = labels(120, 120, |x, y| {
        let [dx, dy] = [x as f64 + 0.5 - 60.0, y as f64 + 0.5 - 60.0];
        u32::from(((dx * cos + dy * sin) / a).hypot((dy * cos - dx * sin) / b) < 1.0)
    });
    Contours::new(&labels).rings(1)
}

/// A user who turns slim ellipses into rectangles and leaves the others.
fn picks(count: usize) -> Learned {
    let mut learned = Learned::new();
    let plain = chooser(Learned::new());
    for at in 0..count {
        let slim = at % 2 == 0;
        let rings = ellipse(50.0 - at as f64 % 5.0, if slim { 14.0 } else { 40.0 } + at as f64 % 3.0);
        learned
            .add(plain.features(&rings, None).unwrap(), if slim { ShapeClass::Rectangle } else { ShapeClass::Ellipse });
    }
    learned
}

#[test]
fn picks_decide_once_there_are_twenty() {
    let (slim, wide) = (ellipse(46.0, 14.5), ellipse(47.0, 40.5));
    let class = |learned: &Learned, rings| chooser(learned.clone()).choose(rings, None).unwrap().class;
    let few = picks(19);
    assert_eq!(class(&few, &slim), ShapeClass::Ellipse);
    let enough = picks(20);
    assert_eq!(class(&enough, &slim), ShapeClass::Rectangle);
    assert_eq!(class(&enough, &wide), ShapeClass::Ellipse);
}

#[test]
fn five_nearest_vote() {
    let learned = picks(24);
    let features = chooser(Learned::new()).features(&ellipse(46.0, 14.5), None).unwrap();
    assert_eq!(learned.votes(&features, ShapeClass::Rectangle), 1.0);
    assert_eq!(learned.votes(&features, ShapeClass::Circle), 0.0);
    assert_eq!(Learned::new().votes(&features, ShapeClass::Circle), 0.0);
    let mut mixed = Learned::new();
    use ShapeClass::{Circle, Ellipse};
    for (i, class) in [Circle, Circle, Ellipse, Circle, Ellipse, Ellipse].into_iter().enumerate() {
        let apart = [3.0, -1.0, 1.1, 1.2, -1.3, 1.4][i];
        mixed.add(Features { holes: 0.5 + 0.01 * apart, ..features }, class);
    }
    let features = Features { holes: 0.5, ..features };
    // Of six, the first is farthest, and out.
    assert_eq!(mixed.votes(&features, ShapeClass::Ellipse), 0.6);
}

#[test]
fn features_are_those_of_the_shape() {
    let features = |rings: &[Vec<[f32; 2]>]| chooser(Learned::new()).features(rings, None).unwrap();
    let round = features(&ellipse(50.0, 25.0));
    // Of 50 by 25 pixels, staircases change areas by some thousandths.
    assert!((round.ellipticity - 1.0).abs() < 2e-3 && (round.roundness - 0.5).abs() < 5e-3, "{round:?}");
    assert!(round.triangularity < 0.01 && round.squareness < 0.02 && round.solidity > 0.97);
    // Its box is half a pixel larger on all sides: 3 % of the area.
    assert!((round.rectangularity - std::f64::consts::FRAC_PI_4).abs() < 0.03, "{round:?}");
    let square = features(&[vec![[0.0, 0.0], [30.0, 0.0], [30.0, 30.0], [0.0, 30.0]]]);
    assert!((square.squareness - 1.0).abs() < 1e-9 && (square.rectangularity - 1.0).abs() < 1e-9);
    assert!((square.ellipticity - 144.0 / (16.0 * std::f64::consts::PI.powi(2))).abs() < 1e-9);
    assert!((square.compactness - std::f64::consts::FRAC_PI_4).abs() < 1e-9);
    let triangle = features(&[vec![[3.0, 1.0], [90.0, 20.0], [31.0, 70.0]]]);
    assert!((triangle.triangularity - 1.0).abs() < 1e-9 && triangle.squareness < 1e-9);
    assert!((triangle.ellipticity - 108.0 / (16.0 * std::f64::consts::PI.powi(2))).abs() < 1e-9);
    let frame = features(&[
        vec![[0.0, 0.0], [30.0, 0.0], [30.0, 30.0], [0.0, 30.0]],
        vec![[5.0, 5.0], [5.0, 15.0], [15.0, 15.0], [15.0, 5.0]],
    ]);
    assert!((frame.holes - 1.0 / 9.0).abs() < 1e-9);
    assert_eq!(frame.values().len(), Features::COUNT);
}

#[test]
fn json_goes_both_ways() {
    let learned = picks(21);
    let text = learned.to_json().unwrap();
    assert_eq!(Learned::from_json(&text).unwrap(), learned);
    assert_eq!(learned.len(), 21);
    assert!(Learned::from_json(&Learned::new().to_json().unwrap()).unwrap().is_empty());
}

#[test]
fn damaged_json_is_told() {
    let text = picks(1).to_json().unwrap();
    for (from, to, part) in [
        ("\"version\": 1", "\"version\": 7", "version is 7"),
        ("\"version\": 1", "\"other\": 1", "no version"),
        ("\"rectangle\"", "\"teapot\"", "teapot"),
        ("\"solidity\": 0.", "\"solidity\": 4.", "allowed is 0 to 1"),
        ("\"solidity\"", "\"liquidity\"", "liquidity"),
        ("\"picks\"", "\"peaks\"", "peaks"),
        ("{", "", "cannot be read"),
    ] {
        let damaged = text.replacen(from, to, 1);
        assert_ne!(damaged, text, "{from}");
        let error = Learned::from_json(&damaged).unwrap_err();
        assert_eq!(error.fault(), Fault::Input);
        assert!(error.to_string().contains(part), "{error}");
    }
}
