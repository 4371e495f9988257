//! Merging recipes as JSON objects: later over earlier, parameters one by one, the rest whole.

use scumble_core::{Error, Result};
use serde_json::{Map, Value, json};

use crate::schema::{is_required, parameter_schema, properties, shown};
use crate::{Method, presets};

/// Lays the recipe `over` on `base`. Pictures are replaced whole, so that a new path does not keep the
/// checksum of the old one.
pub(super) fn lay_over(base: &mut Map<String, Value>, over: Map<String, Value>) {
    for (name, value) in over {
        match (base.get_mut(&name), value) {
            (Some(Value::Object(below)), Value::Object(above)) if Method::named(&name).is_some() => below.extend(above),
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}

/// The method that a recipe names, itself or by its preset, if any.
///
/// # Errors
/// If there is no such method or preset.
pub(super) fn method(recipe: &Map<String, Value>) -> Result<Option<Method>> {
    let text = |name: &str| recipe.get(name).and_then(Value::as_str);
    if let Some(name) = text("method") {
        let known = Method::ALL.map(Method::name);
        return match Method::named(name) {
            Some(method) => Ok(Some(method)),
            None => Err(Error::parameter(format!("method is '{name}', allowed is {}", known.join(", ")))
                .maybe_hint(scumble_core::suggest(name, known))),
        };
    }
    text("preset").map(presets::method).transpose()
}

/// Brings the short forms of recipe files to the full one: a picture may be its path alone.
pub(super) fn expand(recipe: &mut Map<String, Value>) {
    let expand_one = |picture: &mut Value| {
        if let Value::String(path) = picture {
            *picture = json!({ "path": path });
        }
    };
    for name in ["content", "init_image", "mask", "labels", "brush_file"] {
        recipe.get_mut(name).into_iter().for_each(expand_one);
    }
    if let Some(styles) = recipe.get_mut("styles") {
        if !styles.is_array() {
            *styles = json!([styles.take()]);
        }
        styles.as_array_mut().into_iter().flatten().for_each(expand_one);
    }
}

/// Takes out optional parameters that are null or, where the format has no null, the text "none".
pub(crate) fn drop_absent(method: Method, parameters: &mut Map<String, Value>) {
    let schema = parameter_schema(method);
    parameters.retain(|name, value| {
        let optional = properties(schema).contains_key(name) && !is_required(schema, name);
        !(optional && (value.is_null() || value == "none"))
    });
}

/// Whether a recipe says every parameter, so that its preset adds nothing.
pub(super) fn is_complete(method: Method, recipe: &Map<String, Value>) -> bool {
    let given = |name: &String| recipe.get(method.name()).is_some_and(|p| p.get(name).is_some());
    properties(parameter_schema(method)).keys().all(given)
}

/// The recipe's parameters, taken out.
pub(super) fn take_parameters(method: Method, recipe: &mut Map<String, Value>) -> Result<Map<String, Value>> {
    match recipe.remove(method.name()) {
        None => Ok(Map::new()),
        Some(Value::Object(parameters)) => Ok(parameters),
        Some(other) => {
            let hint = "to draw a painting in JSON, use 'scumble draw'";
            Err(Error::parameter(format!("{method} is {}, allowed is a table of parameters", shown(&other))).hint(hint))
        }
    }
}
