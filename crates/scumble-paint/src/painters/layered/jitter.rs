//! Random changes of colours.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use serde::{Deserialize, Serialize};

use crate::dice::Dice;
use crate::painting::Colour;

/// By how much colours of strokes differ at random: each value is the width of the range a change is drawn from, as a share
/// of what the value may be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jitter {
    /// Of the hue; at 1 any hue.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub hue: f64,
    /// Of the saturation.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub saturation: f64,
    /// Of the value, the largest channel.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub value: f64,
    /// Of red.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub red: f64,
    /// Of green.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub green: f64,
    /// Of blue.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub blue: f64,
}

impl Jitter {
    /// No change.
    pub const NONE: Self = Self { hue: 0.0, saturation: 0.0, value: 0.0, red: 0.0, green: 0.0, blue: 0.0 };

    pub(super) fn validate(&self) -> Result<()> {
        let values = [
            ("jitter.hue", self.hue),
            ("jitter.saturation", self.saturation),
            ("jitter.value", self.value),
            ("jitter.red", self.red),
            ("jitter.green", self.green),
            ("jitter.blue", self.blue),
        ];
        values.into_iter().try_for_each(|(name, value)| within(name, value, 0.0, 1.0))
    }

    /// A changed colour.
    pub(super) fn applied(&self, colour: Colour, dice: &mut Dice) -> Colour {
        if *self == Self::NONE {
            return colour;
        }
        let mut by = |width: f64| (dice.unit() - 0.5) * width as f32;
        let [hue, saturation, value] = to_hsv(colour);
        let changed = [
            (hue + by(self.hue)).rem_euclid(1.0),
            (saturation + by(self.saturation)).clamp(0.0, 1.0),
            (value + by(self.value)).clamp(0.0, 1.0),
        ];
        let [r, g, b] = from_hsv(changed);
        [(r, self.red), (g, self.green), (b, self.blue)].map(|(v, width)| (v + by(width)).clamp(0.0, 1.0))
    }
}

/// Hue in turns, saturation, value (Smith 1978).
fn to_hsv([r, g, b]: Colour) -> [f32; 3] {
    let value = r.max(g).max(b);
    let chroma = value - r.min(g).min(b);
    if chroma <= 0.0 {
        return [0.0, 0.0, value];
    }
    let sixth = if value == r {
        (g - b) / chroma
    } else if value == g {
        2.0 + (b - r) / chroma
    } else {
        4.0 + (r - g) / chroma
    };
    [(sixth / 6.0).rem_euclid(1.0), chroma / value, value]
}

fn from_hsv([hue, saturation, value]: [f32; 3]) -> Colour {
    // Each channel falls off from its own hue: red 0, green a third, blue two thirds of a turn.
    [0.0, 1.0 / 3.0, 2.0 / 3.0].map(|own: f32| {
        let away = (hue - own + 0.5).rem_euclid(1.0) - 0.5;
        let share = (2.0 - 6.0 * away.abs()).clamp(0.0, 1.0);
        value * (1.0 - saturation * (1.0 - share))
    })
}

#[cfg(test)]
mod tests {
    use super::{from_hsv, to_hsv};

    #[test]
    fn hue_goes_there_and_back() {
        for i in 0..343u16 {
            let colour = [i % 7, i / 7 % 7, i / 49].map(|v| f32::from(v) / 6.0);
            let again = from_hsv(to_hsv(colour));
            assert!(colour.iter().zip(again).all(|(a, b)| (a - b).abs() < 1e-5), "{colour:?} {again:?}");
        }
        assert_eq!(to_hsv([0.0, 0.5, 0.0]), [1.0 / 3.0, 1.0, 0.5]);
    }
}
