//! How far apart two pictures are to the encoder.

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_nn::{Device, Encoder, Layer, Planes, VggWeights};

use crate::losses::{self, Moments, StyleTarget};
use crate::measured::{self, Kind, Measured, Probe};
use crate::params::{LayerWeight, NeuralParams, StyleKind, StyleTerm};
use crate::tiling::Tiles;

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
    let planes = |values| Planes { values, width, height, pixels: params.pixels.pixels() };
    let (a, b, tiles) = (planes(&a), planes(&b), Tiles::whole((width, height)));
    let layers = |specs: &[LayerWeight]| specs.iter().map(|l| encoder.layer(&l.layer)).collect::<Result<Vec<_>>>();
    let positions = |layer: Layer| encoder.side(layer, width) * encoder.side(layer, height);
    let mut distance = FeatureDistance { content: 0.0, style: 0.0 };
    let contents = layers(&params.content_layers)?;
    let targets = measured::features(&encoder, &a, &tiles, &contents)?;
    for ((spec, layer), target) in params.content_layers.iter().zip(contents).zip(targets) {
        let channels = target.first().map_or(0, |part| part.shape()[0]);
        let probes = [Probe { layer, kind: Kind::Content(target) }];
        let sums = Measured::new(&encoder, b, &tiles, &probes)?.sums.remove(0);
        let loss = losses::content(&sums, channels * positions(layer), params.content_loss);
        distance.content += params.content_weight * spec.weight * loss.value;
    }
    for term in &params.style_terms {
        let specs = params.style_layers.as_ref().unwrap_or(&term.layers);
        let layers = layers(specs)?;
        let sums = |picture| measured::moments(&encoder, picture, &tiles, &layers);
        for ((spec, layer), (a, b)) in specs.iter().zip(&layers).zip(sums(&a)?.into_iter().zip(sums(&b)?)) {
            let moments = |sums: &[f64]| Moments::from_sums(sums, positions(*layer));
            let style = style(term, moments(&a), &moments(&b))?;
            distance.style += params.style_weight * term.factor * spec.weight * style;
        }
    }
    Ok(distance)
}

fn style(term: &StyleTerm, a: Moments, b: &Moments) -> Result<f64> {
    if term.kind == StyleKind::Wasserstein {
        return losses::wasserstein_exact(&a, b)
            .ok_or_else(|| Error::device("the encoder's answers are not finite numbers"));
    }
    Ok(StyleTarget::new(term, &[(1.0, a)]).loss(b).value)
}
