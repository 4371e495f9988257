//! Which region is filled with what.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_paint::painters::HexColour;
use serde::{Deserialize, Serialize};

mod fill;
mod pick;
mod range;

pub use fill::{Exemplar, Fill, FilterKind};
pub use pick::Pick;
pub use range::Range;

/// A rule: regions of which all that is said in `when` is true are filled as `fill` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which regions.
    pub when: When,
    /// With what.
    pub fill: Fill,
}

/// What must be true of a region; what is absent may be anything.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Share of the picture's area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Range>,
    /// Lightness of the mean colour, of Oklab: 0 black, 1 white.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lightness: Option<Range>,
    /// Chroma of the mean colour, of Oklab: 0 grey, 0.3 vivid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chroma: Option<Range>,
    /// Hue of the mean colour, of Oklab, in degrees from 0 to 360: red 30, yellow 110, green 140, blue 260.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hue: Option<Range>,
    /// Energy of fine detail: 0 flat, 0.2 foliage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texture: Option<Range>,
    /// How much its texture has one direction: 0 none, 1 stripes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anisotropy: Option<Range>,
    /// How long the region is: 0 round, 1 a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elongation: Option<Range>,
    /// Its centre from the left, 0, to the right, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<Range>,
    /// Its centre from the top, 0, to the bottom, 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<Range>,
    /// Whether it touches the picture's border.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub border: Option<bool>,
    /// Colours, as `#rrggbb`, that it has in the picture of labels, if there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<HexColour>,
}

impl Rule {
    pub(crate) fn validate(&self) -> Result<()> {
        let When { area, lightness, chroma, hue, texture, anisotropy, elongation, x, y, .. } = &self.when;
        let ranges = [area, lightness, chroma, hue, texture, anisotropy, elongation, x, y];
        if ranges.iter().all(|range| range.is_none()) && self.when.border.is_none() && self.when.label.is_empty() {
            return Err(Error::parameter("a rule says nothing of the regions that it is for")
                .hint("set fill for all regions, or say when, as in { area = \"0.1..\" }"));
        }
        Ok(())
    }
}
