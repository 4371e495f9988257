//! The pictures shown in the documentation, each made by a recipe in `docs/gallery/`.

use std::path::{Path, PathBuf};

use anyhow::Context;
use scumble::{Environment, Job, Recipe, Silent};

/// Where recipes and pictures lie side by side.
const FOLDER: &str = "docs/gallery";

/// Which pictures are made.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Names of recipes in docs/gallery without their ending; all if none is given.
    names: Vec<String>,
}

/// Makes `NAME.jpg` beside each `NAME.toml`.
///
/// # Errors
/// If a recipe is missing or fails.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let recipes = if args.names.is_empty() {
        all()?
    } else {
        args.names.iter().map(|name| Path::new(FOLDER).join(name).with_extension("toml")).collect()
    };
    for path in recipes {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let recipe = Recipe::from_text(&text)?;
        eprintln!("{}", path.display());
        let artwork = Job::prepare(&recipe, &Environment::from_system())?.run(0, &mut Silent)?;
        artwork.save(&path.with_extension("jpg"))?;
    }
    Ok(())
}

fn all() -> anyhow::Result<Vec<PathBuf>> {
    let mut recipes: Vec<PathBuf> =
        std::fs::read_dir(FOLDER)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    recipes.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    recipes.sort();
    Ok(recipes)
}
