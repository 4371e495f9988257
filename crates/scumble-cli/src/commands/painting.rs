//! What the commands that paint have in common.

use std::path::{Path, PathBuf};

use scumble::{Environment, Method, Recipe, RecipeBuilder, Result};

use super::neural::merge_recipe;
use crate::args::parameters::Offer;
use crate::args::{OutputArgs, ParameterFlags, WatchArgs};
use crate::report::{Finish, data};
use crate::run::Run;
use crate::source::Pictures;

/// Arguments of commands that paint, apart from the pictures; the parameters are those of `O`.
#[derive(Debug, clap::Args)]
pub struct PaintingArgs<O: Offer> {
    /// Where all parameters start from; 'scumble presets' lists them, the default first
    #[arg(short, long, value_name = "NAME")]
    preset: Option<String>,
    /// A recipe in JSON or TOML, '-' for standard input, or a picture that scumble made; flags win over it
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Print the recipe that the flags make, and exit
    #[arg(long)]
    dump_recipe: bool,
    #[command(flatten)]
    parameters: ParameterFlags<O>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    pub watch: WatchArgs,
}

impl<O: Offer> PaintingArgs<O> {
    /// Whether a flag sets a parameter.
    pub fn sets(&self, parameter: &str) -> bool {
        self.parameters.sets(parameter)
    }

    /// The file for what picks teach.
    pub fn learned(&self) -> Option<&Path> {
        self.output.learned.as_deref()
    }

    /// A recipe of the flags.
    ///
    /// # Errors
    /// If a flag or the recipe cannot be.
    pub fn builder(&self, method: Method) -> Result<RecipeBuilder> {
        let mut builder = Recipe::builder_for(method);
        if let Some(preset) = &self.preset {
            builder = builder.preset(preset)?;
        }
        if let Some(path) = &self.recipe {
            builder = merge_recipe(builder, path)?;
        }
        self.parameters.apply(builder)
    }

    /// Makes the painting, or prints its recipe.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn make(&self, recipe: &Recipe, environment: Environment) -> Result<Finish> {
        if self.dump_recipe {
            data(recipe.to_json_pretty() + "\n")?;
            return Ok(Finish::Done);
        }
        let run = Run {
            environment,
            plan: false,
            source: &mut Pictures::default(),
            delivery: self.output.delivery("out.png".into())?,
            display: self.watch.progress().display(recipe.method()),
            voice: self.watch.voice(),
        };
        run.make(recipe)
    }
}
