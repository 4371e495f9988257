//! From a recipe to a picture.

use scumble_core::{Error, Observer, Plan, Result};
use scumble_image::{Depth, Picture};
use scumble_neural::{Inputs, Optimisation, Style};
use scumble_nn::{Device, VggWeights};

use crate::artwork::Artwork;
use crate::checkpoint::{Checkpoint, Moment};
use crate::color_mode::Finish;
use crate::environment::Environment;
use crate::forecast::{Costs, Forecast};
use crate::pictures::{Reader, Source};
use crate::recipe::Recipe;
use crate::{VERSION, color_mode, system};

/// A recipe with everything it names at hand and checked: running it cannot fail on input.
#[derive(Debug)]
pub struct Job {
    recipe: Recipe,
    optimisation: Optimisation,
    finish: Finish,
    depth: Depth,
    threads: rayon::ThreadPool,
    /// Bytes of main memory that were resident when it was prepared.
    held: u64,
}

impl Job {
    /// Opens and checks pictures, weights and device.
    ///
    /// # Errors
    /// Every error of input, parameters, limits, weights and device; see [`Fault`](scumble_core::Fault).
    pub fn prepare(recipe: &Recipe, environment: &Environment) -> Result<Self> {
        Self::prepare_from(recipe, environment, &mut |_: &std::path::Path| None)
    }

    /// As [`Job::prepare`], with some pictures' bytes from `source` (standard input, an upload).
    ///
    /// # Errors
    /// As [`Job::prepare`].
    pub fn prepare_from(recipe: &Recipe, environment: &Environment, source: &mut dyn Source) -> Result<Self> {
        recipe.validate()?;
        let threads = environment.thread_pool()?;
        let device = Device::open(&environment.device)?;
        let mut recipe = Recipe { scumble: VERSION.into(), ..recipe.clone() };
        let mut reader = Reader { source, limits: &environment.limits };
        let content = recipe.content.as_mut().map(|c| reader.picture(c, "--content")).transpose()?;
        let init = recipe.init_image.as_mut().map(|i| reader.picture(i, "--init-image")).transpose()?;
        let styles = reader.styles(&recipe.styles)?;
        recipe.styles = styles.iter().map(|(style, _)| style.clone()).collect();
        let weights = weights(&mut recipe, environment)?;

        let depth = content.as_ref().map_or(Depth::Eight, |c| c.depth);
        let inputs = Inputs {
            content: content.map(|c| c.canvas),
            init: init.map(|i| i.canvas),
            styles: styles
                .into_iter()
                .map(|(style, Picture { canvas, .. })| Style { canvas, weight: style.weight })
                .collect(),
        };
        let (inputs, finish) = threads.install(|| color_mode::prepare(recipe.neural.color, inputs))?;
        let mut optimisation = threads.install(|| Optimisation::prepare(&recipe.neural, inputs, &weights, &device))?;
        let held = system::resident();
        if let Some(budget) = environment.memory.bytes(held) {
            threads.install(|| optimisation.fit_memory(held, budget))?;
        }
        recipe.neural = optimisation.params().clone();
        Ok(Self { recipe, optimisation, finish, depth, threads, held })
    }

    /// What the run will do.
    pub fn plan(&self) -> &Plan {
        self.optimisation.plan()
    }

    /// Number of tiles at each stage.
    pub fn tiles(&self) -> Vec<usize> {
        self.optimisation.tiles_of_scales().iter().map(|tiles| tiles.iter().len()).collect()
    }

    /// What the job will take, from what a step and its preparation cost.
    pub fn forecast(&self, costs: &Costs) -> Forecast {
        self.threads.install(|| Forecast::new(&self.optimisation, costs, self.held))
    }

    /// A run of `steps` steps at one scale of another size, whose picture is of no account: for finding out what a step
    /// costs.
    ///
    /// # Errors
    /// If the size is too small for the deepest layer, or the device fails.
    pub fn try_out(&self, size: u32, steps: u32, observer: &mut (dyn Observer + Send)) -> Result<()> {
        self.threads.install(|| self.optimisation.trial(size, steps)?.run(0, observer)).map(drop)
    }

    /// The recipe as it will be recorded: folders resolved, checksums of all files, this version.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Makes the picture. The observer is shown it every `preview_every` steps; 0 shows none.
    ///
    /// # Errors
    /// If the optimisation diverges or the device fails.
    pub fn run(&self, preview_every: usize, observer: &mut (dyn Observer + Send)) -> Result<Artwork> {
        self.run_from(None, preview_every, observer, &mut |_| {})
    }

    /// Makes the picture from a checkpoint on, the same as without the break; from the beginning without one. After every
    /// step the run is handed over, for saving.
    ///
    /// # Errors
    /// As [`Job::run`], and if the checkpoint is not one of this job.
    pub fn run_from(
        &self,
        checkpoint: Option<Checkpoint>,
        preview_every: usize,
        observer: &mut (dyn Observer + Send),
        after_step: &mut (dyn FnMut(&Moment<'_>) + Send),
    ) -> Result<Artwork> {
        let state = checkpoint.map(|Checkpoint { state, arrays, .. }| self.optimisation.restore(&state, arrays));
        let state = state.transpose().map_err(|e| e.context("the checkpoint"))?;
        self.threads.install(|| {
            let outcome = self.optimisation.run_from(
                state,
                preview_every,
                &mut self.finish.observer(observer),
                &mut |state, stopping| after_step(&Moment { job: self, state, stopping }),
            )?;
            Ok(Artwork {
                canvas: self.finish.apply(outcome.canvas)?,
                depth: self.depth,
                recipe: self.recipe.clone(),
                trace: outcome.trace,
                end: outcome.end,
            })
        })
    }
}

/// The weights a recipe names, with their checksum filled into it.
fn weights(recipe: &mut Recipe, environment: &Environment) -> Result<VggWeights> {
    let weights = environment.models().resolve(&recipe.neural.model)?;
    if let Some(expected) = recipe.model_sha256.as_deref().filter(|expected| *expected != weights.sha256) {
        return Err(Error::weights(format!(
            "model '{}' is not the one the recipe was made with: its SHA-256 was {expected}, now it is {}",
            recipe.neural.model, weights.sha256
        ))
        .hint("import the weights the recipe was made with, or take model_sha256 out of the recipe"));
    }
    recipe.model_sha256 = Some(weights.sha256.clone());
    Ok(weights)
}
