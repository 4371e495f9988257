//! Image optimisation.

use scumble_core::{Error, Observer, Plan, Result};
use scumble_image::{Depth, Picture};
use scumble_neural::{Inputs, NeuralParams, Optimisation, Style};
use scumble_nn::{Device, VggWeights};

use super::Made;
use crate::checkpoint::{Checkpoint, State};
use crate::color_mode::{self, Finish};
use crate::environment::Environment;
use crate::forecast::{Costs, Forecast};
use crate::pictures::Reader;
use crate::recipe::{Parameters, Recipe};
use crate::system;

/// An optimisation that can begin.
#[derive(Debug)]
pub(super) struct Work {
    optimisation: Optimisation,
    finish: Finish,
    /// Bytes of main memory that were resident when it was prepared.
    held: u64,
}

impl Work {
    /// Opens what the recipe names, and fills in checksums and what memory allows.
    pub fn prepare(
        recipe: &mut Recipe,
        params: NeuralParams,
        environment: &Environment,
        mut reader: Reader<'_>,
        threads: &rayon::ThreadPool,
    ) -> Result<(Self, Depth)> {
        let device = Device::open(&environment.device)?;
        let content = recipe.content.as_mut().map(|c| reader.picture(c, "--content")).transpose()?;
        let init = recipe.init_image.as_mut().map(|i| reader.picture(i, "--init-image")).transpose()?;
        let styles = reader.styles(&recipe.styles)?;
        recipe.styles = styles.iter().map(|(style, _)| style.clone()).collect();
        let weights = weights(recipe, &params.model, environment)?;

        let depth = content.as_ref().map_or(Depth::Eight, |c| c.depth);
        let inputs = Inputs {
            content: content.map(|c| c.canvas),
            init: init.map(|i| i.canvas),
            styles: styles
                .into_iter()
                .map(|(style, Picture { canvas, .. })| Style { canvas, weight: style.weight })
                .collect(),
        };
        let (inputs, finish) = threads.install(|| color_mode::prepare(params.color, inputs))?;
        let mut optimisation = threads.install(|| Optimisation::prepare(&params, inputs, &weights, &device))?;
        let held = system::resident();
        if let Some(budget) = environment.memory.bytes(held) {
            threads.install(|| optimisation.fit_memory(held, budget))?;
        }
        recipe.parameters = Parameters::Neural(optimisation.params().clone());
        Ok((Self { optimisation, finish, held }, depth))
    }

    pub fn plan(&self) -> &Plan {
        self.optimisation.plan()
    }

    pub fn run(
        &self,
        checkpoint: Option<Checkpoint>,
        preview_every: usize,
        observer: &mut (dyn Observer + Send),
        after_step: &mut (dyn FnMut(State<'_>, bool) + Send),
    ) -> Result<Made> {
        let state = checkpoint.map(|Checkpoint { state, arrays, .. }| self.optimisation.restore(&state, arrays));
        let state = state.transpose().map_err(|e| e.context("the checkpoint"))?;
        let outcome = self.optimisation.run_from(
            state,
            preview_every,
            &mut self.finish.observer(observer),
            &mut |state, stopping| after_step(State::Neural(state), stopping),
        )?;
        let canvas = self.finish.apply(outcome.canvas)?;
        Ok(Made { canvas, painting: None, trace: outcome.trace, end: outcome.end })
    }
}

/// What only image optimisation can tell of a job.
#[derive(Debug, Clone, Copy)]
pub struct NeuralJob<'a> {
    pub(super) work: &'a Work,
    pub(super) threads: &'a rayon::ThreadPool,
}

impl NeuralJob<'_> {
    /// The parameters, with what was chosen for the picture to fit into memory.
    pub fn params(&self) -> &NeuralParams {
        self.work.optimisation.params()
    }

    /// Number of tiles at each stage.
    pub fn tiles(&self) -> Vec<usize> {
        self.work.optimisation.tiles_of_scales().iter().map(|tiles| tiles.iter().len()).collect()
    }

    /// What the job will take, from what a step and its preparation cost.
    pub fn forecast(&self, costs: &Costs) -> Forecast {
        self.threads.install(|| Forecast::new(&self.work.optimisation, costs, self.work.held))
    }

    /// A run of `steps` steps at one scale of another size, whose picture is of no account: for finding out what a step
    /// costs.
    ///
    /// # Errors
    /// If the size is too small for the deepest layer, or the device fails.
    pub fn try_out(&self, size: u32, steps: u32, observer: &mut (dyn Observer + Send)) -> Result<()> {
        self.threads.install(|| self.work.optimisation.trial(size, steps)?.run(0, observer)).map(drop)
    }
}

/// The weights a recipe names, with their checksum filled into it.
fn weights(recipe: &mut Recipe, model: &str, environment: &Environment) -> Result<VggWeights> {
    let weights = environment.models().resolve(model)?;
    if let Some(expected) = recipe.model_sha256.as_deref().filter(|expected| *expected != weights.sha256) {
        return Err(Error::weights(format!(
            "model '{model}' is not the one the recipe was made with: its SHA-256 was {expected}, now it is {}",
            weights.sha256
        ))
        .hint("import the weights the recipe was made with, or take model_sha256 out of the recipe"));
    }
    recipe.model_sha256 = Some(weights.sha256.clone());
    Ok(weights)
}
