//! A range of values, written `0.1..0.5`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scumble_core::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Values from the least to the largest, both included; an end that is absent is open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The least value.
    pub min: Option<f64>,
    /// The largest.
    pub max: Option<f64>,
}

impl Range {
    /// Whether a value is within.
    pub fn contains(&self, value: f64) -> bool {
        self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max)
    }
}

impl FromStr for Range {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            Error::parameter(format!("'{text}' is not a range"))
                .hint("write a range as 0.1..0.5, 0.1.. or ..0.5, the least value first")
        };
        let (min, max) = text.split_once("..").ok_or_else(wrong)?;
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            number => number.parse::<f64>().ok().filter(|v| v.is_finite()).map(Some).ok_or_else(wrong),
        };
        let range = Self { min: end(min)?, max: end(max)? };
        let falls = range.min.zip(range.max).is_some_and(|(min, max)| min > max);
        if falls || (range.min, range.max) == (None, None) { Err(wrong()) } else { Ok(range) }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: Option<f64>| end.map(|v| v.to_string()).unwrap_or_default();
        write!(f, "{}..{}", end(self.min), end(self.max))
    }
}

impl Serialize for Range {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Range {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Range {
    fn schema_name() -> Cow<'static, str> {
        "Range".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "A range of values, as `0.1..0.5`, `0.1..` or `..0.5`." })
    }
}
