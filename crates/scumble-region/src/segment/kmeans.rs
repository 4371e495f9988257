//! Pixels alike, wherever they are.

mod lloyd;
mod seeding;
mod space;

use rayon::prelude::*;
use schemars::JsonSchema;
use scumble_core::{Error, Result, Stream, within};
use scumble_image::Canvas;
use scumble_paint::oklab::Lab;
use serde::{Deserialize, Serialize};

use self::lloyd::{Run, lloyd, nearest};
use self::seeding::{sample, spread};
use self::space::Space;
use super::Pixels;
use crate::Labels;

/// The most clusters.
const MOST: u32 = 256;
/// The most clusters that are chosen.
const MOST_CHOSEN: usize = 24;
/// With so many clusters the squared difference left is below this share of that of one cluster.
const ENOUGH: f64 = 0.03;
/// Pixels that clusters are found for.
const TRAINING: usize = 1 << 16;
/// Pixels among which searches compete.
const SCOUTING: usize = 1 << 14;
/// Searches that compete, and those that do for each number of clusters of which one is chosen.
const SCOUTS: u64 = 10;
const FEW_SCOUTS: u64 = 2;
/// When a search ends: after so many rounds, or if one lowers J by a smaller share.
const ROUNDS: usize = 50;
const SETTLED: f64 = 1e-4;
/// The best search goes on: by smaller shares, as many rounds on from a result next to the last one cost little.
const FINISHED: f64 = 1e-5;

/// Parameters of [`kmeans`](kmeans()).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KMeansParams {
    /// How many clusters; if left out, the fewest of 2 to 24 that leave less than 3 % of the squared differences. Fewer if the
    /// picture has fewer colours.
    #[schemars(range(min = 1, max = 256))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clusters: Option<u32>,
    /// How much of a pixel's place counts: the longer side is so far in Oklab; 0 for none, 0.05 is usual.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub position: f64,
    /// How much texture counts against colour: 0 for colour alone, 0.5 for as much of either, 1 for texture alone.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub texture: f64,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl KMeansParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        if let Some(clusters) = self.clusters.filter(|clusters| !(1..=MOST).contains(clusters)) {
            let error = Error::parameter(format!("clusters is {clusters}, allowed is 1 to {MOST}"));
            return Err(error.hint("leave it out to have the number chosen"));
        }
        within("position", self.position, 0.0, 10.0)?;
        within("texture", self.texture, 0.0, 1.0)
    }
}

/// What [`kmeans`](kmeans()) found.
#[derive(Debug, Clone, PartialEq)]
pub struct Clusters {
    /// The cluster of each pixel. Clusters need not be connected.
    pub labels: Labels,
    /// Mean colour of each, in Oklab; that of hidden pixels comes from the nearest ones seen.
    pub means: Vec<Lab>,
    /// J, the sum over all seen pixels of the squared distance to the mean of their cluster: in Oklab if only colour counts.
    pub objective: f64,
    /// J a pixel after each round of the search that won, over the pixels it learnt from. It falls, but for rounding.
    pub trace: Vec<f64>,
}

/// Clusters of pixels by Lloyd's algorithm: `J = Σ min_k ‖x_i − μ_k‖²`. Of ten searches on a sample, begun by k-means++
/// (Arthur, Vassilvitskii 2007, with the best of several draws at a time), the best goes on on a larger one,
/// up to 65 536 pixels, and divides all. An empty cluster begins anew at the farthest pixel.
///
/// A pixel is its Oklab colour, if wanted with its place. With texture, it is also the logarithm of the energy of filters in
/// 4 directions at 3 scales, scaled to a variance of 1; colours and energies are then each brought to a variance of 1 in all
/// before they are weighted.
///
/// # Errors
/// As [`KMeansParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn kmeans(picture: &Canvas, params: &KMeansParams) -> Result<Clusters> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let space = Space::new(picture, &pixels, params)?;
    let training = space.take(&sample(space.len(), TRAINING, params.seed, 0));
    let scouting = training.take(&sample(training.len(), SCOUTING, params.seed, 1));
    let winner = match params.clusters {
        Some(clusters) => search(&scouting, clusters as usize, SCOUTS, params.seed),
        None => choose(&scouting, params.seed),
    };
    let run = lloyd(&training, winner.means, ROUNDS, FINISHED);
    let (mut ids, objective) = nearest(&space, &run.means);

    if let Some(hidden) = pixels.hidden() {
        let mut seen = ids.into_iter();
        let end = run.means.len() as u32;
        ids = hidden.iter().map(|hidden| if *hidden { end } else { seen.next().unwrap_or(end) }).collect();
    }
    let labels = pixels.labels(ids)?;
    Ok(Clusters { means: means(&pixels, &labels), labels, objective, trace: run.trace })
}

/// The best of several searches.
fn search(space: &Space, clusters: usize, scouts: u64, seed: u64) -> Run {
    let begin = |scout: u64| {
        // Stages 0 and 1 are those of the samples.
        let stage = 2 + clusters as u64 * SCOUTS + scout;
        lloyd(space, spread(space, clusters, &mut Stream::new(seed, stage)), ROUNDS, SETTLED)
    };
    let runs: Vec<Run> = (1..scouts).into_par_iter().map(begin).collect();
    let better = |best: Run, run: Run| if run.objective() < best.objective() { run } else { best };
    runs.into_iter().fold(begin(0), better)
}

/// The fewest clusters that leave little.
fn choose(space: &Space, seed: u64) -> Run {
    let one = search(space, 1, 1, seed);
    let all = one.objective();
    let mut best = one;
    for clusters in 2..=MOST_CHOSEN {
        if best.objective() < ENOUGH * all || all <= 0.0 {
            break;
        }
        best = search(space, clusters, FEW_SCOUTS, seed);
    }
    best
}

/// The mean colour of each label.
fn means(pixels: &Pixels, labels: &Labels) -> Vec<Lab> {
    let mut sums = vec![[0.0f64; 4]; labels.count()];
    for (i, id) in labels.ids().iter().enumerate() {
        let [light, a, b] = pixels.at(i).map(f64::from);
        sums[*id as usize].iter_mut().zip([light, a, b, 1.0]).for_each(|(sum, v)| *sum += v);
    }
    sums.into_iter().map(|[light, a, b, count]| [light, a, b].map(|sum| (sum / count) as f32)).collect()
}
