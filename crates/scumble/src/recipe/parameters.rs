//! The parameters of a recipe's method.

use scumble_core::{Error, Result};
use scumble_neural::NeuralParams;
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::strokes::StrokesParams;
use scumble_region::RegionsParams;
use scumble_texture::{TextureMethod, TextureParams};
use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::Value;

use crate::Method;
use crate::schema::{has_type, parameter_schema, properties, some};

/// The parameters of a method: which of them says which method.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameters {
    /// Of image optimisation.
    Neural(NeuralParams),
    /// Of pictures put together from shapes.
    Shapes(ShapesParams),
    /// Of paintings of brush strokes.
    Strokes(StrokesParams),
    /// Of pictures of regions.
    Regions(RegionsParams),
    /// Of texture synthesis.
    Texture(TextureParams),
}

impl Parameters {
    /// The method.
    pub fn method(&self) -> Method {
        match self {
            Self::Neural(_) => Method::Neural,
            Self::Shapes(_) => Method::Shapes,
            Self::Strokes(_) => Method::Strokes,
            Self::Regions(_) => Method::Regions,
            Self::Texture(_) => Method::Texture,
        }
    }

    /// The seed of every random number.
    pub fn seed(&self) -> u64 {
        match self {
            Self::Neural(params) => params.seed,
            Self::Shapes(params) => params.seed,
            Self::Strokes(params) => params.seed,
            Self::Regions(params) => params.seed,
            Self::Texture(params) => params.seed,
        }
    }

    /// The parameters of image optimisation.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) if the method is another one.
    pub fn into_neural(self) -> Result<NeuralParams> {
        match self {
            Self::Neural(params) => Ok(params),
            other => Err(Error::parameter(format!("the recipe is of method '{}', not 'neural'", other.method()))),
        }
    }

    /// Refuses a parameter that was set by itself and that nothing would take.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter), naming what would take it.
    pub(super) fn refuse_idle(&self, parameter: &str) -> Result<()> {
        let params = match self {
            Self::Strokes(params) => params,
            Self::Texture(params) => return refuse_idle_of_texture(params, parameter),
            Self::Regions(params) => return refuse_idle_of_regions(params, parameter),
            _ => return Ok(()),
        };
        let Some(painters) = params.others_taking(parameter) else { return Ok(()) };
        let value = serde_json::to_value(params).unwrap_or_default()[parameter].to_string();
        let (painter, others) = (params.painter.name(), painters.iter().map(|painter| painter.name()));
        Err(Error::parameter(format!("{parameter} is {value}, but the painter {painter} does not take it"))
            .hint(format!("leave it out, or choose a preset of the painter {}", others.collect::<Vec<_>>().join(", "))))
    }

    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter), naming the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        match self {
            Self::Neural(params) => params.validate(),
            Self::Shapes(params) => params.validate(),
            Self::Strokes(params) => params.validate(),
            Self::Regions(params) => params.validate(),
            Self::Texture(params) => params.validate(),
        }
    }
}

/// Which methods of texture synthesis take what not all do. `auto` quilts or takes random phases.
fn textures_taking(parameter: &str) -> Option<&'static [TextureMethod]> {
    use TextureMethod::{Auto, HeegerBergen, PortillaSimoncelli, Quilt, Spectrum, Wavelet};
    match parameter {
        "tileable" | "block" | "overlap" | "tolerance" | "feather" | "layout" | "guide_weight" => Some(&[Quilt, Auto]),
        "scales" => Some(&[HeegerBergen, PortillaSimoncelli, Wavelet]),
        "orientations" => Some(&[HeegerBergen, PortillaSimoncelli]),
        "rounds" => Some(&[Spectrum, HeegerBergen, PortillaSimoncelli, Wavelet]),
        _ => None,
    }
}

fn refuse_idle_of_texture(params: &TextureParams, parameter: &str) -> Result<()> {
    let Some(takers) = textures_taking(parameter) else { return Ok(()) };
    // Textures of other methods than quilting are as was asked for.
    if takers.contains(&params.method) || parameter == "tileable" && params.tileable {
        return Ok(());
    }
    let value = serde_json::to_value(params).unwrap_or_default()[parameter].to_string();
    let takers: Vec<_> = takers.iter().map(|method| method.name()).collect();
    Err(Error::parameter(format!("{parameter} is {value}, but the method {} does not take it", params.method.name()))
        .hint(if parameter == "tileable" {
            "leave it out: what is not quilted always tiles".into()
        } else {
            format!("leave it out, or set method to {}", takers.join(", "))
        }))
}

fn refuse_idle_of_regions(params: &RegionsParams, parameter: &str) -> Result<()> {
    let Some([why, hint]) = params.idle(parameter) else { return Ok(()) };
    let value = serde_json::to_value(params).unwrap_or_default()[parameter].to_string();
    Err(Error::parameter(format!("{parameter} is {value}, but {why}")).hint(hint))
}

/// Writes what is absent, too: else the preset's value would fill the gap when the recipe is read.
pub(super) fn with_absent<S: Serializer, P: Serialize>(
    method: Method,
    params: &P,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(params).map_err(S::Error::custom)?;
    if let Some(members) = value.as_object_mut() {
        for (name, schema) in properties(parameter_schema(method)) {
            let optional = has_type(schema, "null") || some(schema).is_some();
            let absent = if optional { Value::Null } else { Value::Array(Vec::new()) };
            members.entry(name.clone()).or_insert(absent);
        }
    }
    value.serialize(serializer)
}
