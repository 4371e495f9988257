//! The parameters of refinement.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use serde::{Deserialize, Serialize};

/// How a finished painting is refined. There is no `Default`: every value comes from a preset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefineParams {
    /// Steps of gradient descent.
    #[schemars(range(min = 0, max = 10_000))]
    pub steps: u32,
    /// First step of points, in pixels of the working copy; steps fall to 0 along a cosine. 1 in BachiLi/diffvg.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub point_rate: f64,
    /// First step of widths and half sizes, in pixels; 0.1 in BachiLi/diffvg.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub size_rate: f64,
    /// First step of colours from 0 to 1; 0.01 in BachiLi/diffvg.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub colour_rate: f64,
    /// Whether opacities are refined too.
    pub solve_alpha: bool,
    /// Width in pixels of the working copy over which edges rise from nothing to all: 1 is as strokes are drawn, more pulls from
    /// farther away.
    #[schemars(range(min = 1.0, max = 16.0))]
    pub softness: f64,
    /// Longer side in pixels of the copy on which strokes are judged. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
}

impl RefineParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("steps", self.steps, 0, 10_000)?;
        for (name, value, low, high) in [
            ("point_rate", self.point_rate, 0.0, 10.0),
            ("size_rate", self.size_rate, 0.0, 10.0),
            ("colour_rate", self.colour_rate, 0.0, 1.0),
            ("softness", self.softness, 1.0, 16.0),
        ] {
            within(name, value, low, high)?;
        }
        within("work_px", self.work_px, 16, 1024)
    }
}
