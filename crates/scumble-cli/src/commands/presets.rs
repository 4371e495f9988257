//! `scumble presets`: the starting points of recipes.

use scumble::{Result, presets};

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

/// One line for each preset.
fn list() -> Result<String> {
    let names = presets::names();
    let width = names.iter().map(|name| name.len()).max().unwrap_or_default();
    names.iter().map(|name| Ok(format!("{name:width$}  {}\n", presets::description(name)?))).collect()
}
