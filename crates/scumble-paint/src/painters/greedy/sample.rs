//! New shapes at random, where they are needed and as large as the painting's progress asks.

use std::f32::consts::{PI, TAU};

use super::ShapeKind;
use super::guide::Guide;
use super::shape::{MOST_CORNERS, Shape};
use crate::dice::Dice;

/// Spread of sizes: the deviation of their logarithm.
const SIZES: f32 = 0.7;
/// Share of long shapes that lie along the edges near them, and their deviation from those.
const ALONG: f32 = 0.7;
const ASTRAY: f32 = 0.26;

/// What a new shape depends on, besides chance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sampler<'a> {
    pub guide: &'a Guide,
    /// Median of half a shape's extent, in pixels.
    pub median: f32,
    /// Least width of strokes, in pixels.
    pub thin: f32,
}

impl Sampler<'_> {
    pub fn shape(&self, kind: ShapeKind, dice: &mut Dice) -> Shape {
        let centre = self.guide.centre(dice);
        let size = self.median * (dice.normal() * SIZES).exp();
        let stretch = (dice.normal() * 0.5).exp();
        let tangent = self.guide.tangent(centre);
        let angle = if dice.unit() < ALONG { tangent + dice.normal() * ASTRAY } else { dice.between(0.0, PI) };
        let (long, short) = (size * stretch.max(1.0 / stretch), size * stretch.min(1.0 / stretch));
        let at = |angle: f32, reach: f32| [centre[0] + reach * angle.cos(), centre[1] + reach * angle.sin()];
        let upright = [size * stretch, size / stretch];
        let thick = (short * 0.3 * (dice.normal() * 0.5).exp()).max(self.thin);
        match kind {
            ShapeKind::Triangle => {
                let turn = dice.between(0.0, TAU);
                let points = [0.0, 1.0, 2.0]
                    .map(|i| at(turn + TAU / 3.0 * (i + 0.6 * (dice.unit() - 0.5)), size * dice.between(0.6, 1.6)));
                Shape::Triangle { points }
            }
            ShapeKind::Rectangle => Shape::Rectangle { centre, half: upright, angle: 0.0 },
            ShapeKind::RotatedRectangle => Shape::Rectangle { centre, half: [long, short], angle },
            ShapeKind::Circle => Shape::Ellipse { centre, radii: [size; 2], angle: 0.0 },
            ShapeKind::Ellipse => Shape::Ellipse { centre, radii: upright, angle: 0.0 },
            ShapeKind::RotatedEllipse => Shape::Ellipse { centre, radii: [long, short], angle },
            ShapeKind::Superellipse => Shape::Superellipse {
                centre,
                radii: [long, short],
                exponent: (dice.normal() * 0.6 + 0.9).exp().clamp(1.0, 8.0),
                angle,
            },
            ShapeKind::Polygon => {
                let corners = 4 + dice.below(MOST_CORNERS - 3);
                let turn = dice.between(0.0, TAU);
                let mut points = [centre; MOST_CORNERS];
                for (i, point) in points[..corners].iter_mut().enumerate() {
                    *point = at(
                        turn + TAU / corners as f32 * (i as f32 + 0.3 * (dice.unit() - 0.5)),
                        size * dice.between(0.8, 1.4),
                    );
                }
                Shape::Polygon { points, corners }
            }
            ShapeKind::Line => {
                Shape::Line { points: [at(angle, long * 1.5), at(angle + PI, long * 1.5)], width: thick }
            }
            ShapeKind::Curve => {
                let ends = [at(angle, long * 1.5), at(angle + PI, long * 1.5)];
                Shape::Curve { points: [ends[0], dice.nudge(centre, long * 0.5), ends[1]], width: thick }
            }
        }
    }
}
