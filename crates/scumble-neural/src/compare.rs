//! How far apart two pictures are to the encoder.

use scumble_core::Result;
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_nn::{Device, VggWeights};

use crate::objective::{NeuralObjective, Planes};
use crate::optim::Objective;
use crate::params::NeuralParams;

/// Distances between two pictures on the encoder, in the units of a parameter set's losses.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct FeatureDistance {
    /// The content loss between them.
    pub content: f64,
    /// The style loss between them.
    pub style: f64,
}

/// Compares `b` with `a` under the losses and weights of `params` (at neutral strength); `b` is
/// resized to `a`.
///
/// # Errors
/// If a picture is too small for a layer of `params`.
pub fn compare_features(
    a: &Canvas,
    b: &Canvas,
    params: &NeuralParams,
    weights: &VggWeights,
    device: &Device,
) -> Result<FeatureDistance> {
    let encoder = scumble_nn::Encoder::new(weights, params.padding, params.pooling, device);
    let (width, height) = (a.width(), a.height());
    let b = resize(b, width, height, Filter::Bicubic, Light::Linear)?;
    let (a, b) = (params.pixels.of_canvas(a), params.pixels.of_canvas(&b));
    let planes = Planes { values: &a, width, height };
    let neutral = NeuralParams { strength: 0.5, tv_weight: 0.0, ..params.clone() };
    let mut objective = NeuralObjective::new(&encoder, &neutral, (width, height), Some(planes), &[(1.0, planes)])?;
    objective.evaluate(&b)?;
    let sum = |prefix: &str| objective.parts().iter().filter(|(n, _)| n.starts_with(prefix)).map(|(_, v)| v).sum();
    Ok(FeatureDistance { content: sum("content"), style: sum("style") })
}
