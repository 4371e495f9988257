//! Printing: paper, inks, the grain of the wood, and blocks that never sit quite in register.

use image::{Rgb, RgbImage};

use crate::samples::colour::{Lab, encode_srgb};
use crate::samples::geometry::{Vec2, smoothstep, vec2};
use crate::samples::noise;

/// The inks of the colour blocks; bare paper among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    Paper,
    Sand,
    Pale,
    Blue,
    Deep,
    Vermilion,
}

/// A design in two parts: flat colours, and the dark lines of the key block.
pub trait Block {
    /// The flat ink at `p`.
    fn colour(&self, p: Vec2) -> Ink;
    /// Whether the key block prints at `p`.
    fn key(&self, p: Vec2) -> bool;
}

/// Samples along one pixel: carved edges stay smooth.
const SAMPLES: u32 = 3;
const SEED: u64 = 1831;
const PAPER: u32 = 0xf1e6cb;
const KEY: u32 = 0x15213f;

impl Ink {
    fn lab(self) -> Lab {
        Lab::hex(match self {
            Self::Paper => PAPER,
            Self::Sand => 0xdcb877,
            Self::Pale => 0xa9c6c4,
            Self::Blue => 0x4f86a6,
            Self::Deep => 0x25497b,
            Self::Vermilion => 0xcf4a2c,
        })
    }
}

/// One impression of `design`.
pub fn pull(width: u32, height: u32, design: &dyn Block) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let mut sum = [0.0; 3];
        for sample in 0..SAMPLES * SAMPLES {
            let offset = |i: u32| (i as f32 + 0.5) / SAMPLES as f32;
            let p = vec2(x as f32 + offset(sample % SAMPLES), y as f32 + offset(sample / SAMPLES));
            for (sum, light) in sum.iter_mut().zip(impression(p, design).to_linear()) {
                *sum += light;
            }
        }
        Rgb(sum.map(|v| encode_srgb(v / (SAMPLES * SAMPLES) as f32)))
    })
}

/// Colour of the print at `p`.
fn impression(p: Vec2, design: &dyn Block) -> Lab {
    let fibre = noise::value(SEED, vec2(p.x / 2.3, p.y / 1.9)) + noise::fractal(SEED + 1, p, 40.0) - 1.0;
    let paper = Lab::hex(PAPER).lighter(0.022 * fibre);
    // The knife wavers, and the colour blocks sit a little off the key.
    let waver = |s: u64| 1.4 * (noise::value(SEED + s, p * 0.13) - 0.5) + 0.4 * (noise::value(SEED + s, p * 0.6) - 0.5);
    let cut = p + vec2(waver(2), waver(3));
    let ink = design.colour(cut + vec2(1.3, -0.9));
    let mut colour = paper;
    if ink != Ink::Paper {
        colour = paper.mix(ink.lab(), 0.97 * density(p, ink as u64));
    }
    if design.key(cut) {
        colour = colour.mix(Lab::hex(KEY), 0.96 * density(p, 20));
    }
    colour
}

/// How much ink the block left at `p`: streaks of the wood's grain, and specks it missed.
fn density(p: Vec2, block: u64) -> f32 {
    let seed = SEED + 100 + 10 * block;
    // Year rings: lines nearly level, bent around a few knots.
    let bend = 26.0 * noise::fractal(seed, vec2(p.x * 0.35, p.y), 120.0);
    let rings = noise::line(seed + 5, (p.y + bend) / 2.6);
    let wide = noise::fractal(seed + 6, vec2(p.x * 0.3, p.y), 60.0);
    let speck = noise::value(seed + 7, vec2(p.x / 1.6, p.y / 1.3));
    let missed = smoothstep(0.86, 0.96, speck) * smoothstep(0.45, 0.65, wide);
    (1.0 - 0.22 * rings * smoothstep(0.3, 0.7, wide) - 0.10 * wide) * (1.0 - 0.7 * missed)
}
