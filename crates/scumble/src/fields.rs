//! The parameters one by one, for command lines, web forms and reference pages.

use scumble_core::{Error, Result};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Method;
use crate::schema::{
    Check, allowed, choices, description, follow, has_type, is_required, parameter_schema, properties, some,
};

/// One parameter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// The method it is a parameter of.
    pub method: Method,
    /// Its name in recipes: `size_rule`.
    pub name: String,
    /// Its name as a flag, without the dashes: `size-rule`.
    pub flag: String,
    /// What it means, one paragraph.
    pub help: String,
    /// What values look like.
    pub kind: Kind,
    /// The smallest allowed number, if any.
    pub minimum: Option<f64>,
    /// The largest allowed number, if any.
    pub maximum: Option<f64>,
    /// What is allowed, in words: "a whole number from 16 to 32768".
    pub allowed: String,
    /// Whether it may be absent; `none` as text takes it out.
    pub optional: bool,
}

/// What a parameter's values look like.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// Any text.
    Text,
    /// One of some names.
    Choice(Vec<Choice>),
    /// Several values; as text separated by commas.
    List(Box<Kind>),
    /// A table of named values; as text in JSON.
    Table,
}

/// One of the names a [`Kind::Choice`] allows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// The name.
    pub name: String,
    /// What it means.
    pub help: String,
}

/// Every parameter of a method, in the order of its documentation.
pub fn fields(method: Method) -> Vec<Field> {
    let root = parameter_schema(method);
    let field = |(name, schema): (&String, &Value)| Field {
        method,
        name: name.clone(),
        flag: name.replace('_', "-"),
        help: description(schema),
        kind: kind(schema, root),
        minimum: schema["minimum"].as_f64(),
        maximum: schema["maximum"].as_f64(),
        allowed: allowed(schema, root),
        optional: !is_required(root, name),
    };
    properties(root).iter().map(field).collect()
}

/// The method's parameter called `name`, in a recipe's or a flag's spelling.
///
/// # Errors
/// If there is none, with the nearest one.
pub fn field(method: Method, name: &str) -> Result<Field> {
    let snake = name.replace('-', "_");
    let all = fields(method);
    let hint = scumble_core::suggest(&snake, all.iter().map(|f| f.name.as_str()));
    all.into_iter().find(|f| f.name == snake).ok_or_else(|| {
        Error::parameter(format!("unknown parameter '{name}'"))
            .hint(format!("'scumble {method} --help' lists them all"))
            .maybe_hint(hint)
    })
}

impl Field {
    /// Reads a value written as text, as on a command line: `512`, `true`, `relu1_1,relu2_1:0.5`,
    /// `none` for an optional parameter that shall be absent.
    ///
    /// # Errors
    /// Names the parameter, the text and what is allowed.
    pub fn parse(&self, text: &str) -> Result<Value> {
        if self.optional && text == "none" {
            return Ok(Value::Null);
        }
        let value = self
            .kind
            .parse(text)
            .ok_or_else(|| Error::parameter(format!("{} is '{text}', allowed is {}", self.name, self.allowed)))?;
        self.check(&value)?;
        Ok(value)
    }

    /// Checks a value's type and range.
    ///
    /// # Errors
    /// Names the parameter, the value and what is allowed.
    pub fn check(&self, value: &Value) -> Result<()> {
        if self.optional && value.is_null() {
            return Ok(());
        }
        let root = parameter_schema(self.method);
        Check { root, method: self.method }.value(&self.name, value, &properties(root)[&self.name])
    }

    /// A value as the text that [`Field::parse`] reads.
    pub fn show(value: &Value) -> String {
        match value {
            Value::Null => "none".into(),
            Value::String(text) => text.clone(),
            Value::Array(items) if items.iter().any(Value::is_object) => value.to_string(),
            Value::Array(items) => items.iter().map(Field::show).collect::<Vec<_>>().join(","),
            other => other.to_string(),
        }
    }

    /// The parameter's value in a preset; null where the preset leaves it out.
    ///
    /// # Errors
    /// If there is no such preset.
    pub fn in_preset(&self, preset: &str) -> Result<Value> {
        let mut parameters: Map<String, Value> = crate::presets::parameters(preset)?;
        Ok(parameters.remove(&self.name).unwrap_or(Value::Null))
    }
}

impl Kind {
    /// Reads text; nothing if it is not of this kind. Ranges and names are checked elsewhere.
    fn parse(&self, text: &str) -> Option<Value> {
        match self {
            Kind::Integer => {
                text.parse::<u64>().ok().map(Value::from).or_else(|| text.parse::<i64>().ok().map(Value::from))
            }
            Kind::Number => text.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from),
            Kind::Bool => match text {
                "true" | "yes" | "on" | "1" => Some(true.into()),
                "false" | "no" | "off" | "0" => Some(false.into()),
                _ => None,
            },
            Kind::Text => Some(text.into()),
            // Older programs write `style_stats`.
            Kind::Choice(options) => {
                let option = options.iter().find(|option| option.name == text.replace('_', "-"));
                Some(option.map_or(text, |option| &option.name).into())
            }
            Kind::List(item) if **item == Kind::Table => serde_json::from_str(text).ok().filter(Value::is_array),
            Kind::List(_) if text.is_empty() => Some(Value::Array(Vec::new())),
            Kind::List(item) => text.split(',').map(|part| item.parse(part.trim())).collect(),
            Kind::Table => serde_json::from_str(text).ok().filter(Value::is_object),
        }
    }
}

fn kind(schema: &Value, root: &Value) -> Kind {
    let schema = follow(some(schema).unwrap_or(schema), root);
    if let Some(options) = choices(schema) {
        return Kind::Choice(options.into_iter().map(|(name, help)| Choice { name, help }).collect());
    }
    match () {
        () if has_type(schema, "integer") => Kind::Integer,
        () if has_type(schema, "number") => Kind::Number,
        () if has_type(schema, "boolean") => Kind::Bool,
        () if has_type(schema, "array") => Kind::List(Box::new(kind(&schema["items"], root))),
        () if has_type(schema, "object") => Kind::Table,
        () => Kind::Text,
    }
}
