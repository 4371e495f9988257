//! Superellipses.

use std::f64::consts::FRAC_PI_4;

use super::ShapeClass;
use super::candidate::{Bench, Model};
use super::ellipse::by_moments;
use super::square::angle;
use super::template::{Form, Place, Template, curve};
use crate::procrustes::Matcher;

/// The exponents there are: hollow diamond, diamond, between diamond and ellipse, then ever more a box; 2 would be an ellipse.
const EXPONENTS: [f64; 6] = [0.7, 1.0, 1.5, 3.0, 4.0, 8.0];
/// Ratio of axes from which a region has a direction of its own.
const LONG: f64 = 1.25;

/// Those before they are stretched, of area 1.
pub(super) fn templates(matcher: &Matcher) -> Vec<Template> {
    let template = |exponent: f64| {
        let power = |v: f64| v.signum() * v.abs().powf(2.0 / exponent);
        let ring = curve(|cos, sin| [power(cos), power(sin)]);
        Template::polygon(ShapeClass::Superellipse, Form::Superellipse(exponent), ring, matcher)
            .map(|shape| Template { stretches: true, ..shape })
    };
    EXPONENTS.iter().filter_map(|exponent| template(*exponent)).collect()
}

/// Half the width of the superellipse of area 1, `4 Γ(1 + 1/p)² / Γ(1 + 2/p) r² = 1`.
pub(super) fn radius(exponent: f64) -> f64 {
    let (one, two) = (gamma(1.0 + 1.0 / exponent), gamma(1.0 + 2.0 / exponent));
    (two / 4.0).sqrt() / one
}

/// Along the axes of the covariance, with which its stretch agrees for every exponent; of regions about as wide as high, which
/// have no such axes, along and across the fourth moment.
pub(super) fn starts<'a>(bench: &Bench<'a, '_>) -> Vec<Model<'a>> {
    let along = by_moments(bench);
    let mut places = vec![along];
    if along.stretch < LONG.ln() {
        let angle = angle(bench);
        places.extend([angle, angle + FRAC_PI_4].map(|angle| Place { angle, stretch: 0.0, ..along }));
    }
    let shapes = bench.library.of(ShapeClass::Superellipse);
    shapes.flat_map(|shape| places.iter().map(move |place| Model::Placed(shape, *place))).collect()
}

/// The gamma function for arguments from 1 (Lanczos 1964, with g = 7 and nine coefficients).
fn gamma(x: f64) -> f64 {
    const FIRST: f64 = 0.999_999_999_999_809_9;
    const OTHERS: [f64; 8] = [
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let sum = OTHERS.iter().enumerate().fold(FIRST, |sum, (at, factor)| sum + factor / (x + 1.0 + at as f64));
    let t = x + 7.5;
    std::f64::consts::TAU.sqrt() * t.powf(x + 0.5) * (-t).exp() * sum
}
