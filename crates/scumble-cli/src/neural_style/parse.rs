//! Reads a command line in the spelling of the old programs: long options with a single dash.

use std::collections::BTreeMap;

use scumble::{Error, Result};

use super::options::{self, OPTIONS, Program, Spec, Takes};

/// A command line, read but not yet understood.
#[derive(Debug)]
pub struct CommandLine {
    /// The program whose name or files were given.
    pub program: Program,
    values: BTreeMap<&'static str, String>,
}

impl CommandLine {
    /// Reads the arguments after the command's name. A script's name in front is skipped, so that
    /// `th neural_style.lua -…` works with `th` standing for this command.
    ///
    /// # Errors
    /// At an unknown option, a missing value, or a value of the wrong kind.
    pub fn read(arguments: &[String]) -> Result<Self> {
        let (script, rest) = match arguments.split_first() {
            Some((first, rest)) if is_script(first) => (Some(first.as_str()), rest),
            _ => (None, arguments),
        };
        let mut values = BTreeMap::new();
        let mut rest = rest.iter().map(String::as_str).peekable();
        while let Some(argument) = rest.next() {
            let (option, attached) = split(argument)?;
            let value = match (option.takes, attached) {
                (Takes::Nothing, None) => String::new(),
                (Takes::Nothing, Some(value)) => {
                    return Err(Error::parameter(format!("-{} takes no value, but has '{value}'", option.name)));
                }
                (_, Some(value)) => value.to_owned(),
                (Takes::Perhaps(_), None) => rest.next_if(|next| !next.starts_with('-')).unwrap_or_default().to_owned(),
                (_, None) => {
                    rest.next().ok_or_else(|| Error::parameter(format!("-{} needs a value", option.name)))?.to_owned()
                }
            };
            check(option, &value)?;
            values.insert(option.name, value);
        }
        let program = program(script, &values);
        Ok(Self { program, values })
    }

    /// Whether the option was given.
    pub fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// The option's value, as it was written; an empty one counts as not given, as in the old
    /// programs.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The values of a list separated by commas.
    pub fn list(&self, name: &str) -> Vec<&str> {
        self.text(name).map(|text| text.split(',').map(str::trim).collect()).unwrap_or_default()
    }

    /// A whole number. [`Self::read`] has checked that it is one.
    pub fn whole(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }
}

/// `neural_style.lua`, `path/to/neural_style.py`.
fn is_script(argument: &str) -> bool {
    !argument.starts_with('-') && (argument.ends_with(".lua") || argument.ends_with(".py"))
}

/// The option an argument names, and the value attached by `=`.
fn split(argument: &str) -> Result<(&'static Spec, Option<&str>)> {
    let Some(body) = argument.strip_prefix("--").or_else(|| argument.strip_prefix('-')) else {
        return Err(Error::parameter(format!("unexpected argument '{argument}'"))
            .hint("options begin with a dash, as in -content_image photo.jpg -style_image painting.jpg"));
    };
    let (name, value) = match body.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (body, None),
    };
    let option = options::find(name).ok_or_else(|| {
        let known = OPTIONS.iter().map(|option| option.name);
        let hint = scumble::suggest(name, known).unwrap_or_else(|| "'scumble neural-style -help' lists them".into());
        Error::parameter(format!("unknown option '{argument}'")).hint(hint)
    })?;
    Ok((option, value))
}

fn check(option: &Spec, value: &str) -> Result<()> {
    let allowed = match option.takes {
        Takes::Number if !value.parse::<f64>().is_ok_and(f64::is_finite) => "a number".to_owned(),
        Takes::Whole if value.parse::<i64>().is_err() => "a whole number".to_owned(),
        Takes::OneOf(words) if !words.contains(&value) => words.join(" or "),
        _ => return Ok(()),
    };
    Err(Error::parameter(format!("-{} is '{value}', allowed is {allowed}", option.name)))
}

/// The script's ending decides; without a script, what only the Lua program was given.
fn program(script: Option<&str>, values: &BTreeMap<&'static str, String>) -> Program {
    let caffe = values.get("model_file").is_some_and(|file| file.ends_with(".caffemodel"));
    match script {
        Some(name) if name.ends_with(".lua") => Program::Lua,
        Some(_) => Program::Python,
        None if caffe || values.contains_key("proto_file") => Program::Lua,
        None => Program::Python,
    }
}
