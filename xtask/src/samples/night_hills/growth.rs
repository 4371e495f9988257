//! What grows: cypresses like dark flames, and poppies in the foreground.

use super::HEIGHT;
use super::pigment::*;
use crate::samples::colour::{Lab, ramp};
use crate::samples::geometry::{Vec2, lerp, smoothstep, vec2};
use crate::samples::noise;
use crate::samples::painter::Motif;
use crate::samples::random::Dice;

/// A cypress, its axis swaying between `foot` and `tip`.
pub struct Cypress {
    foot: Vec2,
    tip: Vec2,
    /// Half its greatest width, pixels.
    girth: f32,
    seed: u64,
}

/// Back to front.
pub const TREES: [Cypress; 5] = [
    Cypress { foot: vec2(736.0, 520.0), tip: vec2(742.0, 196.0), girth: 25.0, seed: 401 },
    Cypress { foot: vec2(598.0, 540.0), tip: vec2(608.0, 236.0), girth: 24.0, seed: 402 },
    Cypress { foot: vec2(668.0, 590.0), tip: vec2(676.0, 52.0), girth: 44.0, seed: 403 },
    Cypress { foot: vec2(74.0, 560.0), tip: vec2(73.0, 368.0), girth: 17.0, seed: 404 },
    Cypress { foot: vec2(112.0, 560.0), tip: vec2(111.0, 428.0), girth: 12.0, seed: 405 },
];

impl Cypress {
    /// 0 at the foot, 1 at the tip.
    fn height(&self, p: Vec2) -> f32 {
        (self.foot.y - p.y) / (self.foot.y - self.tip.y)
    }

    /// Signed distance right of the axis, in half widths at that height.
    fn across(&self, p: Vec2) -> f32 {
        let h = self.height(p);
        let sway = 0.35 * self.girth * (h * 6.0 + self.seed as f32).sin() * h;
        let axis = lerp(self.foot.x, self.tip.x, h) + sway;
        let flame = (std::f32::consts::PI * h.clamp(0.0, 1.0).powf(0.62)).sin().max(0.0).powf(0.75);
        // Each flank has its own tongues: they swell slowly and break off at once, going up.
        let side = if p.x < axis { 0.0 } else { 40.0 };
        let rise = p.y / 27.0 + 0.8 * noise::line(self.seed + 1, p.y / 60.0 + side) + side;
        let licks = 0.72 + 0.5 * rise.rem_euclid(1.0) * noise::line(self.seed + 2, rise.floor());
        (p.x - axis) / (self.girth * flame * licks + 1.5)
    }
}

impl Motif for Cypress {
    fn contains(&self, p: Vec2) -> bool {
        (0.0..1.0).contains(&self.height(p)) && self.across(p).abs() < 1.0
    }

    fn flow(&self, p: Vec2) -> Vec2 {
        // Flames: upwards, fanning out at the flanks, curling as they rise.
        let across = self.across(p).clamp(-1.2, 1.2);
        let curl = 0.55 * ((p.y / 31.0) + across * 2.2).sin() + 0.6 * (noise::fractal(self.seed + 5, p, 50.0) - 0.5);
        let fan = 0.4 * across * (1.0 - self.height(p));
        // Straighter towards the tip, where a curl would stick out.
        let calm = smoothstep(1.0, 0.7, self.height(p)) * smoothstep(8.0, 30.0, self.girth);
        vec2(fan + 0.7 * curl * calm, -1.0)
    }

    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2] {
        // The moon stands to the left: light on the left flank.
        let lit = smoothstep(0.1, -0.9, self.across(p));
        let lick = noise::value(self.seed + 7, vec2(p.x / 9.0, p.y / 40.0));
        let stops = [INK, INK, BOTTLE, SAP, OLIVE, OCHRE].map(Lab::hex);
        let first = ramp(&stops, 0.62 * lick + 0.45 * lit + 0.07 * dice.bell());
        if dice.chance(0.06) {
            [first, Lab::hex(RUST)]
        } else if dice.chance(0.08) {
            [first, Lab::hex(ULTRAMARINE)]
        } else {
            [first, Lab::hex(UMBER).mix(first, 0.65)]
        }
    }
}

/// Poppies: dabs of vermilion in drifts.
pub struct Poppies;

impl Motif for Poppies {
    fn contains(&self, p: Vec2) -> bool {
        p.y < HEIGHT && p.y > 440.0
    }

    fn flow(&self, p: Vec2) -> Vec2 {
        Vec2::from_angle(6.0 * noise::value(500, p * 0.2))
    }

    fn colours(&self, p: Vec2, dice: &mut Dice) -> [Lab; 2] {
        let light = ramp(&[RUST, VERMILION, VERMILION, CADMIUM].map(Lab::hex), dice.unit());
        [light, Lab::hex(VERMILION).lighter(0.06 * noise::value(501, p * 0.1))]
    }

    fn detail(&self, p: Vec2) -> f32 {
        let drift = noise::fractal(502, vec2(p.x, 2.2 * p.y), 130.0);
        let left = smoothstep(640.0, 260.0, p.x);
        smoothstep(0.46, 0.62, drift) * left * smoothstep(490.0, 560.0, p.y)
    }
}
