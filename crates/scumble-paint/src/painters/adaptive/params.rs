//! The parameters of oil paintings by adaptive sampling.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use serde::{Deserialize, Serialize};

use crate::energy::Paint;
use crate::fields::Guide;
use crate::painters::{HexColour, Tip, limits};

/// Everything that defines a painting by [`Adaptive`](super::Adaptive), apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdaptiveParams {
    /// Half of the widest stroke of each layer, from coarse to fine, in pixels at 512.
    #[schemars(length(min = 1, max = 8), inner(range(min = 0.5, max = 256.0)))]
    pub radii: Vec<f64>,
    /// How densely strokes are set: at 1, one a square of a radius where the picture is busiest. The number of strokes
    /// grows in proportion.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub fineness: f64,
    /// Oklab distance to its first colour at which a stroke ends; black and white are 1 apart.
    #[schemars(range(min = 0.01, max = 1.0))]
    pub tolerance: f64,
    /// Longest length of a stroke in widths.
    #[schemars(range(min = 1.0, max = 20.0))]
    pub stretch: f64,
    /// Error that the layer before may leave, in levels from 0 to 255 a channel; layers after the first paint only where it
    /// is more.
    #[schemars(range(min = 0.0, max = 255.0))]
    pub threshold: f64,
    /// Opacity of every stroke, of 255.
    #[schemars(range(min = 1, max = 255))]
    pub alpha: u8,
    /// Deviation of a random change of each stroke's Oklab lightness, as a share of it; none with a palette. Reports leave
    /// it out.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub jitter: f64,
    /// How far directions are averaged, as a multiple of what suits each layer.
    #[schemars(range(min = 0.1, max = 16.0))]
    pub direction_smoothing: f64,
    /// Whether strokes are washes, which darken what is below, instead of covering it; the ground then shows where it is light enough.
    pub wash: bool,
    /// How soft edges of washes are where the picture is smooth: 0 crisp, 1 as soft as the brush.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub wet: f64,
    /// What strokes are laid with.
    pub brush: Tip,
    /// Thickness of the paint: 0 flat, 1 impasto.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub thickness: f64,
    /// Strokes at which the painting ends, finished or not.
    #[schemars(range(min = 1, max = 200_000))]
    pub count: u32,
    /// Longer side in pixels of the copy on which strokes are searched for. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 2048))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
    /// Colour of the ground, as `#rrggbb`; if absent, that of the flat ground the source has, else its mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<HexColour>,
    /// The only colours strokes may have, as `#rrggbb`; any if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<HexColour>,
    /// Curves that strokes follow, in the painting's frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guides: Vec<Guide>,
}

impl AdaptiveParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        limits::sizes("radii", &self.radii, 0.5)?;
        within("fineness", self.fineness, 0.1, 10.0)?;
        within("tolerance", self.tolerance, 0.01, 1.0)?;
        within("stretch", self.stretch, 1.0, 20.0)?;
        within("threshold", self.threshold, 0.0, 255.0)?;
        within("jitter", self.jitter, 0.0, 0.5)?;
        within("wet", self.wet, 0.0, 1.0)?;
        within("thickness", self.thickness, 0.0, 1.0)?;
        if self.alpha == 0 {
            return Err(Error::parameter("alpha is 0, allowed is 1 to 255"));
        }
        Guide::check_all(&self.guides)?;
        limits::count_and_work(self.count, self.work_px)
    }

    /// What strokes are painted with.
    pub(super) fn paint(&self) -> Paint {
        Paint { alpha: Some(self.alpha), palette: self.palette.iter().map(|colour| colour.0).collect() }
    }
}
