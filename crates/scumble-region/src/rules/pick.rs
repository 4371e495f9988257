//! A shape that the user picked for one region, written `triangle@120:80`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scumble_core::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::shapes::ShapeClass;

/// A shape for the region that holds a pixel of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pick {
    /// The shape.
    pub shape: ShapeClass,
    /// The pixel's column and row, from 0.
    pub pixel: [u32; 2],
}

impl FromStr for Pick {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_once('@').and_then(|(shape, pixel)| {
            let (x, y) = pixel.split_once(':')?;
            Some((shape.trim(), [x.trim().parse().ok()?, y.trim().parse().ok()?]))
        });
        let Some((name, pixel)) = parts else {
            return Err(Error::parameter(format!("'{text}' is not a pick"))
                .hint("write a pick as triangle@120:80, the shape and a pixel's column and row"));
        };
        Ok(Self { shape: ShapeClass::named(name)?, pixel })
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [x, y] = self.pixel;
        write!(f, "{}@{x}:{y}", self.shape.name())
    }
}

impl Serialize for Pick {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pick {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Pick {
    fn schema_name() -> Cow<'static, str> {
        "Pick".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A shape for the region that holds a pixel of the picture, as `triangle@120:80`.",
        })
    }
}
