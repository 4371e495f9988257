//! The parameters of curved strokes in layers.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use serde::{Deserialize, Serialize};

use super::Jitter;
use crate::energy::Paint;
use crate::fields::Guide;
use crate::painters::{HexColour, Tip, limits};

/// Everything that defines a painting by [`Layered`](super::Layered), apart from the source.
///
/// "Pixels at 512" are 512ths of the picture's shorter side, at least one of its pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayeredParams {
    /// Radius of each layer's brush, from coarse to fine, in pixels at 512.
    #[schemars(length(min = 1, max = 8), inner(range(min = 0.5, max = 256.0)))]
    pub radii: Vec<f64>,
    /// Mean difference at which a cell of the grid gets a stroke: Euclidean distance of colours, in levels from 0 to 255 a
    /// channel. Bare ground always gets one.
    #[schemars(range(min = 0.0, max = 442.0))]
    pub threshold: f64,
    /// How much strokes bend: 1 follows edges at once, 0 keeps them straight.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub curvature: f64,
    /// How far strokes sway from the directions around them where the picture is even, so that they do not lie there in rows: 0 not, 1 by
    /// up to about 60 degrees with those around, and a little on their own; brushes of less than 8 pixels at 512 by less. The
    /// most steps of strokes differ then, too, by up to the same share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub sway: f64,
    /// Deviation of the blur after which a layer is painted, in radii of its brush.
    #[schemars(range(min = 0.0, max = 4.0))]
    pub blur: f64,
    /// Side of the grid's cells in radii of the brush: strokes are denser the smaller it is.
    #[schemars(range(min = 0.25, max = 4.0))]
    pub grid: f64,
    /// Fewest steps of a stroke, each a radius long, unless it would leave the picture or fold.
    #[schemars(range(min = 0, max = 100))]
    pub min_length: u32,
    /// Most steps of a stroke; 0 makes dots.
    #[schemars(range(min = 0, max = 100))]
    pub max_length: u32,
    /// Opacity of every stroke, of 255.
    #[schemars(range(min = 1, max = 255))]
    pub alpha: u8,
    /// Random changes of colours; none with a palette.
    pub jitter: Jitter,
    /// Whether a stroke's colour is the best for all it covers; otherwise the blurred picture's where it starts, as in the
    /// paper.
    pub solve_colour: bool,
    /// How much the last of several layers keeps to fine detail: 0 it paints all that differs, 1 hardly anything in even
    /// areas.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub detail: f64,
    /// Whether strokes are washes, which darken what is below, instead of covering it.
    pub wash: bool,
    /// How soft edges of washes are where the picture is smooth: 0 crisp, 1 as soft as the brush.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub wet: f64,
    /// How far directions are averaged, as a multiple of the usual: half a radius, two pixels at least.
    #[schemars(range(min = 0.1, max = 16.0))]
    pub direction_smoothing: f64,
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

/// The most steps of a stroke.
const MOST_STEPS: u32 = 100;

impl LayeredParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        limits::sizes("radii", &self.radii, 0.5)?;
        within("threshold", self.threshold, 0.0, 442.0)?;
        within("curvature", self.curvature, 0.0, 1.0)?;
        within("sway", self.sway, 0.0, 1.0)?;
        within("blur", self.blur, 0.0, 4.0)?;
        within("grid", self.grid, 0.25, 4.0)?;
        within("detail", self.detail, 0.0, 1.0)?;
        within("wet", self.wet, 0.0, 1.0)?;
        within("thickness", self.thickness, 0.0, 1.0)?;
        if self.max_length > MOST_STEPS {
            return Err(Error::parameter(format!("max_length is {}, allowed is 0 to {MOST_STEPS}", self.max_length)));
        }
        if self.min_length > self.max_length {
            return Err(Error::parameter(format!(
                "min_length is {}, allowed is 0 to max_length, {}",
                self.min_length, self.max_length
            )));
        }
        if self.alpha == 0 {
            return Err(Error::parameter("alpha is 0, allowed is 1 to 255"));
        }
        self.jitter.validate()?;
        Guide::check_all(&self.guides)?;
        limits::count_and_work(self.count, self.work_px)
    }

    /// What strokes are painted with.
    pub(super) fn paint(&self) -> Paint {
        Paint { alpha: Some(self.alpha), palette: self.palette.iter().map(|colour| colour.0).collect() }
    }
}
