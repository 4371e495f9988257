//! The JSON Schema of parameters and recipes: the one place where names, types, ranges and help live.

mod check;

use std::sync::LazyLock;

use schemars::schema_for;
use scumble_neural::NeuralParams;
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::strokes::StrokesParams;
use scumble_region::RegionsParams;
use scumble_texture::TextureParams;
use serde_json::{Map, Value};

use crate::Method;

pub(crate) use check::{Check, allowed, shown};

static NEURAL: LazyLock<Value> = LazyLock::new(|| schema_for!(NeuralParams).to_value());
static SHAPES: LazyLock<Value> = LazyLock::new(|| schema_for!(ShapesParams).to_value());
static STROKES: LazyLock<Value> = LazyLock::new(|| schema_for!(StrokesParams).to_value());
static REGIONS: LazyLock<Value> = LazyLock::new(|| schema_for!(RegionsParams).to_value());
static TEXTURE: LazyLock<Value> = LazyLock::new(|| schema_for!(TextureParams).to_value());
static RECIPE: LazyLock<Value> = LazyLock::new(|| schema_for!(crate::recipe::Written).to_value());

/// The JSON Schema (draft 2020-12) of a method's parameters, the recipe's member of the method's name.
pub fn parameter_schema(method: Method) -> &'static Value {
    match method {
        Method::Neural => &NEURAL,
        Method::Shapes => &SHAPES,
        Method::Strokes => &STROKES,
        Method::Regions => &REGIONS,
        Method::Texture => &TEXTURE,
    }
}

/// The JSON Schema (draft 2020-12) of a [`Recipe`](crate::Recipe).
pub fn recipe_schema() -> &'static Value {
    &RECIPE
}

/// A schema's members by name, in their order.
pub(crate) fn properties(schema: &Value) -> &Map<String, Value> {
    static NONE: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    schema["properties"].as_object().unwrap_or(&NONE)
}

/// Whether a member must be there.
pub(crate) fn is_required(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name))
}

/// A schema, or the definition in `root` it refers to.
pub(crate) fn follow<'a>(schema: &'a Value, root: &'a Value) -> &'a Value {
    reference(schema).map_or(schema, |name| &root["$defs"][name])
}

/// Name of the definition a schema refers to.
pub(crate) fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix("#/$defs/")
}

/// Whether a value of JSON type `name` is allowed.
pub(crate) fn has_type(schema: &Value, name: &str) -> bool {
    match &schema["type"] {
        Value::String(only) => only == name,
        Value::Array(types) => types.iter().any(|t| t == name),
        _ => false,
    }
}

/// The structure of an optional structure, for which schemars writes "this, or null".
pub(crate) fn some(schema: &Value) -> Option<&Value> {
    schema["anyOf"].as_array()?.iter().find(|member| !has_type(member, "null"))
}

/// Names and help of a choice, if the schema is one.
pub(crate) fn choices(schema: &Value) -> Option<Vec<(String, String)>> {
    let options = schema["oneOf"].as_array()?;
    options.iter().map(|o| Some((o["const"].as_str()?.to_owned(), description(o)))).collect()
}

/// A schema's description as one paragraph.
pub(crate) fn description(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}
