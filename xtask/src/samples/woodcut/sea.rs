//! The sea: waves one before the other, each a ridge wound up at its crests.

use super::print::Ink;
use crate::samples::geometry::{Vec2, lerp, smoothstep, vec2};
use crate::samples::noise;
use crate::samples::random::Dice;

/// One range of waves.
pub struct Wave {
    /// Height of the troughs and of the crests above them, pixels.
    base: f32,
    height: f32,
    /// Distance between crests, and where one of them stands, pixels.
    length: f32,
    crest: f32,
    /// Winding of the crests, radians; 0 leaves a swell that does not break.
    winding: f32,
    /// Width of a carved line and the next gap together, pixels.
    pitch: f32,
    /// Inks from the crest down.
    inks: [Ink; 3],
    seed: u64,
}

/// Front to back.
pub const WAVES: [Wave; 5] = [
    Wave {
        base: 596.0,
        height: 120.0,
        length: 470.0,
        crest: 110.0,
        winding: 2.6,
        pitch: 11.0,
        inks: [Ink::Pale, Ink::Blue, Ink::Deep],
        seed: 1,
    },
    Wave {
        base: 560.0,
        height: 250.0,
        length: 640.0,
        crest: 480.0,
        winding: 3.0,
        pitch: 12.0,
        inks: [Ink::Blue, Ink::Pale, Ink::Deep],
        seed: 2,
    },
    Wave {
        base: 470.0,
        height: 200.0,
        length: 700.0,
        crest: 170.0,
        winding: 2.8,
        pitch: 10.0,
        inks: [Ink::Pale, Ink::Deep, Ink::Blue],
        seed: 3,
    },
    Wave {
        base: 400.0,
        height: 60.0,
        length: 230.0,
        crest: 60.0,
        winding: 2.2,
        pitch: 8.0,
        inks: [Ink::Blue, Ink::Deep, Ink::Blue],
        seed: 4,
    },
    Wave {
        base: 356.0,
        height: 12.0,
        length: 118.0,
        crest: 20.0,
        winding: 0.0,
        pitch: 7.0,
        inks: [Ink::Pale, Ink::Blue, Ink::Pale],
        seed: 5,
    },
];

impl Wave {
    /// The flat ink at `p`, where the wave is.
    pub fn colour(&self, p: Vec2) -> Option<Ink> {
        let q = self.unwound(p);
        let depth = self.depth(q);
        if depth < 0.0 {
            return self.spray(p).map(|_| Ink::Paper);
        }
        let foam = self.foam(q);
        if depth < foam {
            return Some(Ink::Paper);
        }
        // Bands of ink, their borders moving along the wave.
        let sway = 1.0 + 0.8 * (noise::line(self.seed * 50, q.x / 90.0) - 0.5);
        let band = depth / (0.3 * self.height.max(50.0) * sway);
        let ink = self.inks[(band as usize).min(2)];
        let gouge = self.gouge(q, depth, 0.5);
        Some(if gouge && band < 2.2 { Ink::Paper } else { ink })
    }

    /// Whether the key block prints at `p`, where the wave is.
    pub fn key(&self, p: Vec2) -> Option<bool> {
        let q = self.unwound(p);
        let depth = self.depth(q);
        if depth < -8.0 {
            return self.spray(p).map(|edge| edge < 1.1);
        }
        let stretch = self.stretch(p);
        let foam = self.foam(q);
        let swell = 1.0 + 1.1 * noise::line(self.seed * 60, q.x / 37.0);
        let contour = depth.abs() < 1.5 * swell * stretch;
        let border = (depth - foam).abs() < 0.9 * swell * stretch;
        let line = depth > foam && self.gouge(q, depth, 0.0);
        if depth < 0.0 && !contour {
            return self.spray(p).map(|edge| edge < 1.1);
        }
        Some(contour || border || line)
    }

