//! The recipe: the one description of a run.

mod builder;
mod merge;
mod text;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_neural::NeuralParams;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::schema::{has_type, parameter_schema, properties};

pub use builder::RecipeBuilder;
pub(crate) use merge::drop_absent;

/// What makes the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Style transfer by image optimisation.
    Neural,
}

/// A picture that goes into a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PictureRef {
    /// The file, as given; relative to the working directory.
    pub path: PathBuf,
    /// SHA-256 of the file, 64 hexadecimal digits; where present, a run refuses another file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A style picture, or a folder of them, and its share in the blend.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StyleRef {
    /// The file, or a folder, all of whose pictures are taken; as given, relative to the working
    /// directory.
    pub path: PathBuf,
    /// Its weight, for each picture of a folder; weights are divided by the sum of their absolute values.
    #[serde(default = "one")]
    pub weight: f64,
    /// SHA-256 of the file, 64 hexadecimal digits; where present, a run refuses another file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

fn one() -> f64 {
    1.0
}

/// Everything that defines a picture: the same recipe, inputs and program give the same bytes.
///
/// Made by [`Recipe::builder`], [`Recipe::from_text`] or [`Recipe::from_image`], which merge a preset,
/// recipe text and single settings and check the result. A serialised recipe holds every parameter, so
/// a later change of its preset does not change it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Version of the program that made the recipe.
    pub scumble: String,
    /// What makes the picture.
    pub method: Method,
    /// The preset the recipe started from.
    pub preset: String,
    /// The content picture; a texture needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<PictureRef>,
    /// The style pictures.
    #[serde(default)]
    pub styles: Vec<StyleRef>,
    /// The picture to start from, where `init` is `image`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub init_image: Option<PictureRef>,
    /// SHA-256 of the weight file; where present, a run refuses other weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_sha256: Option<String>,
    /// The parameters of image optimisation.
    #[serde(serialize_with = "with_absent")]
    pub neural: NeuralParams,
}

/// Writes what is absent, too: else the preset's value would fill the gap when the recipe is read.
fn with_absent<S: Serializer>(params: &NeuralParams, serializer: S) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(params).map_err(serde::ser::Error::custom)?;
    if let Some(members) = value.as_object_mut() {
        for (name, schema) in properties(parameter_schema()) {
            let absent = if has_type(schema, "null") { Value::Null } else { Value::Array(Vec::new()) };
            members.entry(name.clone()).or_insert(absent);
        }
    }
    value.serialize(serializer)
}

impl Recipe {
    /// Starts a recipe from the default preset.
    pub fn builder() -> RecipeBuilder {
        RecipeBuilder::default()
    }

    /// Reads a recipe in JSON or TOML. What it does not say is the preset's it names, or the default's.
    ///
    /// # Errors
    /// [`Fault::Input`](scumble_core::Fault::Input) if the text is neither,
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) if it says something unknown or out of range.
    pub fn from_text(text: &str) -> Result<Self> {
        Self::builder().merge_text(text)?.build()
    }

    /// Reads the recipe in a picture that scumble made.
    ///
    /// # Errors
    /// If the file is missing, no picture, or holds no recipe.
    pub fn from_image(path: &Path) -> Result<Self> {
        Self::builder().merge_image(path)?.build()
    }

    /// The recipe on one line, as it is put into pictures.
    pub fn to_json(&self) -> String {
        self.to_value().to_string()
    }

    /// The recipe as indented JSON, for people.
    pub fn to_json_pretty(&self) -> String {
        format!("{:#}", self.to_value())
    }

    /// The recipe as a JSON value.
    pub fn to_value(&self) -> Value {
        // Every path was checked to be Unicode when the recipe was built, which leaves nothing to fail.
        serde_json::to_value(self).unwrap_or(Value::Null)
    }
}

/// A path that JSON can hold.
pub(crate) fn unicode(path: &Path) -> Result<&Path> {
    match path.to_str() {
        Some(_) => Ok(path),
        None => Err(Error::input(format!(
            "{}: the name is not valid Unicode, so no recipe could record it",
            path.display()
        ))
        .hint("rename the file")),
    }
}
