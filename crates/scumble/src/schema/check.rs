//! A value against its schema, with errors for people: the parameter, its value, what is allowed.

use scumble_core::{Error, Result, suggest};
use scumble_neural::params::LayerWeight;
use scumble_paint::painters::HexColour;
use scumble_region::rules::{Fill, Pick, Range};
use serde_json::{Map, Value};

use super::{choices, description, follow, has_type, is_required, properties, reference, some};
use crate::Method;

/// Checks values of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Check<'a> {
    /// The document's schema, where references are looked up.
    pub root: &'a Value,
    /// The method whose parameters they are, for hints.
    pub method: Method,
}

impl Check<'_> {
    /// Checks `value`, called `name` in messages (empty for the document itself), against `schema`.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) at the first unknown member, wrong type or number
    /// out of range.
    pub fn value(self, name: &str, value: &Value, schema: &Value) -> Result<()> {
        if let Some(written) = reference(schema).and_then(Written::named) {
            return written.check(name, value);
        }
        let schema = follow(schema, self.root);
        if value.is_null() && has_type(schema, "null") {
            return Ok(());
        }
        if let Some(options) = choices(schema) {
            return check_choice(name, value, &options);
        }
        if let Some(some) = some(schema) {
            return if value.is_null() { Ok(()) } else { self.value(name, value, some) };
        }
        match value {
            Value::Number(number) => self.number(name, number, schema),
            Value::String(_) if has_type(schema, "string") => Ok(()),
            Value::Bool(_) if has_type(schema, "boolean") => Ok(()),
            Value::Array(items) if has_type(schema, "array") => items
                .iter()
                .enumerate()
                .try_for_each(|(i, item)| self.value(&format!("{name}[{i}]"), item, &schema["items"])),
            Value::Object(object) if has_type(schema, "object") => self.object(name, object, schema),
            _ => Err(self.refusal(name, value, schema)),
        }
    }

    fn refusal(self, name: &str, value: &Value, schema: &Value) -> Error {
        Error::parameter(format!("{name} is {}, allowed is {}", shown(value), allowed(schema, self.root)))
            .hint(format!("'scumble {} --help' says what each parameter means", self.method))
    }

    fn number(self, name: &str, number: &serde_json::Number, schema: &Value) -> Result<()> {
        let refuse = || Err(self.refusal(name, &Value::Number(number.clone()), schema));
        let whole = number.is_u64() || number.is_i64();
        if !(has_type(schema, "number") || has_type(schema, "integer") && whole) {
            return refuse();
        }
        // Limits are small enough to be exact; a 64-bit number rounds to the same side of them.
        let value = number.as_f64().unwrap_or(f64::NAN);
        let above = schema["minimum"].as_f64().is_none_or(|low| value >= low);
        let below = maximum(schema).is_none_or(|high| value <= high);
        if value.is_finite() && above && below { Ok(()) } else { refuse() }
    }

    fn object(self, name: &str, object: &Map<String, Value>, schema: &Value) -> Result<()> {
        let members = properties(schema);
        // Parameters are known by their own names, without the member of the recipe that holds them.
        let is_method = Method::named(name).is_some();
        let path = |member: &str| if is_method || name.is_empty() { member.into() } else { format!("{name}.{member}") };
        for (member, value) in object {
            let Some(expected) = members.get(member) else {
                let what = match name {
                    "" => format!("unknown member '{member}' of the recipe"),
                    _ if is_method => format!("unknown parameter '{member}'"),
                    _ => format!("unknown member '{member}' of {name}"),
                };
                return Err(Error::parameter(what).hint(nearest_or_all(member, members)));
            };
            self.value(&path(member), value, expected)?;
        }
        match members.keys().find(|member| is_required(schema, member) && !object.contains_key(*member)) {
            Some(missing) => Err(Error::parameter(format!("{} is missing", path(missing)))
                .hint(format!("give {}", allowed(&members[missing], self.root)))),
            None => Ok(()),
        }
    }
}

