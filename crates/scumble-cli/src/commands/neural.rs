//! `scumble neural`: style transfer by image optimisation.

use std::path::{Path, PathBuf};

use scumble::{Error, Format, Recipe, RecipeBuilder, Result};

use crate::args::{MachineArgs, Neural, OutputArgs, ParameterFlags};
use crate::report::{Finish, data};
use crate::run::Run;
use crate::source::{Pictures, STDIN};

/// Arguments of `scumble neural`.
#[derive(Debug, clap::Args)]
pub struct NeuralArgs {
    /// The content picture, then the style pictures or folders of them; '-' is standard input
    ///
    /// With --content, all are styles.
    #[arg(value_name = "CONTENT STYLE")]
    pictures: Vec<PathBuf>,
    /// The content picture
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// A style picture, or a folder of them; may be repeated
    #[arg(long = "style", value_name = "FILE")]
    styles: Vec<PathBuf>,
    /// Weight of each style, separated by commas [equal]. Also spelt -sw
    #[arg(long, value_name = "LIST", value_delimiter = ',', allow_negative_numbers = true)]
    style_weights: Vec<f64>,
    /// The picture to start from; sets --init image
    #[arg(long, value_name = "FILE")]
    init_image: Option<PathBuf>,
    /// Where all parameters start from; 'scumble presets' lists them [quality]
    #[arg(short, long, value_name = "NAME")]
    preset: Option<String>,
    /// A recipe in JSON or TOML, '-' for standard input, or a picture that scumble made; flags win over it
    #[arg(long, value_name = "FILE")]
    recipe: Option<PathBuf>,
    /// Print the recipe that the flags make, and exit
    #[arg(long)]
    dump_recipe: bool,
    #[command(flatten)]
    parameters: ParameterFlags<Neural>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    pub machine: MachineArgs,
}

impl NeuralArgs {
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
            environment: self.machine.environment(),
            plan: self.machine.plan,
            source: &mut Pictures::default(),
            delivery: self.output.delivery("out.png".into())?,
            display: self.machine.watch.progress().display(recipe.method()),
            voice: self.machine.watch.voice(),
        };
        run.make(&recipe)
    }

    fn recipe(&self) -> Result<Recipe> {
        let mut builder = Recipe::builder();
        if let Some(preset) = &self.preset {
            builder = builder.preset(preset)?;
        }
        if let Some(path) = &self.recipe {
            builder = merge_recipe(builder, path)?;
        }
        builder = self.parameters.apply(builder)?;
        let (content, styles) = match (&self.content, self.pictures.split_first()) {
            (None, Some((first, rest))) => (Some(first), rest),
            (named, _) => (named.as_ref(), self.pictures.as_slice()),
        };
        if let Some(content) = content {
            builder = builder.content(content);
        }
        for style in styles.iter().chain(&self.styles) {
            builder = builder.style(style, 1.0);
        }
        if let Some(path) = &self.init_image {
            builder = builder.init_image(path);
        }
        let mut recipe = builder.build()?;
        self.parameters.forget_checksums(&mut recipe);
        self.weigh(&mut recipe)?;
        Ok(recipe)
    }

    /// Gives the styles their weights.
    fn weigh(&self, recipe: &mut Recipe) -> Result<()> {
        let (weights, styles) = (&self.style_weights, &mut recipe.styles);
        if weights.is_empty() {
            return Ok(());
        }
        if weights.len() != styles.len() {
            return Err(Error::parameter(format!(
                "--style-weights has {} numbers for {} styles",
                weights.len(),
                styles.len()
            ))
            .hint("give one number for each style picture or folder"));
        }
        styles.iter_mut().zip(weights).for_each(|(style, weight)| style.weight = *weight);
        recipe.validate()
    }
}

/// Merges a recipe from standard input, from a picture, or from a text file.
///
/// # Errors
/// If it cannot be read, or is no recipe of this method.
pub fn merge_recipe(builder: RecipeBuilder, path: &Path) -> Result<RecipeBuilder> {
    if path == Path::new(STDIN) {
        let text = std::io::read_to_string(std::io::stdin().lock());
        return builder.merge_text(&text.map_err(|e| Error::input(format!("cannot read standard input: {e}")))?);
    }
    if Format::from_path(path).is_ok() { builder.merge_image(path) } else { builder.merge_file(path) }
}
