//! The recipe: the one description of a run.

mod builder;
mod merge;
mod parameters;
mod pictures;
mod text;
mod written;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_neural::NeuralParams;
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::strokes::StrokesParams;
use scumble_region::RegionsParams;
use scumble_texture::TextureParams;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Method;

pub use builder::RecipeBuilder;
pub(crate) use merge::drop_absent;
pub use parameters::Parameters;
pub(crate) use written::Written;

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Recipe {
    /// Version of the program that made the recipe.
    pub scumble: String,
    /// The preset the recipe started from.
    pub preset: String,
    /// The content picture; a texture needs none, but may be guided by one.
    pub content: Option<PictureRef>,
    /// The style pictures.
    pub styles: Vec<StyleRef>,
    /// The picture to start from, where `init` is `image`.
    pub init_image: Option<PictureRef>,
    /// Where strokes and shapes shall be near to the content, from black, not at all, to white; of the content's size.
    pub mask: Option<PictureRef>,
    /// A picture of the content's size in which every region has a colour of its own.
    pub labels: Option<PictureRef>,
    /// The mark of a brush that strokes are laid with, along the stroke from left to right.
    pub brush_file: Option<PictureRef>,
    /// SHA-256 of the weight file; where present, a run refuses other weights.
    pub model_sha256: Option<String>,
    /// The method and its parameters.
    pub parameters: Parameters,
}

impl Recipe {
    /// Starts a recipe of image optimisation from its default preset.
    pub fn builder() -> RecipeBuilder {
        RecipeBuilder::new(Method::Neural)
    }

    /// Starts a recipe of a method from its default preset.
    pub fn builder_for(method: Method) -> RecipeBuilder {
        RecipeBuilder::new(method)
    }

    /// What makes the picture.
    pub fn method(&self) -> Method {
        self.parameters.method()
    }

    /// The parameters of image optimisation, if that is the method.
    pub fn neural(&self) -> Option<&NeuralParams> {
        match &self.parameters {
            Parameters::Neural(params) => Some(params),
            _ => None,
        }
    }

    /// The parameters of a picture put together from shapes, if that is the method.
    pub fn shapes(&self) -> Option<&ShapesParams> {
        match &self.parameters {
            Parameters::Shapes(params) => Some(params),
            _ => None,
        }
    }

    /// The parameters of a painting of brush strokes, if that is the method.
    pub fn strokes(&self) -> Option<&StrokesParams> {
        match &self.parameters {
            Parameters::Strokes(params) => Some(params),
            _ => None,
        }
    }

    /// The parameters of a picture of regions, if that is the method.
    pub fn regions(&self) -> Option<&RegionsParams> {
        match &self.parameters {
            Parameters::Regions(params) => Some(params),
            _ => None,
        }
    }

    /// The parameters of texture synthesis, if that is the method.
    pub fn texture(&self) -> Option<&TextureParams> {
        match &self.parameters {
            Parameters::Texture(params) => Some(params),
            _ => None,
        }
    }

    /// Reads a recipe in JSON or TOML. What it does not say is the preset's it names, or the default's.
    ///
    /// # Errors
    /// [`Fault::Input`](scumble_core::Fault::Input) if the text is neither,
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) if it says something unknown or out of range.
    pub fn from_text(text: &str) -> Result<Self> {
        RecipeBuilder::from_text(text)?.build()
    }

    /// Reads the recipe in a picture that scumble made.
    ///
    /// # Errors
    /// If the file is missing, no picture, or holds no recipe.
    pub fn from_image(path: &Path) -> Result<Self> {
        RecipeBuilder::from_image(path)?.build()
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
