//! Covers a part of the picture with strokes that follow its flow: from broad to fine.

use super::brush::Brush;
use super::colour::Lab;
use super::geometry::{Vec2, vec2};
use super::random::Dice;
use super::surface::Surface;

/// A part of the picture: where it is, which way the brush goes there, and in what colours.
pub trait Motif {
    /// Whether `p` belongs to it.
    fn contains(&self, p: Vec2) -> bool;
    /// The direction of strokes at `p`; any length.
    fn flow(&self, p: Vec2) -> Vec2;
    /// The two colours a brush takes up for a stroke at `p`.
    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2];
    /// How much a pass of fine strokes has to do at `p`, 0 to 1.
    fn detail(&self, _p: Vec2) -> f32 {
        1.0
    }
}

/// One going-over with one size of brush.
#[derive(Debug, Clone, Copy)]
pub struct Pass {
    /// Mean distance between strokes' seeds, picture pixels.
    pub spacing: f32,
    /// Mean width of a stroke, picture pixels.
    pub width: f32,
    /// Mean length of a stroke, picture pixels.
    pub length: f32,
    /// Paint thickness, see [`Brush::body`].
    pub body: f32,
    /// Brush fullness, see [`Brush::load`].
    pub load: f32,
    /// Lightness scatter from stroke to stroke.
    pub scatter: f32,
    /// Share of seeds that become strokes, multiplied by the motif's detail where `selective`.
    pub share: f32,
    pub selective: bool,
}

/// The rectangle of the picture that a motif may occupy.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    pub from: Vec2,
    pub to: Vec2,
}

/// Paints `motif` in one `pass`; `stage` addresses its random numbers.
pub fn lay(surface: &mut Surface, motif: &dyn Motif, extent: Extent, pass: &Pass, address: (u64, u64)) {
    let (seed, stage) = address;
    let columns = ((extent.to.x - extent.from.x) / pass.spacing).ceil() as u64 + 1;
    let rows = ((extent.to.y - extent.from.y) / pass.spacing).ceil() as u64 + 1;
    let mut order: Vec<u64> = (0..columns * rows).collect();
    shuffle(&mut order, seed, stage);
    for index in order {
        let mut dice = Dice::new(seed, stage, index);
        let jitter = vec2(dice.range(-0.75, 0.75), dice.range(-0.75, 0.75));
        let place = vec2((index % columns) as f32, (index / columns) as f32) + jitter;
        let start = extent.from + place * pass.spacing;
        let detail = if pass.selective { motif.detail(start) } else { 1.0 };
        if !motif.contains(start) || !dice.chance(pass.share * detail) {
            continue;
        }
        one_stroke(surface, motif, pass, start, &mut dice);
    }
}

/// Pixels from point to point of a path.
const STEP: f32 = 2.0;

fn one_stroke(surface: &mut Surface, motif: &dyn Motif, pass: &Pass, start: Vec2, dice: &mut Dice) {
    // Lengths and widths are skewed: many middling strokes, a few long and broad ones.
    let length = pass.length * (0.55 * dice.bell()).exp().clamp(0.5, 2.6);
    let width = pass.width * (0.32 * dice.bell()).exp();
    let lean = 0.11 * dice.bell();
    let [first, second] = motif.colours(start, dice);
    let shift = pass.scatter * dice.bell();
    let turn = 0.10 * dice.bell();
    let recolour = |colour: Lab| colour.lighter(shift).turned(turn);
    let mut path = trace(motif, start, -1.0, 0.45 * length, lean);
    path.reverse();
    path.pop();
    path.extend(trace(motif, start, 1.0, 0.55 * length, lean));
    // A stroke cut short by the motif's border would be a blot.
    let reached = (path.len() - 1) as f32 * STEP;
    if path.len() < 3 || reached < (0.5 * length).min(1.5 * width) {
        return;
    }
    if dice.chance(0.3) {
        path.reverse();
    }
    let brush = Brush {
        width,
        colours: [recolour(first), recolour(second)],
        body: pass.body * dice.range(0.7, 1.3),
        load: pass.load * dice.range(0.75, 1.2),
        pickup: 0.006,
        streak: 0.085,
    };
    brush.stroke(surface, &path, dice);
}

/// Follows the flow from `start` for `length` pixels, or to the motif's border.
fn trace(motif: &dyn Motif, start: Vec2, sense: f32, length: f32, lean: f32) -> Vec<Vec2> {
    let mut points = vec![start];
    let mut p = start;
    for _ in 0..(length / STEP).ceil() as usize {
        let here = motif.flow(p).unit().rotated(lean) * (0.5 * STEP * sense);
        let half_way = motif.flow(p + here).unit().rotated(lean) * (STEP * sense);
        p = p + half_way;
        if !motif.contains(p) {
            break;
        }
        points.push(p);
    }
    points
}

/// Fisher–Yates: strokes overlap in no visible order.
fn shuffle(order: &mut [u64], seed: u64, stage: u64) {
    let mut dice = Dice::new(seed, stage, u64::MAX);
    for last in (1..order.len()).rev() {
        let other = (dice.unit() * (last + 1) as f32) as usize;
        order.swap(last, other.min(last));
    }
}
