//! The parameters of pencil drawings.

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use serde::{Deserialize, Serialize};

use crate::fields::Guide;
use crate::painters::{HexColour, limits};

/// Everything that defines a drawing by [`Hatch`](super::Hatch), apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HatchParams {
    /// Luma below which each layer of hatching begins, from light to dark, 0 to 1. A layer is as dense as it gets where the
    /// next begins, the last at a quarter of its tone. With an outline there may be none.
    #[schemars(length(max = 8), inner(range(min = 0.0, max = 1.0)))]
    pub tones: Vec<f64>,
    /// Width of the lines, in pixels at 512.
    #[schemars(range(min = 0.2, max = 32.0))]
    pub width: f64,
    /// Distance of neighbouring lines where a layer is densest, in widths.
    #[schemars(range(min = 0.5, max = 20.0))]
    pub spacing: f64,
    /// Median length of the lines, in pixels at 512; they end earlier at edges.
    #[schemars(range(min = 1.0, max = 256.0))]
    pub length: f64,
    /// Direction of the hatching in degrees, from the x axis downwards, where the picture has none.
    #[schemars(range(min = -360.0, max = 360.0))]
    pub angle: f64,
    /// How far lines follow the picture's edges: 0 not, all lines of a layer are parallel; 1 wherever there are any.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub form: f64,
    /// Strength of the lines along edges; 0 for none.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub outline: f64,
    /// How dark the broad side of the pencil shades below the lines; 0 not at all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub shade: f64,
    /// Colour of the lines.
    pub lead: Lead,
    /// How far directions are averaged, as a multiple of the usual.
    #[schemars(range(min = 0.1, max = 16.0))]
    pub direction_smoothing: f64,
    /// Mean opacity of the lines, of 255.
    #[schemars(range(min = 1, max = 255))]
    pub alpha: u8,
    /// Lines at which the drawing ends, finished or not.
    #[schemars(range(min = 1, max = 200_000))]
    pub count: u32,
    /// Longer side in pixels of the copy on which lines are set. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 2048))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
    /// Colour of the paper, as `#rrggbb`; white if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<HexColour>,
    /// The only colours lines may have, as `#rrggbb`; any if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<HexColour>,
    /// Curves that strokes follow, in the painting's frame.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guides: Vec<Guide>,
}

/// What lines are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// Graphite: one dark grey.
    Grey,
    /// Coloured pencils: the source's hue, as much stronger than the source as the paper between the lines dilutes it.
    Source,
}

impl HatchParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        let count = self.tones.len();
        if count > 8 || count == 0 && self.outline == 0.0 {
            return Err(Error::parameter(format!(
                "tones has {count} values, allowed are 1 to 8, or none with an outline"
            )));
        }
        self.tones.iter().try_for_each(|tone| within("tones", *tone, 0.0, 1.0))?;
        if !self.tones.is_sorted_by(|a, b| a > b) {
            return Err(Error::parameter("tones do not fall from layer to layer").hint("name the lightest first"));
        }
        within("width", self.width, 0.2, 32.0)?;
        within("spacing", self.spacing, 0.5, 20.0)?;
        within("length", self.length, 1.0, 256.0)?;
        within("angle", self.angle, -360.0, 360.0)?;
        within("form", self.form, 0.0, 1.0)?;
        within("outline", self.outline, 0.0, 1.0)?;
        within("shade", self.shade, 0.0, 1.0)?;
        if self.alpha == 0 {
            return Err(Error::parameter("alpha is 0, allowed is 1 to 255"));
        }
        Guide::check_all(&self.guides)?;
        limits::count_and_work(self.count, self.work_px)
    }
}