    /// Distance of `p` from the edge of the drop it lies in, if it lies in one: drops fly off the crests.
    fn spray(&self, p: Vec2) -> Option<f32> {
        /// Pixels from drop to drop, before some are left out.
        const CELL: f32 = 11.0;
        if self.winding == 0.0 {
            return None;
        }
        let (column, row) = ((p.x / CELL).floor(), (p.y / CELL).floor());
        let mut dice = Dice::new(self.seed, column as i64 as u64, row as i64 as u64);
        let radius = dice.range(1.6, 3.6);
        let room = CELL - 2.0 * radius;
        let centre = vec2(column * CELL + radius + room * dice.unit(), row * CELL + radius + room * dice.unit());
        let edge = radius - (p - centre).length();
        // Thick near the crests, thinning out above them.
        let high = smoothstep(0.45, 0.8, (self.base - centre.y) / self.height);
        let rise = -self.depth(self.unwound(centre)) / self.height;
        let share = 0.75 * high * smoothstep(0.0, 0.03, rise - 0.02) * smoothstep(0.34, 0.04, rise);
        (edge > 0.0 && dice.chance(share)).then_some(edge)
    }

    /// Carved lines along the wave: `shift` 0 for those of the key, 0.5 for the light ones between.
    fn gouge(&self, q: Vec2, depth: f32, shift: f32) -> bool {
        let place = depth / self.pitch + 0.5 * noise::value(self.seed * 70, q * 0.02) + shift;
        let row = place.floor();
        // Each line swells and dies away, at other places than its neighbours.
        let life = noise::line(self.seed * 80 + row as u64, q.x / lerp(34.0, 80.0, (row / 12.0).min(1.0)) + 7.3 * row);
        let share = 0.62 * smoothstep(0.25, 0.75, life) * if shift > 0.0 { 0.7 } else { 1.0 };
        (place - row - 0.5).abs() < 0.5 * share
    }

    /// Signed depth below the surface, in unwound space.
    fn depth(&self, q: Vec2) -> f32 {
        let turn = (q.x - self.crest) / self.length * std::f32::consts::TAU;
        let rise = (0.5 + 0.5 * turn.cos()).powf(1.7);
        q.y - (self.base - self.height * rise) - 3.0 * (noise::line(self.seed * 90, q.x / 31.0) - 0.5)
    }

    /// Depth of the foam: scallops, deepest at the crests.
    fn foam(&self, q: Vec2) -> f32 {
        let turn = (q.x - self.crest) / self.length * std::f32::consts::TAU;
        let crest = (0.5 + 0.5 * turn.cos()).powi(3);
        let scallop = (q.x / lerp(5.0, 9.0, crest)).sin().abs();
        0.05 * self.height * (0.35 + crest) + 0.075 * self.height * crest * scallop
    }

    /// Where `p` was before the crests were wound up.
    fn unwound(&self, p: Vec2) -> Vec2 {
        let nearest = ((p.x - self.crest) / self.length).round();
        let mut q = p;
        for crest in [nearest - 1.0, nearest, nearest + 1.0] {
            let size = 0.42 * self.height;
            let eye = vec2(self.crest + crest * self.length + 0.75 * size, self.base - self.height + 0.62 * size);
            let arm = q - eye;
            let reach = arm.dot(arm) / (size * size);
            // Beyond three sizes the turn is less than a thousandth of a pixel.
            if reach < 9.0 {
                q = eye + arm.rotated(-self.winding * (-reach).exp());
            }
        }
        q
    }

    /// Change of depth per pixel at `p`: keeps contours equally thick where the winding stretches.
    fn stretch(&self, p: Vec2) -> f32 {
        const STEP: f32 = 0.5;
        let depth = |dx: f32, dy: f32| self.depth(self.unwound(p + vec2(dx, dy)));
        let slope = vec2(depth(STEP, 0.0) - depth(-STEP, 0.0), depth(0.0, STEP) - depth(0.0, -STEP));
        (slope.length() / (2.0 * STEP)).clamp(0.4, 4.0)
    }
}
