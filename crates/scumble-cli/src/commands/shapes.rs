//! `scumble shapes`: a picture put together from shapes.

use std::path::PathBuf;

use scumble::{Method, Recipe, Result};

use super::neural::merge_recipe;
use crate::args::{OutputArgs, ParameterFlags, Shapes, WatchArgs};
use crate::report::{Finish, data};
use crate::run::Run;
use crate::source::Pictures;

/// Arguments of `scumble shapes`.
#[derive(Debug, clap::Args)]
pub struct ShapesArgs {
    /// The picture; '-' is standard input
    #[arg(value_name = "PICTURE")]
    picture: Option<PathBuf>,
    /// Where shapes shall be near to the picture: white counts, black does not; of the picture's size
    #[arg(long, value_name = "FILE")]
    mask: Option<PathBuf>,
    /// Where all parameters start from; 'scumble presets' lists them [triangles]
    #[arg(short, long, value_name = "NAME")]
    preset: Option<String>,
    /// A recipe in JSON or TOML, '-' for standard input, or a picture that scumble made; flags win over it
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Print the recipe that the flags make, and exit
    #[arg(long)]
    dump_recipe: bool,
    #[command(flatten)]
    parameters: ParameterFlags<Shapes>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    pub watch: WatchArgs,
}

impl ShapesArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let recipe = self.recipe()?;
        if self.dump_recipe {
            data(recipe.to_json_pretty() + "\n")?;
            return Ok(Finish::Done);
        }
        let run = Run {
            environment: self.watch.environment(),
            source: &mut Pictures::default(),
            delivery: self.output.delivery("out.png".into())?,
            display: self.watch.progress().display(recipe.method()),
            voice: self.watch.voice(),
        };
        run.make(&recipe)
    }

    fn recipe(&self) -> Result<Recipe> {
        let mut builder = Recipe::builder_for(Method::Shapes);
        if let Some(preset) = &self.preset {
            builder = builder.preset(preset)?;
        }
        if let Some(path) = &self.recipe {
            builder = merge_recipe(builder, path)?;
        }
        builder = self.parameters.apply(builder)?;
        if let Some(picture) = &self.picture {
            builder = builder.content(picture);
        }
        if let Some(mask) = &self.mask {
            builder = builder.mask(mask);
        }
        builder.build()
    }
}
