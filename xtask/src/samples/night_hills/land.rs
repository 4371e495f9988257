//! Bay and hills.

use super::pigment::*;
use super::sky::MOON;
use super::{HEIGHT, HORIZON};
use crate::samples::colour::{Lab, ramp};
use crate::samples::geometry::{Vec2, lerp, smoothstep, vec2};
use crate::samples::noise;
use crate::samples::painter::Motif;
use crate::samples::random::Dice;

/// Water with the moon's path on it.
pub struct Bay;

impl Bay {
    /// Light of the moon's path, 0 to 1; it widens towards the beholder and breaks on the waves.
    fn path(&self, p: Vec2) -> f32 {
        let near = (p.y - HORIZON) / 110.0;
        let sway = 16.0 * (noise::line(91, p.y / 13.0) - 0.5);
        let across = (p.x - MOON.x - sway).abs() / lerp(20.0, 62.0, near);
        let waves = noise::value(92, vec2(p.x / 46.0, p.y / 5.0));
        (1.0 - across * across).max(0.0) * smoothstep(0.28, 0.5, waves + 0.25 * (1.0 - across))
    }
}

impl Motif for Bay {
    fn contains(&self, p: Vec2) -> bool {
        p.y > HORIZON && p.y < 470.0
    }

    fn flow(&self, p: Vec2) -> Vec2 {
        let near = (p.y - HORIZON) / 110.0;
        vec2(1.0, (0.05 + 0.22 * near) * (p.x / lerp(14.0, 30.0, near) + 3.0 * noise::line(93, p.y / 9.0)).sin())
    }

    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2] {
        let waves = noise::value(94, vec2(p.x / 60.0, p.y / 7.0));
        let far = 1.0 - smoothstep(HORIZON, HORIZON + 40.0, p.y);
        let stops = [PRUSSIAN, ULTRAMARINE, TEAL, COBALT, TURQUOISE].map(Lab::hex);
        let water = ramp(&stops, 0.95 * waves + 0.16 * far + 0.1 * dice.bell());
        let light = ramp(&[OCHRE, CADMIUM, LEMON, CREAM].map(Lab::hex), dice.range(0.2, 1.0));
        let path = self.path(p);
        if dice.chance(0.9 * path) {
            [light, light.mix(Lab::hex(CADMIUM), 0.4)]
        } else {
            [water, water.mix(Lab::hex(TURQUOISE), 0.25 * dice.unit())]
        }
    }

    fn detail(&self, p: Vec2) -> f32 {
        0.45 + 0.55 * self.path(p)
    }
}

/// A hill: everything below its ridge, ploughed in furrows that run down and away.
pub struct Hill {
    /// Ridge: a straight line in `x` from `left` to `right` (heights at the picture's edges) plus
    /// one swell of `swell` pixels and `wave` radians per pixel, from `phase`.
    left: f32,
    right: f32,
    swell: f32,
    wave: f32,
    phase: f32,
    /// Angle of the furrows at the ridge and at the picture's lower edge, radians.
    furrow: (f32, f32),
    /// Width of a furrow, pixels.
    pitch: f32,
    /// Colours from shadow to light.
    stops: [u32; 5],
    seed: u64,
}

/// Front to back.
pub const HILLS: [Hill; 5] = [
    Hill {
        left: 520.0,
        right: 540.0,
        swell: 18.0,
        wave: 0.0125,
        phase: 4.0,
        furrow: (-0.5, -1.2),
        pitch: 15.0,
        stops: [INK, BOTTLE, TEAL, SAP, OCHRE],
        seed: 304,
    },
    Hill {
        left: 470.0,
        right: 462.0,
        swell: 24.0,
        wave: 0.0098,
        phase: 2.6,
        furrow: (0.22, 0.8),
        pitch: 16.0,
        stops: [BOTTLE, SAP, TEAL, OLIVE, CADMIUM],
        seed: 303,
    },
    Hill {
        left: 500.0,
        right: 372.0,
        swell: 20.0,
        wave: 0.0115,
        phase: 0.4,
        furrow: (-0.2, -0.75),
        pitch: 14.0,
        stops: [RUST, OCHRE, CADMIUM, OLIVE, LEMON],
        seed: 302,
    },
    Hill {
        left: 512.0,
        right: 292.0,
        swell: 22.0,
        wave: 0.0125,
        phase: 4.4,
        furrow: (0.25, 0.75),
        pitch: 13.0,
        stops: [PRUSSIAN, TEAL, SAP, TURQUOISE, LEMON],
        seed: 301,
    },
    Hill {
        left: 478.0,
        right: 236.0,
        swell: 15.0,
        wave: 0.021,
        phase: 3.1,
        furrow: (0.5, 0.9),
        pitch: 14.0,
        stops: [PRUSSIAN, ULTRAMARINE, VIOLET, COBALT, MAUVE],
        seed: 300,
    },
];

impl Hill {
    /// Height of the ridge above `x`.
    fn ridge(&self, x: f32) -> f32 {
        lerp(self.left, self.right, smoothstep(-60.0, 828.0, x))
            + self.swell * (x * self.wave + self.phase).sin()
            + 5.0 * (noise::line(self.seed, x / 40.0) - 0.5)
    }

    /// 0 at the ridge, 1 well down the slope.
    fn depth(&self, p: Vec2) -> f32 {
        ((p.y - self.ridge(p.x)) / 120.0).clamp(0.0, 1.0)
    }
}

impl Motif for Hill {
    fn contains(&self, p: Vec2) -> bool {
        p.y > self.ridge(p.x) && p.y < HEIGHT + 20.0
    }

    fn flow(&self, p: Vec2) -> Vec2 {
        let slope = (self.ridge(p.x + 4.0) - self.ridge(p.x - 4.0)) / 8.0;
        let depth = self.depth(p);
        let bend = 0.9 * (noise::fractal(self.seed + 10, p, 150.0) - 0.5);
        // Along the ridge at the top, into the furrows below it.
        let turn = lerp(0.0, lerp(self.furrow.0, self.furrow.1, depth), smoothstep(0.0, 0.16, depth));
        Vec2::from_angle(slope.atan() + turn + bend)
    }

    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2] {
        let depth = self.depth(p);
        // Furrows are bands across the flow; a second, wide noise makes fields of them.
        let normal = Vec2::from_angle(lerp(self.furrow.0, self.furrow.1, 0.5)).turned();
        let bend = 26.0 * (noise::fractal(self.seed + 20, p, 120.0) - 0.5);
        let furrow = 0.5 + 0.5 * ((p.dot(normal) + bend) * std::f32::consts::TAU / (2.0 * self.pitch)).sin();
        let field = noise::fractal(self.seed + 30, p, 110.0);
        let rim = 1.0 - smoothstep(0.0, 0.075, depth);
        let t = 0.50 * furrow + 0.9 * (field - 0.5) + 0.28 + 0.35 * rim - 0.22 * depth;
        let stops = self.stops.map(Lab::hex);
        let first = ramp(&stops, t + 0.07 * dice.bell());
        let second = ramp(&stops, t + 0.18 * dice.bell());
        if dice.chance(0.05) { [first, Lab::hex(VIOLET)] } else { [first, second] }
    }

    fn detail(&self, p: Vec2) -> f32 {
        0.4 + 0.6 * (1.0 - smoothstep(0.0, 0.2, self.depth(p))) + 0.2 * smoothstep(0.5, 1.0, self.depth(p))
    }
}
