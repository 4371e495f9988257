//! Presets: starting points of recipes, as TOML files compiled into the library.
//!
//! A preset has a `description`, a `method`, perhaps another preset it `extends`, and a table of the
//! method's parameters, of which it says what differs.

use std::sync::LazyLock;

use scumble_core::{Error, Result, suggest};
use serde_json::{Map, Value};

use crate::recipe::drop_absent;

/// The preset of a recipe that names none.
pub const DEFAULT: &str = "quality";

const TEXTS: [(&str, &str); 8] = [
    ("quality", include_str!("../presets/quality.toml")),
    ("draft", include_str!("../presets/draft.toml")),
    ("neural-style", include_str!("../presets/neural-style.toml")),
    ("neural-style-pt", include_str!("../presets/neural-style-pt.toml")),
    ("gatys2016", include_str!("../presets/gatys2016.toml")),
    ("crowsonkb", include_str!("../presets/crowsonkb.toml")),
    ("crowsonkb-2021", include_str!("../presets/crowsonkb-2021.toml")),
    ("texture", include_str!("../presets/texture.toml")),
];

/// A preset as written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Preset {
    description: String,
    method: crate::Method,
    extends: Option<String>,
    neural: Map<String, Value>,
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let parse = |(name, text): (&str, &str)| {
        toml::from_str(text).unwrap_or_else(|e| panic!("the committed preset {name} is not valid: {e}"))
    };
    TEXTS.map(parse).into()
});

/// The presets' names, the default first.
pub fn names() -> Vec<&'static str> {
    TEXTS.iter().map(|(name, _)| *name).collect()
}

/// One line on what a preset is for.
///
/// # Errors
/// If there is no such preset.
pub fn description(name: &str) -> Result<&'static str> {
    Ok(&PRESETS[index(name)?].description)
}

/// The method a preset is of.
///
/// # Errors
/// If there is no such preset.
pub fn method(name: &str) -> Result<crate::Method> {
    Ok(PRESETS[index(name)?].method)
}

/// A preset's TOML text, as committed.
///
/// # Errors
/// If there is no such preset.
pub fn text(name: &str) -> Result<&'static str> {
    Ok(TEXTS[index(name)?].1)
}

/// Every parameter of a preset by name, with those of the presets it extends.
///
/// # Errors
/// If there is no such preset.
pub fn parameters(name: &str) -> Result<Map<String, Value>> {
    let preset = &PRESETS[index(name)?];
    let mut all = match &preset.extends {
        Some(base) => parameters(base)?,
        None => Map::new(),
    };
    all.extend(preset.neural.clone());
    drop_absent(&mut all);
    Ok(all)
}

fn index(name: &str) -> Result<usize> {
    TEXTS.iter().position(|(known, _)| *known == name).ok_or_else(|| {
        Error::parameter(format!("unknown preset '{name}'"))
            .hint(suggest(name, names()).unwrap_or_else(|| format!("presets are {}", names().join(", "))))
    })
}
