//! Presets: starting points of recipes, as TOML files compiled into the library.
//!
//! A preset has a `description`, a `method`, perhaps another preset it `extends`, and a table of the
//! method's parameters, of which it says what differs.

use std::sync::LazyLock;

use scumble_core::{Error, Result, suggest};
use serde_json::{Map, Value};

use crate::Method;
use crate::recipe::drop_absent;

const TEXTS: [(&str, &str); 39] = [
    ("quality", include_str!("../presets/quality.toml")),
    ("draft", include_str!("../presets/draft.toml")),
    ("neural-style", include_str!("../presets/neural-style.toml")),
    ("neural-style-pt", include_str!("../presets/neural-style-pt.toml")),
    ("gatys2016", include_str!("../presets/gatys2016.toml")),
    ("crowsonkb", include_str!("../presets/crowsonkb.toml")),
    ("crowsonkb-2021", include_str!("../presets/crowsonkb-2021.toml")),
    ("texture", include_str!("../presets/texture.toml")),
    ("triangles", include_str!("../presets/triangles.toml")),
    ("ellipses", include_str!("../presets/ellipses.toml")),
    ("shapes", include_str!("../presets/shapes.toml")),
    ("economy", include_str!("../presets/economy.toml")),
    ("oil", include_str!("../presets/oil.toml")),
    ("impasto", include_str!("../presets/impasto.toml")),
    ("watercolour", include_str!("../presets/watercolour.toml")),
    ("pointillism", include_str!("../presets/pointillism.toml")),
    ("pencil", include_str!("../presets/pencil.toml")),
    ("coloured-pencil", include_str!("../presets/coloured-pencil.toml")),
    ("expressionist", include_str!("../presets/expressionist.toml")),
    ("impressionist", include_str!("../presets/impressionist.toml")),
    ("moments", include_str!("../presets/moments.toml")),
    ("kuwahara", include_str!("../presets/kuwahara.toml")),
    ("patches", include_str!("../presets/patches.toml")),
    ("ink", include_str!("../presets/ink.toml")),
    ("arty-shapes", include_str!("../presets/arty-shapes.toml")),
    ("low-poly", include_str!("../presets/low-poly.toml")),
    ("voronoi", include_str!("../presets/voronoi.toml")),
    ("mosaic", include_str!("../presets/mosaic.toml")),
    ("stained-glass", include_str!("../presets/stained-glass.toml")),
    ("paper-cut", include_str!("../presets/paper-cut.toml")),
    ("poster", include_str!("../presets/poster.toml")),
    ("textile", include_str!("../presets/textile.toml")),
    ("auto", include_str!("../presets/auto.toml")),
    ("phase", include_str!("../presets/phase.toml")),
    ("spectrum", include_str!("../presets/spectrum.toml")),
    ("heeger-bergen", include_str!("../presets/heeger-bergen.toml")),
    ("portilla-simoncelli", include_str!("../presets/portilla-simoncelli.toml")),
    ("quilt", include_str!("../presets/quilt.toml")),
    ("wavelet", include_str!("../presets/wavelet.toml")),
];

/// A preset.
#[derive(Debug)]
struct Preset {
    description: String,
    method: Method,
    extends: Option<String>,
    parameters: Map<String, Value>,
}

/// A preset as written; beside these members there is the table of its method's parameters.
#[derive(Debug, serde::Deserialize)]
struct Written {
    description: String,
    method: Method,
    extends: Option<String>,
    #[serde(flatten)]
    tables: Map<String, Value>,
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let parse = |(name, text): (&str, &str)| {
        let written: Written =
            toml::from_str(text).unwrap_or_else(|e| panic!("the committed preset {name} is not valid: {e}"));
        let Written { description, method, extends, mut tables } = written;
        match (tables.remove(method.name()), tables.is_empty()) {
            (Some(Value::Object(parameters)), true) => Preset { description, method, extends, parameters },
            _ => panic!("the committed preset {name} has not the one table '{method}'"),
        }
    };
    TEXTS.map(parse).into()
});

/// The names of a method's presets, the default first.
pub fn names(method: Method) -> Vec<&'static str> {
    TEXTS.iter().zip(&*PRESETS).filter(|(_, preset)| preset.method == method).map(|((name, _), _)| *name).collect()
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
pub fn method(name: &str) -> Result<Method> {
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
    all.extend(preset.parameters.clone());
    drop_absent(preset.method, &mut all);
    Ok(all)
}

/// The preset of that name, if it is of the method.
///
/// # Errors
/// If there is no such preset, or it is of another method.
pub(crate) fn check_method(name: &str, wanted: Method) -> Result<()> {
    let known = || TEXTS.iter().any(|(known, _)| *known == name);
    if known() && method(name)? != wanted {
        return Err(Error::parameter(format!("preset '{name}' is of {}, not of {wanted}", method(name)?))
            .hint(format!("presets of {wanted} are {}", names(wanted).join(", "))));
    }
    if !known() {
        return Err(unknown(name, &names(wanted)));
    }
    Ok(())
}

fn index(name: &str) -> Result<usize> {
    TEXTS.iter().position(|(known, _)| *known == name).ok_or_else(|| unknown(name, &TEXTS.map(|(known, _)| known)))
}

fn unknown(name: &str, known: &[&str]) -> Error {
    Error::parameter(format!("unknown preset '{name}'"))
        .hint(suggest(name, known.iter().copied()).unwrap_or_else(|| format!("presets are {}", known.join(", "))))
}
