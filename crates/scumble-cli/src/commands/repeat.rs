//! `scumble repeat`: makes a picture again from the recipe it holds.

use std::path::{Path, PathBuf};

use scumble::{Parameters, PictureRef, Recipe, RecipeBuilder, Result, StyleRef};

use crate::args::{Any, MachineArgs, OutputArgs, ParameterFlags};
use crate::report::Finish;
use crate::run::Run;
use crate::source::Pictures;

/// Arguments of `scumble repeat`.
#[derive(Debug, clap::Args)]
pub struct RepeatArgs {
    /// A picture that scumble made
    image: PathBuf,
    /// The content, if it is elsewhere now, or another one
    #[arg(long, value_name = "FILE")]
    content: Option<PathBuf>,
    /// The styles, if they are elsewhere now, or others; as many as before keep their weights
    #[arg(long = "style", value_name = "FILE")]
    styles: Vec<PathBuf>,
    /// The picture to start from, if it is elsewhere now, or another one
    #[arg(long, value_name = "FILE")]
    init_image: Option<PathBuf>,
    /// The mask, if it is elsewhere now, or another one
    #[arg(long, value_name = "FILE")]
    mask: Option<PathBuf>,
    /// The picture of labels, if it is elsewhere now, or another one
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// The picture of a brush's mark, if it is elsewhere now, or another one
    #[arg(long, value_name = "FILE")]
    brush_file: Option<PathBuf>,
    #[command(flatten)]
    parameters: ParameterFlags<Any>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    pub machine: MachineArgs,
}

impl RepeatArgs {
    /// Does it.
    ///
    /// # Errors
    /// Every error of input, parameters and output.
    pub fn run(self) -> Result<Finish> {
        let mut recipe = self.parameters.apply(RecipeBuilder::from_image(&self.image)?)?.build()?;
        self.parameters.forget_checksums(&mut recipe);
        let mut pictures = Pictures::default();
        stand_in(&mut pictures, &mut recipe.content, self.content.as_deref())?;
        if let (Some(_), Parameters::Neural(params)) = (&self.init_image, &mut recipe.parameters) {
            params.init = scumble::params::Init::Image;
        }
        stand_in(&mut pictures, &mut recipe.init_image, self.init_image.as_deref())?;
        stand_in(&mut pictures, &mut recipe.mask, self.mask.as_deref())?;
        stand_in(&mut pictures, &mut recipe.labels, self.labels.as_deref())?;
        stand_in(&mut pictures, &mut recipe.brush_file, self.brush_file.as_deref())?;
        self.styles(&mut recipe, &mut pictures)?;
        let run = Run {
            environment: self.machine.environment(),
            plan: self.machine.plan,
            source: &mut pictures,
            delivery: self.output.delivery(beside(&self.image))?,
            display: self.machine.watch.progress().display(recipe.method()),
            voice: self.machine.watch.voice(),
        };
        run.make(&recipe)
    }

    /// One for one where the numbers agree and none is a folder; else a new list.
    fn styles(&self, recipe: &mut Recipe, pictures: &mut Pictures) -> Result<()> {
        if self.styles.is_empty() {
            return Ok(());
        }
        if self.styles.len() != recipe.styles.len() || self.styles.iter().any(|path| path.is_dir()) {
            let style = |path: &PathBuf| StyleRef { path: path.clone(), weight: 1.0, sha256: None };
            recipe.styles = self.styles.iter().map(style).collect();
            return Ok(());
        }
        for (style, file) in recipe.styles.iter_mut().zip(&self.styles) {
            let mut picture = PictureRef { path: style.path.clone(), sha256: style.sha256.take() };
            pictures.stand_in(&mut picture, file)?;
            (style.path, style.sha256) = (picture.path, picture.sha256);
        }
        Ok(())
    }
}

/// Lets `file`, if there is one, stand for the recipe's picture, if it has one.
fn stand_in(pictures: &mut Pictures, reference: &mut Option<PictureRef>, file: Option<&Path>) -> Result<()> {
    match (file, reference) {
        (None, _) => Ok(()),
        (Some(file), Some(reference)) => pictures.stand_in(reference, file),
        (Some(file), none) => {
            *none = Some(PictureRef { path: file.to_owned(), sha256: None });
            Ok(())
        }
    }
}

/// `folder/out.png` is repeated as `out-repeat.png` in the working directory.
fn beside(image: &Path) -> PathBuf {
    let stem = image.file_stem().unwrap_or_default().to_string_lossy();
    let ending = image.extension().unwrap_or_default().to_string_lossy();
    format!("{stem}-repeat.{ending}").into()
}
