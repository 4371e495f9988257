//! A layer with a weight, written `relu4_2` or `relu4_2:0.5`.

use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scumble_core::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A layer's name, in any spelling the encoder knows, and its weight.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerWeight {
    /// The layer as the user spelt it.
    pub layer: String,
    /// Its weight, 1 unless given; finite and not negative.
    pub weight: f64,
}

impl FromStr for LayerWeight {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (layer, weight) = match text.rsplit_once(':') {
            None => (text, 1.0),
            Some((layer, number)) => {
                let weight = number.parse::<f64>().ok().filter(|w| w.is_finite() && *w >= 0.0);
                let weight = weight.ok_or_else(|| {
                    Error::parameter(format!("layer '{text}': weight '{number}' is not a number of 0 or more"))
                        .hint("write a layer as relu4_2 or relu4_2:0.5")
                })?;
                (layer, weight)
            }
        };
        if layer.trim().is_empty() {
            return Err(Error::parameter(format!("layer '{text}' has no name")).hint("write a layer as relu4_2"));
        }
        Ok(Self { layer: layer.trim().to_owned(), weight })
    }
}

impl fmt::Display for LayerWeight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.weight == 1.0 { f.write_str(&self.layer) } else { write!(f, "{}:{}", self.layer, self.weight) }
    }
}

impl Serialize for LayerWeight {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LayerWeight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for LayerWeight {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LayerWeight".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": "A layer, as `relu4_2` or `relu4_2:0.5`." })
    }
}
