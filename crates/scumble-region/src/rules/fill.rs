//! What a region is filled with, written `hatch:45:6`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use scumble_core::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::shapes::ShapeClass;

/// How fills are written, for messages.
const FORMS: &str = "flat, ramp, shape:KIND, strokes:PRESET, hatch:DEGREES:DISTANCE, dots:DISTANCE, texture:region, texture:style, \
                     filter:kuwahara, filter:patches, filter:ink, blur:SIGMA, keep";

/// What a region is filled with. Distances are pixels at 512.
#[derive(Debug, Clone, PartialEq)]
pub enum Fill {
    /// Its colour.
    Flat,
    /// A change of colour in the direction in which the picture changes most.
    Ramp,
    /// A shape of this kind, of its colour.
    Shape(ShapeClass),
    /// Brush strokes, by a preset of `scumble strokes`.
    Strokes(String),
    /// Parallel lines on its colour, darker than that.
    Hatch {
        /// Their direction in degrees, from the right downwards.
        angle: f64,
        /// Their distance, 1 to 64.
        spacing: f64,
    },
    /// Dots on its colour, larger where the picture is darker.
    Dots {
        /// Their distance, 2 to 64.
        spacing: f64,
    },
    /// More of a texture.
    Texture(Exemplar),
    /// The picture, filtered.
    Filter(FilterKind),
    /// The picture, out of focus.
    Blur {
        /// Deviation of the Gaussian, 0.5 to 64.
        sigma: f64,
    },
    /// The picture as it is.
    Keep,
}

/// Where a texture comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exemplar {
    /// The region itself.
    Region,
    /// The style picture.
    Style,
}

/// A filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKind {
    /// Smooth along edges, which stay crisp (anisotropic Kuwahara).
    Kuwahara,
    /// Patches of even colour.
    Patches,
    /// Black ink on white paper (XDoG).
    Ink,
}

impl Fill {
    /// Whether it is pixels, which no polygon can hold.
    pub fn is_raster(&self) -> bool {
        matches!(self, Self::Texture(_) | Self::Filter(_) | Self::Keep | Self::Blur { .. })
    }
}

impl FromStr for Fill {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::parameter(format!("'{text}' is not a fill")).hint(format!("allowed are {FORMS}"));
        let number = |text: &str, [least, most]: [f64; 2]| {
            let value: f64 = text.parse().map_err(|_| wrong())?;
            if (least..=most).contains(&value) {
                return Ok(value);
            }
            Err(Error::parameter(format!("'{value}' of a fill is out of range, allowed is {least} to {most}")))
        };
        let parts: Vec<&str> = text.split(':').collect();
        Ok(match parts[..] {
            ["flat"] => Self::Flat,
            ["ramp"] => Self::Ramp,
            ["keep"] => Self::Keep,
            ["shape", kind] => Self::Shape(ShapeClass::named(kind)?),
            ["strokes", preset] if !preset.is_empty() => Self::Strokes(preset.into()),
            ["hatch", angle, spacing] => {
                Self::Hatch { angle: number(angle, [-360.0, 360.0])?, spacing: number(spacing, [1.0, 64.0])? }
            }
            ["dots", spacing] => Self::Dots { spacing: number(spacing, [2.0, 64.0])? },
            ["texture", "region"] => Self::Texture(Exemplar::Region),
            ["texture", "style"] => Self::Texture(Exemplar::Style),
            ["filter", "kuwahara"] => Self::Filter(FilterKind::Kuwahara),
            ["filter", "patches"] => Self::Filter(FilterKind::Patches),
            ["filter", "ink"] => Self::Filter(FilterKind::Ink),
            ["blur", sigma] => Self::Blur { sigma: number(sigma, [0.5, 64.0])? },
            _ => return Err(wrong()),
        })
    }
}

impl fmt::Display for Fill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flat => f.write_str("flat"),
            Self::Ramp => f.write_str("ramp"),
            Self::Shape(class) => write!(f, "shape:{}", class.name()),
            Self::Strokes(preset) => write!(f, "strokes:{preset}"),
            Self::Hatch { angle, spacing } => write!(f, "hatch:{angle}:{spacing}"),
            Self::Dots { spacing } => write!(f, "dots:{spacing}"),
            Self::Texture(Exemplar::Region) => f.write_str("texture:region"),
            Self::Texture(Exemplar::Style) => f.write_str("texture:style"),
            Self::Filter(FilterKind::Kuwahara) => f.write_str("filter:kuwahara"),
            Self::Filter(FilterKind::Patches) => f.write_str("filter:patches"),
            Self::Filter(FilterKind::Ink) => f.write_str("filter:ink"),
            Self::Blur { sigma } => write!(f, "blur:{sigma}"),
            Self::Keep => f.write_str("keep"),
        }
    }
}

impl Serialize for Fill {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fill {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for Fill {
    fn schema_name() -> Cow<'static, str> {
        "Fill".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "description": format!("What a region is filled with: {FORMS}.") })
    }
}
