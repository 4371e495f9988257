//! `scumble presets`: the starting points of recipes.

use scumble::{Method, Result, presets};

use crate::report::{Finish, data};

/// Arguments of `scumble presets`.
#[derive(Debug, clap::Args)]
pub struct PresetsArgs {
    /// Print this preset as TOML
    name: Option<String>,
}

impl PresetsArgs {
    /// Does it.
    ///
    /// # Errors
    /// If there is no such preset.
    pub fn run(self) -> Result<Finish> {
        match self.name {
            Some(name) => data(presets::text(&name)?)?,
            None => data(list()?)?,
        }
        Ok(Finish::Done)
    }
}

/// One line for each preset, under its method.
fn list() -> Result<String> {
    let names = Method::ALL.map(presets::names);
    let width = names.iter().flatten().map(|name| name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for (method, names) in Method::ALL.iter().zip(names) {
        text += &format!("{method}:\n");
        for name in names {
            text += &format!("  {name:width$}  {}\n", presets::description(name)?);
        }
    }
    Ok(text)
}
