//! What a job will take of time and memory, before it is run.

use scumble_neural::Optimisation;
use scumble_neural::params::{NeuralParams, OptimizerKind};
use serde::{Deserialize, Serialize};

/// What steps cost on this machine: a part that any picture costs, and a part a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Costs {
    /// Seconds of a step.
    pub step: f64,
    /// Seconds of a step for every pixel of the picture.
    pub step_pixel: f64,
    /// Seconds before the first step of a scale.
    pub scale: f64,
    /// Seconds before the first step of a scale for every pixel of picture and styles.
    pub scale_pixel: f64,
}

/// One timed trial.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trial {
    /// Pixels of the picture.
    pub pixels: f64,
    /// Pixels of picture and styles.
    pub all_pixels: f64,
    /// Seconds of a step.
    pub step: f64,
    /// Seconds before the first step.
    pub before: f64,
}

impl Costs {
    /// From two trials of different sizes.
    pub fn between(small: &Trial, large: &Trial) -> Self {
        // Noise can make the line fall, or start below zero.
        let line = |x: [f64; 2], y: [f64; 2]| {
            let slope = ((y[1] - y[0]) / (x[1] - x[0])).clamp(0.0, y[1] / x[1]);
            ((y[1] - slope * x[1]).max(0.0), slope)
        };
        let (step, step_pixel) = line([small.pixels, large.pixels], [small.step, large.step]);
        let (scale, scale_pixel) = line([small.all_pixels, large.all_pixels], [small.before, large.before]);
        Self { step, step_pixel, scale, scale_pixel }
    }

    /// What costs depend on, apart from machine and device: trials of jobs with the same key cost the same.
    pub fn key(params: &NeuralParams, styles: usize) -> String {
        let NeuralParams { model, pooling, padding, pixels, optimizer, style_terms, normalize_gradients, .. } = params;
        let layers = |layers: &[scumble_neural::params::LayerWeight]| {
            layers.iter().map(|l| l.layer.clone()).collect::<Vec<_>>().join(",")
        };
        let terms = style_terms
            .iter()
            .map(|term| format!("{:?}({})", term.kind, layers(params.style_layers.as_ref().unwrap_or(&term.layers))));
        let terms = terms.collect::<Vec<_>>().join("+");
        let content = layers(&params.content_layers);
        let weighted = [params.content_weight, params.style_weight, params.tv_weight].map(|w| w > 0.0);
        let averages = params.averages();
        format!(
            "{model} {pooling:?} {padding:?} {pixels:?} {optimizer:?} {normalize_gradients:?} {terms} {content} {weighted:?} {averages} {styles}"
        )
    }
}

/// One scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForecastStage {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Steps.
    pub steps: usize,
    /// Number of tiles.
    pub tiles: usize,
    /// Seconds of all of it.
    pub seconds: f64,
}

/// What a job will take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Forecast {
    /// Its scales, in order.
    pub stages: Vec<ForecastStage>,
    /// Seconds of the whole run.
    pub seconds: f64,
    /// Bytes of main memory that will be resident at most; unknown for graphics devices.
    pub memory: Option<u64>,
}

/// A pass over a picture in tiles goes there twice and back once, over one in one piece there and back.
const TILED: f64 = 1.5;
/// Bytes a second at which L-BFGS goes through its history: ordinary memory of two channels.
const HISTORY_SPEED: f64 = 1e10;

impl Forecast {
    pub(crate) fn new(optimisation: &Optimisation, costs: &Costs, held: u64) -> Self {
        let params = optimisation.params();
        let plan = optimisation.plan();
        let scales = optimisation.tiles_of_scales().into_iter().zip(optimisation.styles_of_scales());
        let stages: Vec<ForecastStage> = plan
            .stages
            .iter()
            .zip(scales)
            .map(|(stage, (tiles, styles))| {
                let own = (stage.width * stage.height) as f64;
                let computed: f64 = match tiles.only() {
                    Some(_) => own,
                    None => TILED * tiles.iter().map(|tile| tile.outer.positions() as f64).sum::<f64>(),
                };
                let history = match params.optimizer {
                    OptimizerKind::Adam => 0.0,
                    OptimizerKind::Lbfgs => mean_history(params.lbfgs_history as usize, stage.steps),
                };
                // A pair is read twice on the way there and twice on the way back, three floats a pixel each.
                let remembering = history * 4.0 * 12.0 * own / HISTORY_SPEED;
                let step = costs.step + costs.step_pixel * computed + remembering;
                let all = own + styles.iter().map(|(width, height)| (width * height) as f64).sum::<f64>();
                let seconds = costs.scale + costs.scale_pixel * all + stage.steps as f64 * step;
                let (width, height, steps) = (stage.width, stage.height, stage.steps);
                ForecastStage { width, height, steps, tiles: tiles.iter().len(), seconds }
            })
            .collect();
        let seconds = stages.iter().map(|stage| stage.seconds).sum();
        Self { stages, seconds, memory: optimisation.memory(held) }
    }
}

/// The mean number of remembered pairs over so many steps.
fn mean_history(history: usize, steps: usize) -> f64 {
    (0..steps).map(|step| step.min(history) as f64).sum::<f64>() / steps.max(1) as f64
}
