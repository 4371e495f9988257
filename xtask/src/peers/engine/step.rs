//! The own step: value and gradient of the objective of `peers_engine.py`.

use std::path::Path;

use anyhow::Result;
use scumble::{Environment, Recipe};
use scumble_image::{Canvas, Limits};
use scumble_neural::objective::NeuralObjective;
use scumble_neural::optim::Objective;
use scumble_neural::tiling::Tiles;
use scumble_nn::{Device, Encoder};

/// The objective and the point it is evaluated at.
#[derive(Debug)]
pub struct Own {
    objective: NeuralObjective,
    start: Vec<f32>,
}

impl Own {
    /// Measures the targets.
    pub fn new(device: &str, content: &str, style: &str) -> Result<Self> {
        let recipe =
            Recipe::builder().preset("gatys2016")?.set("tv_weight", "0.001")?.content(content).style(style, 1.0);
        let params = recipe.build()?.parameters.into_neural()?;
        let weights = Environment::from_system().models().resolve(&params.model)?;
        let encoder = Encoder::new(&weights, params.padding, params.pooling, &Device::open(device)?);
        let read =
            |path: &str| -> Result<Canvas> { Ok(scumble_image::open(Path::new(path), &Limits::default())?.canvas) };
        let (content, style) = (read(content)?, read(style)?);
        let size = (content.width(), content.height());
        let [content, style] = [content, style].map(|canvas| params.pixels.of_canvas(&canvas));
        let whole = Tiles::whole(size);
        let styles = [(1.0, style.as_slice(), whole.clone())];
        let objective = NeuralObjective::new(&encoder, &params, whole, Some(&content), &styles)?;
        let start = content.iter().zip(&style).map(|(a, b)| f32::midpoint(*a, *b)).collect();
        Ok(Self { objective, start })
    }

    /// Value, after value and gradient are computed by a thread of the pool, as the program does.
    pub fn step(&mut self) -> Result<f64> {
        Ok(rayon::scope(|_| self.objective.evaluate(&self.start))?.loss)
    }
}
