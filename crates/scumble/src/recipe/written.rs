//! A recipe as it is written: the parameters stand in the member of the method's name.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_neural::NeuralParams;
use scumble_paint::painters::greedy::ShapesParams;
use serde::{Deserialize, Serialize, Serializer};

use super::parameters::with_absent;
use super::{Parameters, PictureRef, Recipe, StyleRef};
use crate::Method;

/// Everything that defines a picture: the same recipe, inputs and program give the same bytes.
///
/// A recipe that a picture holds has every parameter, so that a later change of its preset does not change it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Recipe")]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// Version of the program that made the recipe.
    scumble: String,
    /// What makes the picture.
    method: Method,
    /// The preset the recipe started from.
    preset: String,
    /// The content picture; a texture needs none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content: Option<PictureRef>,
    /// The style pictures.
    #[serde(default)]
    styles: Vec<StyleRef>,
    /// The picture to start from, where `init` is `image`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    init_image: Option<PictureRef>,
    /// Where strokes and shapes shall be near to the content, from black, not at all, to white; of the content's size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mask: Option<PictureRef>,
    /// SHA-256 of the weight file; where present, a run refuses other weights.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    model_sha256: Option<String>,
    /// The parameters of image optimisation.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "neural")]
    #[schemars(with = "NeuralParams")]
    neural: Option<NeuralParams>,
    /// The parameters of pictures put together from shapes.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "shapes")]
    #[schemars(with = "ShapesParams")]
    shapes: Option<ShapesParams>,
}

fn neural<S: Serializer>(params: &Option<NeuralParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Neural, params, serializer)
}

fn shapes<S: Serializer>(params: &Option<ShapesParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Shapes, params, serializer)
}

impl From<Recipe> for Written {
    fn from(recipe: Recipe) -> Self {
        let Recipe { scumble, preset, content, styles, init_image, mask, model_sha256, parameters } = recipe;
        let method = parameters.method();
        let (neural, shapes) = match parameters {
            Parameters::Neural(params) => (Some(params), None),
            Parameters::Shapes(params) => (None, Some(params)),
        };
        Self { scumble, method, preset, content, styles, init_image, mask, model_sha256, neural, shapes }
    }
}

impl TryFrom<Written> for Recipe {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let Written { scumble, method, preset, content, styles, init_image, mask, model_sha256, neural, shapes } =
            written;
        let given = [neural.is_some(), shapes.is_some()];
        let parameters = match method {
            Method::Neural => neural.map(Parameters::Neural),
            Method::Shapes => shapes.map(Parameters::Shapes),
        };
        let wanted = || format!("allowed is '{method}' alone, the parameters of its method");
        match parameters.filter(|_| given.iter().filter(|given| **given).count() == 1) {
            Some(parameters) => {
                Ok(Self { scumble, preset, content, styles, init_image, mask, model_sha256, parameters })
            }
            None => Err(Error::parameter(format!("the recipe has parameters of another method; {}", wanted()))),
        }
    }
}
