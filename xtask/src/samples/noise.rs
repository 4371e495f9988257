//! Smooth random fields: value noise on a lattice and its fractal sum.

use super::geometry::{Vec2, lerp, vec2};
use super::random::lattice;

/// Value noise in [0, 1] with features about one unit wide.
pub fn value(seed: u64, p: Vec2) -> f32 {
    let (left, top) = (p.x.floor(), p.y.floor());
    let (fx, fy) = (fade(p.x - left), fade(p.y - top));
    let (x, y) = (left as i32, top as i32);
    let upper = lerp(lattice(seed, x, y), lattice(seed, x + 1, y), fx);
    let lower = lerp(lattice(seed, x, y + 1), lattice(seed, x + 1, y + 1), fx);
    lerp(upper, lower, fy)
}

/// Four octaves of value noise, in [0, 1], mean 0.5; the coarsest features are `size` wide.
pub fn fractal(seed: u64, p: Vec2, size: f32) -> f32 {
    let (mut sum, mut weight, mut frequency) = (0.0, 0.5, 1.0 / size);
    let mut total = 0.0;
    for octave in 0..4 {
        // Octaves are turned against each other, lest the lattice shows.
        let q = p.rotated(0.6 * octave as f32) * frequency;
        sum += weight * value(seed + octave, q);
        total += weight;
        weight *= 0.5;
        frequency *= 2.07;
    }
    sum / total
}

/// Noise along a line, in [0, 1], with features about one unit long.
pub fn line(seed: u64, x: f32) -> f32 {
    value(seed, vec2(x, 0.5))
}

/// Quintic interpolation: continuous second derivative.
fn fade(t: f32) -> f32 {
    t * t * t * (t * (t * 6.0 - 15.0) + 10.0)
}
