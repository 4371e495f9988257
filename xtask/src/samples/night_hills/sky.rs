//! The sky: a wind from the left, wound up by the moon and by a cloud turning against it.

use super::pigment::*;
use super::{HORIZON, WIDTH};
use crate::samples::colour::{Lab, ramp};
use crate::samples::geometry::{Vec2, lerp, smoothstep, vec2};
use crate::samples::grid::Grid;
use crate::samples::noise;
use crate::samples::painter::Motif;
use crate::samples::random::Dice;

/// Centre of the moon.
pub const MOON: Vec2 = vec2(236.0, 176.0);
const CLOUD: Vec2 = vec2(560.0, 118.0);
const SEED: u64 = 11;

/// Wind and tone of the sky; thousands of strokes ask for them, so both are computed once.
pub struct Sky {
    wind: Grid<Vec2>,
    tone: Grid<f32>,
}

/// A swirl: turns (positive clockwise on screen) about its centre, strongest within `radius`.
struct Vortex {
    centre: Vec2,
    radius: f32,
    turn: f32,
    /// Part of the motion that goes inwards: 0 paints rings, more paints spirals.
    inward: f32,
}

const VORTICES: [Vortex; 4] = [
    Vortex { centre: MOON, radius: 150.0, turn: 1.0, inward: 0.10 },
    Vortex { centre: CLOUD, radius: 105.0, turn: -1.0, inward: 0.22 },
    Vortex { centre: vec2(398.0, 236.0), radius: 62.0, turn: -0.9, inward: 0.2 },
    Vortex { centre: vec2(30.0, 40.0), radius: 70.0, turn: -0.8, inward: 0.25 },
];

impl Motif for Sky {
    fn contains(&self, p: Vec2) -> bool {
        p.y < HORIZON + 4.0
    }

    fn flow(&self, p: Vec2) -> Vec2 {
        self.wind.at(p)
    }

    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2] {
        let tone = self.tone.at(p);
        let first = glow(p, tone, dice);
        let near = p + vec2(dice.range(-14.0, 14.0), dice.range(-14.0, 14.0));
        let second = glow(near, self.tone.at(near), dice);
        // Now and then a stroke of violet, or of the light from elsewhere.
        let accent = dice.unit();
        if accent < 0.07 {
            [first, Lab::hex(VIOLET).lighter(0.1 * tone)]
        } else if accent < 0.10 {
            [first.mix(Lab::hex(MAUVE), 0.6), second]
        } else {
            [first, second]
        }
    }

    fn detail(&self, p: Vec2) -> f32 {
        let moon = (-((p - MOON).length() / 150.0).powi(2)).exp();
        0.35 + 0.65 * moon.max(smoothstep(0.5, 0.8, self.tone.at(p)))
    }
}

impl Sky {
    pub fn new() -> Self {
        let wind = Grid::new(WIDTH, HORIZON, wind);
        let tone = Grid::new(WIDTH, HORIZON, |p| tone(&wind, p));
        Self { wind, tone }
    }
}

/// Blues: darker above, greener and lighter towards the horizon, light on the cloud's arms.
fn night(p: Vec2, tone: f32) -> Lab {
    let arm = p - CLOUD;
    let winding = (arm.length() / 13.0 + 1.0 * arm.angle()).sin();
    let cloud = (-(arm.length() / 88.0).powi(2)).exp();
    let depth = smoothstep(0.0, HORIZON, p.y);
    let t = 0.74 * tone + 0.17 * depth + cloud * (0.28 + 0.34 * winding);
    let stops = [PRUSSIAN, ULTRAMARINE, COBALT, CERULEAN, TURQUOISE, MIST].map(Lab::hex);
    let greener = [INK, PRUSSIAN, TEAL, TURQUOISE, MIST, CREAM].map(Lab::hex);
    ramp(&stops, t).mix(ramp(&greener, t), 0.15 + 0.55 * depth * depth)
}

/// The moon and its rings in the night.
fn glow(p: Vec2, tone: f32, dice: &mut Dice) -> Lab {
    let arm = p - MOON;
    let r = arm.length() + 9.0 * (noise::fractal(SEED + 40, p, 60.0) - 0.5);
    let ring = 0.5 + 0.5 * ((r - 44.0) / 7.4 + arm.angle()).sin();
    if r < 34.0 {
        let core = [LEMON, CREAM, CREAM, CADMIUM].map(Lab::hex);
        return ramp(&core, r / 34.0 + 0.2 * (tone - 0.5));
    }
    let lights = [CADMIUM, LEMON, OCHRE, LEMON, TURQUOISE].map(Lab::hex);
    let reach = (r - 34.0) / 120.0;
    let light = ramp(&lights, reach + 0.16 * (tone - 0.5));
    let strength = lerp(1.0, 0.0, smoothstep(0.25, 1.15, reach));
    // Rings of night between rings of light, deeper further out.
    let gap = smoothstep(0.30, 0.62, ring + 0.35 * (1.0 - smoothstep(0.0, 0.5, reach)));
    // Broken colour: a stroke is of the light or of the night; mixed, the two would go grey.
    let share = smoothstep(0.34, 0.66, strength * gap + 0.12 * dice.bell());
    night(p, tone).mix(light, share)
}

/// Direction of the wind.
fn wind(p: Vec2) -> Vec2 {
    let swell = 0.55 * (p.x / 92.0 + p.y / 150.0).sin() + 0.8 * (noise::fractal(SEED, p, 190.0) - 0.5);
    // The wind lies down towards the horizon.
    let calm = smoothstep(HORIZON - 110.0, HORIZON, p.y);
    let mut wind = vec2(1.0, swell * (1.0 - 0.85 * calm));
    for vortex in VORTICES {
        let arm = p - vortex.centre;
        let share = (-(arm.length() / vortex.radius).powi(2)).exp();
        let swirl = arm.unit().turned() * vortex.turn - arm.unit() * vortex.inward;
        wind = wind * (1.0 - share) + swirl * (1.6 * share);
    }
    wind
}

/// Light and dark bands that run with the flow: noise averaged along the way of the wind.
fn tone(wind: &Grid<Vec2>, p: Vec2) -> f32 {
    /// Points on either side, pixels between them.
    const REACH: usize = 7;
    const STEP: f32 = 11.0;
    let mut sum = noise::fractal(SEED + 20, p, 52.0);
    for sense in [-1.0, 1.0] {
        let mut q = p;
        for _ in 0..REACH {
            q = q + wind.at(q).unit() * (STEP * sense);
            sum += noise::fractal(SEED + 20, q, 52.0);
        }
    }
    let mean = sum / (2 * REACH + 1) as f32;
    // Averaging flattens; stretch back to most of [0, 1].
    (0.5 + 2.9 * (mean - 0.5)).clamp(0.0, 1.0)
}
