//! Recipe text: JSON or TOML, told apart by their first character.

use scumble_core::{Error, Result};
use serde_json::{Map, Value};

/// Reads a recipe's members, unchecked.
pub(super) fn parse(text: &str) -> Result<Map<String, Value>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|e| Error::input(format!("not valid JSON: {e}")));
    }
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(0, |span| text[..span.start].matches('\n').count()) + 1;
        Error::input(format!("not valid TOML: line {line}: {}", e.message()))
            .hint("a recipe is TOML, or JSON starting with '{'")
    })
}
