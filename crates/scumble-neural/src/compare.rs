//! How far apart two pictures are to the encoder.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_nn::tensor::Tensor;
use scumble_nn::{Device, Encoder, VggWeights};

use crate::features::{self, Planes};
use crate::losses::{self, Moments, StyleTarget};
use crate::params::{LayerWeight, NeuralParams, StyleKind, StyleTerm};

/// Distances between two pictures on the encoder, in the units of a parameter set's losses.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct FeatureDistance {
    /// The content loss between them.
    pub content: f64,
    /// The style loss between them.
    pub style: f64,
}

/// Compares `b` with `a` under the losses and weights of `params` (at neutral strength); `b` is
/// resized to `a`. Wasserstein terms are exact, so that equal pictures have no distance.
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
    let encoder = Encoder::new(weights, params.padding, params.pooling, device);
    let (width, height) = (a.width(), a.height());
    let b = resize(b, width, height, Filter::Bicubic, Light::Linear)?;
    let (a, b) = (params.pixels.of_canvas(a), params.pixels.of_canvas(&b));
    let activations = |layers: &[LayerWeight]| {
        let layers = layers.iter().map(|l| encoder.layer(&l.layer)).collect::<Result<Vec<_>>>()?;
        let of = |values| features::of_picture(&encoder, params.pixels, Planes { values, width, height }, &layers);
        Ok::<_, Error>(of(&a)?.into_iter().zip(of(&b)?))
    };
    let mut distance = FeatureDistance { content: 0.0, style: 0.0 };
    for (spec, (a, b)) in params.content_layers.iter().zip(activations(&params.content_layers)?) {
        let loss = losses::content(b, a, params.content_loss);
        distance.content += params.content_weight * spec.weight * f64::from(loss.into_scalar::<f32>());
    }
    for term in &params.style_terms {
        let specs = params.style_layers.as_ref().unwrap_or(&term.layers);
        for (spec, (a, b)) in specs.iter().zip(activations(specs)?) {
            distance.style += params.style_weight * term.factor * spec.weight * style(term, a, b)?;
        }
    }
    Ok(distance)
}

fn style(term: &StyleTerm, a: Tensor<4>, b: Tensor<4>) -> Result<f64> {
    if term.kind == StyleKind::Wasserstein {
        return losses::wasserstein_exact(&Moments::of(a), &Moments::of(b))
            .ok_or_else(|| Error::device("the encoder's answers are not finite numbers"));
    }
    let loss = StyleTarget::new(term, vec![(1.0, a)]).loss(b);
    Ok(f64::from(loss.into_scalar::<f32>()))
}
