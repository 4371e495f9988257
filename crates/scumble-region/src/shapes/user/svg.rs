//! Finding the outline in an SVG file.

use scumble_core::{Error, Result};

/// What an outline is written as.
#[derive(Debug, PartialEq)]
pub(super) enum Outline<'a> {
    /// Path data.
    Path(&'a str),
    /// Points of a polygon.
    Polygon(&'a str),
}

/// The outline of the first path or polygon that has one.
pub(super) fn outline(text: &str) -> Result<Outline<'_>> {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = rest.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
        let wanted = match name {
            "path" => "d",
            "polygon" => "points",
            _ => continue,
        };
        if let Some(value) = attribute(&rest[name.len()..], wanted) {
            return Ok(if name == "path" { Outline::Path(value) } else { Outline::Polygon(value) });
        }
    }
    Err(Error::input("no <path> with data and no <polygon> with points")
        .hint("convert the shape to a path before it is saved"))
}

/// The value of an attribute of the tag whose name has just been read.
fn attribute<'a>(mut rest: &'a str, wanted: &str) -> Option<&'a str> {
    loop {
        rest = rest.trim_start();
        if rest.starts_with(['>', '/']) {
            return None;
        }
        let (name, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| *c == '"' || *c == '\'')?;
        let (value, after) = after[1..].split_once(quote)?;
        if name.trim_end() == wanted {
            return Some(value);
        }
        rest = after;
    }
}
