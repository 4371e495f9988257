//! One stroke of a bristle brush: a path, a pressure profile, and many bristles that each carry
//! their own mixture of two colours, run dry at their own place, and pick up wet paint.

use super::colour::Lab;
use super::geometry::{Vec2, lerp, smoothstep};
use super::noise;
use super::random::Dice;
use super::surface::{CELLS, Surface};

/// What the brush carries and how it is held.
#[derive(Debug, Clone, Copy)]
pub struct Brush {
    /// Full width, picture pixels.
    pub width: f32,
    /// The two colours taken up together; bristles lie anywhere between them.
    pub colours: [Lab; 2],
    /// Thickness of the paint laid down, about 0.2 (a wash) to 1.5 (impasto).
    pub body: f32,
    /// Fullness of the brush: at 1 it covers to the end, at 0.4 it drags dry over the tooth.
    pub load: f32,
    /// Share of the paint underneath that a bristle takes along, per cell of way.
    pub pickup: f32,
    /// Difference between neighbouring bristles, in lightness.
    pub streak: f32,
}

/// The bristles' own traits; drawn once per stroke.
struct Bristle {
    colour: Lab,
    /// Height of its trace relative to the others.
    ridge: f32,
    /// Where it touches down and lifts off, as parts of the stroke's length.
    start: f32,
    end: f32,
    /// Its own fullness.
    load: f32,
}

/// Way between two samples along and across a stroke, in cells: dense enough to leave no holes.
const SAMPLE: f32 = 0.7;

impl Brush {
    /// Draws the stroke along `path` (picture pixels; at least two points).
    pub fn stroke(&self, surface: &mut Surface, path: &[Vec2], dice: &mut Dice) {
        let centre = resample(path);
        let half = 0.5 * self.width * CELLS as f32;
        let mut bristles = self.bristles(half, centre.len() as f32 * SAMPLE, dice);
        let taper = dice.range(0.25, 0.6);
        let attack = (half * SAMPLE / centre.len() as f32).clamp(0.02, 0.25);
        surface.begin_stroke();
        for (i, &point) in centre.iter().enumerate() {
            let along = i as f32 / centre.len() as f32;
            let ahead = centre[(i + 2).min(centre.len() - 1)];
            let behind = centre[i.saturating_sub(2)];
            let normal = (ahead - behind).unit().turned();
            let pressure = (0.45 + 0.55 * smoothstep(0.0, attack * 2.0, along))
                * lerp(1.0, 0.3, smoothstep(1.0 - taper, 1.0, along));
            let reach = half * pressure;
            let steps = (2.0 * reach / SAMPLE).ceil().max(2.0);
            for step in 0..=steps as usize {
                let across = 2.0 * step as f32 / steps - 1.0;
                self.dab(surface, point + normal * (across * reach), along, across, &mut bristles);
            }
        }
    }

    /// One bristle's touch at `p` (cells), `along` from 0 to 1 and `across` from -1 to 1.
    fn dab(&self, surface: &mut Surface, p: Vec2, along: f32, across: f32, bristles: &mut [Bristle]) {
        let position = (across + 1.0) * 0.5 * (bristles.len() - 1) as f32;
        let near = (position + 0.5) as usize;
        let bristle = &mut bristles[near];
        if along < bristle.start || along > bristle.end {
            return;
        }
        let Some(cell) = surface.touch(p) else { return };

        // Paint runs out towards the end; what is left catches on the tooth and on thick paint.
        let left = bristle.load * (1.0 - 0.55 * along * along);
        let catch = 0.75 * surface.tooth[cell] + 0.12 * surface.relief[cell].min(1.5);
        let edge = 1.0 - smoothstep(0.8, 1.0, across.abs()) * 0.5;
        let cover = smoothstep(-0.12, 0.12, left * edge - (0.62 - catch));
        if cover <= 0.02 {
            return;
        }

        let under = surface.paint[cell];
        bristle.colour = bristle.colour.mix(under, self.pickup);
        surface.paint[cell] = under.mix(bristle.colour, cover);

        // The brush squeezes paint out to its sides and leaves a lip where it lifts off.
        let squeezed = 0.75 + 0.5 * smoothstep(0.5, 0.85, across.abs()) - 0.8 * smoothstep(0.88, 1.0, across.abs());
        let lip = 1.0 + 0.5 * smoothstep(0.9, 0.97, along);
        let laid = self.body * bristle.ridge * squeezed * lip * (0.4 + 0.6 * left.min(1.0));
        let relief = &mut surface.relief[cell];
        *relief = lerp(*relief, 0.3 * *relief + laid, cover);
    }

    fn bristles(&self, half: f32, length: f32, dice: &mut Dice) -> Vec<Bristle> {
        /// Cells from bristle to bristle.
        const PITCH: f32 = 1.3;
        let count = (2.0 * half / PITCH).ceil().max(3.0) as usize;
        let seed = (dice.unit() * 1e6) as u64;
        // Ragged ends reach about half the brush's width into the stroke.
        let ragged = (1.1 * half / length.max(1.0)).min(0.25);
        let tip = (0.8 * half / length.max(1.0)).min(0.3);
        (0..count)
            .map(|i| {
                let x = i as f32;
                // Tufts a few bristles wide share colour, height and load; single bristles vary a little.
                let tuft = |s: u64| noise::line(seed + s, x * 0.27) * 0.65 + dice_line(seed + s, x) * 0.35;
                let blend = smoothstep(0.25, 0.75, tuft(1));
                let tone = (tuft(2) - 0.5) * 2.0;
                // The tip of the brush is round: its outer bristles touch down later, lift off sooner.
                let side = 2.0 * x / (count - 1) as f32 - 1.0;
                let round = tip * (1.0 - (1.0 - side * side).max(0.0).sqrt());
                Bristle {
                    colour: self.colours[0]
                        .mix(self.colours[1], blend)
                        .lighter(self.streak * tone)
                        .turned(0.12 * (tuft(3) - 0.5)),
                    ridge: 0.45 + 1.1 * tuft(4),
                    start: round + ragged * tuft(5),
                    end: 1.0 - round - 2.0 * ragged * tuft(6),
                    load: self.load * (0.65 + 0.7 * tuft(7)),
                }
            })
            .collect()
    }
}

/// Uncorrelated noise from bristle to bristle, in [0, 1].
fn dice_line(seed: u64, x: f32) -> f32 {
    noise::line(seed + 100, x * 3.7)
}

/// The path in cells, at equal distances of [`SAMPLE`].
fn resample(path: &[Vec2]) -> Vec<Vec2> {
    let scale = CELLS as f32;
    let mut points = vec![path[0] * scale];
    let mut owed = SAMPLE;
    for pair in path.windows(2) {
        let (from, to) = (pair[0] * scale, pair[1] * scale);
        let length = (to - from).length();
        let direction = (to - from).unit();
        while owed <= length {
            points.push(from + direction * owed);
            owed += SAMPLE;
        }
        owed -= length;
    }
    points
}
