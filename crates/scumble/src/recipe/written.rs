//! A recipe as it is written: the parameters stand in the member of the method's name.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use scumble_neural::NeuralParams;
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::strokes::StrokesParams;
use scumble_region::RegionsParams;
use scumble_texture::TextureParams;
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
    /// The content picture; a texture needs none, but may be guided by one.
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
    /// A picture of the content's size in which every region has a colour of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    labels: Option<PictureRef>,
    /// The mark of a brush that strokes are laid with, along the stroke from left to right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    brush_file: Option<PictureRef>,
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
    /// The parameters of paintings of brush strokes.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "strokes")]
    #[schemars(with = "StrokesParams")]
    strokes: Option<StrokesParams>,
    /// The parameters of pictures of regions.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "regions")]
    #[schemars(with = "RegionsParams")]
    regions: Option<RegionsParams>,
    /// The parameters of texture synthesis.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "texture")]
    #[schemars(with = "TextureParams")]
    texture: Option<TextureParams>,
}

fn neural<S: Serializer>(params: &Option<NeuralParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Neural, params, serializer)
}

fn shapes<S: Serializer>(params: &Option<ShapesParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Shapes, params, serializer)
}

fn strokes<S: Serializer>(params: &Option<StrokesParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Strokes, params, serializer)
}

fn regions<S: Serializer>(params: &Option<RegionsParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Regions, params, serializer)
}

fn texture<S: Serializer>(params: &Option<TextureParams>, serializer: S) -> Result<S::Ok, S::Error> {
    with_absent(Method::Texture, params, serializer)
}

impl From<Recipe> for Written {
    fn from(recipe: Recipe) -> Self {
        let Recipe { scumble, preset, content, styles, init_image, mask, labels, brush_file, model_sha256, parameters } =
            recipe;
        let mut written = Self {
            scumble,
            method: parameters.method(),
            preset,
            content,
            styles,
            init_image,
            mask,
            labels,
            brush_file,
            model_sha256,
            neural: None,
            shapes: None,
            strokes: None,
            regions: None,
            texture: None,
        };
        match parameters {
            Parameters::Neural(params) => written.neural = Some(params),
            Parameters::Shapes(params) => written.shapes = Some(params),
            Parameters::Strokes(params) => written.strokes = Some(params),
            Parameters::Regions(params) => written.regions = Some(params),
            Parameters::Texture(params) => written.texture = Some(params),
        }
        written
    }
}

impl TryFrom<Written> for Recipe {
    type Error = Error;

    fn try_from(written: Written) -> Result<Self> {
        let Written { scumble, preset, content, styles, init_image, mask, labels, brush_file, model_sha256, .. } =
            written;
        let Written { method, neural, shapes, strokes, regions, texture, .. } = written;
        let given = [neural.is_some(), shapes.is_some(), strokes.is_some(), regions.is_some(), texture.is_some()];
        let parameters = match method {
            Method::Neural => neural.map(Parameters::Neural),
            Method::Shapes => shapes.map(Parameters::Shapes),
            Method::Strokes => strokes.map(Parameters::Strokes),
            Method::Regions => regions.map(Parameters::Regions),
            Method::Texture => texture.map(Parameters::Texture),
        };
        let wanted = || format!("allowed is '{method}' alone, the parameters of its method");
        match parameters.filter(|_| given.iter().filter(|given| **given).count() == 1) {
            Some(parameters) => Ok(Self {
                scumble,
                preset,
                content,
                styles,
                init_image,
                mask,
                labels,
                brush_file,
                model_sha256,
                parameters,
            }),
            None => Err(Error::parameter(format!("the recipe has parameters of another method; {}", wanted()))),
        }
    }
}
