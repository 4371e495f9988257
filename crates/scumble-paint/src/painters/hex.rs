//! A colour written `#rrggbb`.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scumble_core::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Red, green, blue in levels from 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HexColour(pub [u8; 3]);

impl HexColour {
    /// The palette's colour nearest to a colour, by squared differences of levels; the colour itself if the palette is empty.
    pub(crate) fn nearest(palette: &[Self], colour: [u8; 3]) -> [u8; 3] {
        let square = |other: &Self| (0..3).map(|c| u32::from(other.0[c].abs_diff(colour[c])).pow(2)).sum::<u32>();
        palette.iter().min_by_key(|other| square(other)).map_or(colour, |nearest| nearest.0)
    }
}

impl FromStr for HexColour {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let number = u32::from_str_radix(digits, 16).ok();
        let number = number.filter(|_| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let wrong = || Error::parameter(format!("'{text}' is not a colour")).hint("write a colour as #rrggbb");
        let [_, r, g, b] = number.ok_or_else(wrong)?.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

impl fmt::Display for HexColour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for HexColour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HexColour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for HexColour {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "HexColour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^#?[0-9a-fA-F]{6}$",
            "description": "A colour, as `#rrggbb`."
        })
    }
}