/// What a parameter may be, for messages: "a whole number from 16 to 32768".
pub(crate) fn allowed(schema: &Value, root: &Value) -> String {
    if let Some(written) = reference(schema).and_then(Written::named) {
        return format!("{}, as {}", written.what, written.example);
    }
    let schema = follow(schema, root);
    if let Some(options) = choices(schema) {
        let names: Vec<&str> = options.iter().map(|(name, _)| name.as_str()).collect();
        return names.join(", ");
    }
    let number = if has_type(schema, "integer") { "a whole number" } else { "a number" };
    if has_type(schema, "integer") || has_type(schema, "number") {
        return match (schema["minimum"].as_f64(), maximum(schema)) {
            (Some(low), Some(high)) => format!("{number} from {low} to {high}"),
            (Some(low), None) => format!("{number} of {low} or more"),
            (None, Some(high)) => format!("{number} of {high} or less"),
            (None, None) => number.into(),
        };
    }
    match () {
        () if has_type(schema, "boolean") => "true or false".into(),
        () if has_type(schema, "string") => "text".into(),
        () if has_type(schema, "array") => {
            format!("a list, each {}", allowed(&schema["items"], root))
        }
        () if has_type(schema, "object") => {
            let names: Vec<&str> = properties(schema).keys().map(String::as_str).collect();
            format!("a table of {}", names.join(", "))
        }
        () => description(schema),
    }
}

/// The largest allowed number: the schema's, else the type's.
fn maximum(schema: &Value) -> Option<f64> {
    schema["maximum"].as_f64().or_else(|| (schema["format"] == "uint32").then_some(f64::from(u32::MAX)))
}

/// A value in a message, cut where it is long.
pub(crate) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::String(text) => format!("'{text}'"),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST).chain(['…']).collect() }
}

/// A type that is written as text in a form of its own.
struct Written {
    what: &'static str,
    example: &'static str,
    parse: fn(&str) -> Result<()>,
}

impl Written {
    /// The type whose definition has that name.
    fn named(definition: &str) -> Option<Self> {
        let (what, example, parse): (_, _, fn(&str) -> Result<()>) = match definition {
            "LayerWeight" => ("a layer", "relu4_2 or relu4_2:0.5", |text| text.parse::<LayerWeight>().map(drop)),
            "HexColour" => ("a colour", "#1d3557", |text| text.parse::<HexColour>().map(drop)),
            "Fill" => ("a fill", "flat or hatch:45:6", |text| text.parse::<Fill>().map(drop)),
            "Pick" => ("a pick", "triangle@120:80", |text| text.parse::<Pick>().map(drop)),
            "Range" => ("a range", "0.1..0.5", |text| text.parse::<Range>().map(drop)),
            _ => return None,
        };
        Some(Self { what, example, parse })
    }

    fn check(&self, name: &str, value: &Value) -> Result<()> {
        match value.as_str() {
            Some(text) => (self.parse)(text).map_err(|e| e.context(name)),
            None => Err(Error::parameter(format!("{name} is {}, allowed is {}", shown(value), self.what))
                .hint(format!("write {} as {}", self.what, self.example))),
        }
    }
}

fn check_choice(name: &str, value: &Value, options: &[(String, String)]) -> Result<()> {
    let names = || options.iter().map(|(name, _)| name.as_str());
    if value.as_str().is_some_and(|given| names().any(|n| n == given)) {
        return Ok(());
    }
    let hint = value.as_str().and_then(|given| suggest(given, names()));
    let allowed = names().collect::<Vec<_>>().join(", ");
    Err(Error::parameter(format!("{name} is {}, allowed is {allowed}", shown(value))).maybe_hint(hint))
}

fn nearest_or_all(given: &str, members: &Map<String, Value>) -> String {
    let names = || members.keys().map(String::as_str);
    suggest(given, names()).unwrap_or_else(|| format!("known are {}", names().collect::<Vec<_>>().join(", ")))
}
