//! The parameters of short strokes.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use serde::{Deserialize, Serialize};

use crate::fields::Guide;
use crate::painters::{HexColour, Tip, limits};

/// Everything that defines a painting by [`Short`](super::Short), apart from the source.
///
/// "Pixels at 512" are 512ths of the picture's shorter side, at least one of its pixels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShortParams {
    /// Distance of strokes' centres, in pixels at 512.
    #[schemars(range(min = 1.0, max = 64.0))]
    pub spacing: f64,
    /// Least and largest radius of strokes, in pixels at 512.
    #[schemars(inner(range(min = 0.5, max = 64.0)))]
    pub radius: [f64; 2],
    /// Least and largest length of strokes before they are clipped, without their round ends, in pixels at 512.
    #[schemars(inner(range(min = 0.0, max = 256.0)))]
    pub length: [f64; 2],
    /// Largest random turn of a stroke to either side, in degrees.
    #[schemars(range(min = 0.0, max = 90.0))]
    pub turn: f64,
    /// Largest random change of brightness up or down, as a share of it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub brightness: f64,
    /// Gradient at which strokes are clipped: the change of colour over a pixel of the copy, in levels from 0 to 255. 442
    /// clips none.
    #[schemars(range(min = 0.0, max = 442.0))]
    pub edge: f64,
    /// Whether a stroke's colour is the best for all it covers, and strokes that gain nothing are left out; otherwise it is
    /// the picture's at the stroke's centre, as in the paper.
    pub solve_colour: bool,
    /// Opacity of every stroke, of 255.
    #[schemars(range(min = 1, max = 255))]
    pub alpha: u8,
    /// How far directions are averaged, as a multiple of two pixels at 512.
    #[schemars(range(min = 0.1, max = 16.0))]
    pub direction_smoothing: f64,
    /// What strokes are laid with.
    pub brush: Tip,
    /// Thickness of the paint: 0 flat, 1 impasto.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub thickness: f64,
    /// The most strokes; of more, some are left out at random.
    #[schemars(range(min = 1, max = 200_000))]
    pub count: u32,
    /// Longer side in pixels of the copy on which strokes are laid. A smaller source is taken as it is.
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

impl ShortParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("spacing", self.spacing, 1.0, 64.0)?;
        for (name, [low, high], least, most) in
            [("radius", self.radius, 0.5, 64.0), ("length", self.length, 0.0, 256.0)]
        {
            within(name, low, least, most)?;
            within(name, high, low, most)?;
        }
        within("turn", self.turn, 0.0, 90.0)?;
        within("brightness", self.brightness, 0.0, 1.0)?;
        within("edge", self.edge, 0.0, 442.0)?;
        within("thickness", self.thickness, 0.0, 1.0)?;
        if self.alpha == 0 {
            return Err(Error::parameter("alpha is 0, allowed is 1 to 255"));
        }
        Guide::check_all(&self.guides)?;
        limits::count_and_work(self.count, self.work_px)
    }
}
