//! What is done to the paint once it lies: light, pigment, ground.

use std::f32::consts::PI;

use serde::{Deserialize, Serialize};

use super::Wet;

/// How a painting looks beyond its strokes' colours. The default does nothing.
///
/// Sizes that belong to it, of grain, threads and rims, are in units of `max(1, shorter side of the frame / 512)`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Finish {
    /// The light on the paint's relief.
    pub light: Light,
    /// By how much pigment gathers in the paper's hollows and in the flow of water, 0 (evenly) to [`Finish::MOST_DENSITY`].
    pub density: f32,
    /// By how much washes, layers with [`Blend::Multiply`](super::Blend::Multiply), darken along their rims, 0 to 1. Above 0, washes have
    /// crisp edges that wander with the water.
    pub rim: f32,
    /// Where the paper is wet; with `rim` alone. Dry everywhere if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wet: Option<Wet>,
    /// By how much strokes skip the hollows of rough paper, 0 to 1.
    pub grain: f32,
    /// How strongly the weave of canvas shows, 0 to 1.
    pub weave: f32,
}

/// A distant light.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Light {
    /// By how much slopes of the paint count, 0 (no light) to [`Finish::MOST_LIGHT`]; 3 is oil, 8 impasto.
    pub strength: f32,
    /// Where it comes from: radians from the x axis towards the y axis, -3π/4 is the upper left.
    pub azimuth: f32,
    /// Its height: radians above the canvas, more than 0, at most π/2.
    pub elevation: f32,
}

impl Default for Light {
    /// No light, from the upper left, 50° high.
    fn default() -> Self {
        Self { strength: 0.0, azimuth: -0.75 * PI, elevation: 50.0 / 180.0 * PI }
    }
}

impl Finish {
    /// The largest [`Light::strength`].
    pub const MOST_LIGHT: f32 = 20.0;
    /// The largest [`Finish::density`].
    pub const MOST_DENSITY: f32 = 5.0;

    /// Whether it changes nothing.
    pub fn is_plain(&self) -> bool {
        [self.light.strength, self.density, self.rim, self.grain, self.weave].iter().all(|v| *v == 0.0)
    }

    /// Whether it is the default, which is not written.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether all values are within their ranges.
    pub(super) fn is_valid(&self) -> bool {
        let shares = [self.rim, self.grain, self.weave];
        (0.0..=Self::MOST_LIGHT).contains(&self.light.strength)
            && self.light.azimuth.abs() <= 4.0 * PI
            && self.light.elevation > 0.0
            && self.light.elevation <= PI / 2.0 + 1e-6
            && (0.0..=Self::MOST_DENSITY).contains(&self.density)
            && shares.iter().all(|v| (0.0..=1.0).contains(v))
            && self.wet.as_ref().is_none_or(Wet::is_valid)
    }
}
