//! From a recipe to a picture.

mod neural;
mod painting;
mod styled;
mod texture;

use scumble_core::{Error, Observer, Plan, Result};
use scumble_image::{Canvas, Depth};

use crate::VERSION;
use crate::artwork::Artwork;
use crate::checkpoint::{Checkpoint, Moment};
use crate::environment::Environment;
use crate::pictures::{Reader, Source};
use crate::recipe::{Parameters, Recipe};

pub use neural::NeuralJob;
pub(crate) use painting::Point;
use painting::Subject;

/// A recipe with everything it names at hand and checked: running it cannot fail on input.
#[derive(Debug)]
pub struct Job {
    recipe: Recipe,
    work: Work,
    depth: Depth,
    threads: rayon::ThreadPool,
}

/// What is done with a mask: its number, 1 that of the largest region, width and height in pixels, and values from 0 to 1,
/// row by row.
pub type MaskSink<'a> = dyn Fn(usize, [usize; 2], Vec<f32>) -> Result<()> + Sync + 'a;

/// What a method has prepared.
#[derive(Debug)]
enum Work {
    Neural(Box<neural::Work>),
    Painting(Box<painting::Work>),
    Texture(Box<texture::Work>),
}

/// What a method returns.
struct Made {
    canvas: Canvas,
    painting: Option<scumble_paint::Painting>,
    trace: Vec<scumble_core::Step>,
    end: crate::End,
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
        let mut recipe = Recipe { scumble: VERSION.into(), ..recipe.clone() };
        let reader = Reader { source, limits: &environment.limits };
        let painting = |recipe: &mut Recipe, subject, reader: Reader<'_>| -> Result<(Work, Depth)> {
            let (work, depth) = painting::Work::prepare(recipe, subject, environment, reader, &threads)?;
            Ok((Work::Painting(Box::new(work)), depth))
        };
        let (work, depth) = match recipe.parameters.clone() {
            Parameters::Neural(params) => {
                let (work, depth) = neural::Work::prepare(&mut recipe, params, environment, reader, &threads)?;
                (Work::Neural(Box::new(work)), depth)
            }
            Parameters::Texture(params) => {
                let (work, depth) = texture::Work::prepare(&mut recipe, params, environment, reader)?;
                (Work::Texture(Box::new(work)), depth)
            }
            Parameters::Shapes(params) => painting(&mut recipe, Subject::Shapes(params), reader)?,
            Parameters::Strokes(params) => painting(&mut recipe, Subject::Strokes(Box::new(params)), reader)?,
            Parameters::Regions(params) => painting(&mut recipe, Subject::Regions(Box::new(params)), reader)?,
        };
        Ok(Self { recipe, work, depth, threads })
    }

    /// What the run will do.
    pub fn plan(&self) -> &Plan {
        match &self.work {
            Work::Neural(work) => work.plan(),
            Work::Painting(work) => work.plan(),
            Work::Texture(work) => work.plan(),
        }
    }

    /// What only image optimisation can tell, if that is the method.
    pub fn neural(&self) -> Option<NeuralJob<'_>> {
        match &self.work {
            Work::Neural(work) => Some(NeuralJob { work, threads: &self.threads }),
            Work::Painting(_) | Work::Texture(_) => None,
        }
    }

    /// The regions as soft masks of the photo's size, if the method makes regions: see [`Masks`](scumble_region::Masks). They are
    /// handed over in any order and several at once. Gives how many there are.
    ///
    /// # Errors
    /// If the method has no regions.
    pub fn masks(&self, sink: &MaskSink<'_>) -> Result<usize> {
        match &self.work {
            Work::Painting(work) => self.threads.install(|| work.masks(sink)),
            _ => Err(no_regions()),
        }
    }

    /// What was learned from picks of shapes before, and what this recipe's picks teach: the parameter `learned` of the next
    /// picture of regions.
    ///
    /// # Errors
    /// If the method has no regions.
    pub fn learned(&self) -> Result<String> {
        match &self.work {
            Work::Painting(work) => self.threads.install(|| work.learned()),
            _ => Err(no_regions()),
        }
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
        let mut after = |state: crate::checkpoint::State<'_>, stopping| {
            after_step(&Moment { recipe: &self.recipe, state, stopping });
        };
        let made = self.threads.install(|| match &self.work {
            Work::Neural(work) => work.run(checkpoint, preview_every, observer, &mut after),
            Work::Painting(work) => work.run(checkpoint, preview_every, observer, &mut after),
            Work::Texture(work) => work.run(observer, &mut after),
        });
        let Made { canvas, painting, trace, end } = made?;
        Ok(Artwork { canvas, painting, depth: self.depth, recipe: self.recipe.clone(), trace, end })
    }
}

/// What asks for regions of a picture that has none gets.
fn no_regions() -> Error {
    Error::parameter("this picture has no regions").hint("'scumble regions' makes them")
}
