//! The function that image optimisation minimises: content + style + total variation.

use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_nn::{Encoder, Layer, Planes};

use crate::losses::{self, Moments, Sloped, StyleTarget};
use crate::measured::{self, Kind, Measured, Probe};
use crate::optim::{Evaluation, Objective};
use crate::params::{ContentLoss, NeuralParams, NormalizeGradients, PixelSpace, TvLoss};
use crate::schedule::Size;
use crate::tiling::Tiles;

/// Added to a gradient's L1 norm before dividing by it (neural-style).
const NORM_EPSILON: f64 = 1e-8;

/// What one loss asks of one layer.
#[derive(Debug)]
enum Target {
    Content { form: ContentLoss },
    Style(StyleTarget),
}

/// One weighted loss of a probe's sums.
#[derive(Debug)]
struct Term {
    name: String,
    probe: usize,
    weight: f64,
    target: Target,
    /// Channels, rows and columns of the layer's features.
    shape: [usize; 3],
}

impl Term {
    fn loss(&self, sums: &[f64]) -> Sloped {
        let [channels, height, width] = self.shape;
        match &self.target {
            Target::Content { form } => losses::content(sums, channels * height * width, *form),
            Target::Style(target) => target.loss(&Moments::from_sums(sums, height * width)),
        }
    }

    /// The largest dimension of what the layer is compared with (neural-style-pt's weight divisor).
    fn largest_dimension(&self) -> usize {
        let [channels, height, width] = self.shape;
        match self.target {
            Target::Content { .. } => channels.max(height).max(width),
            Target::Style(_) => channels,
        }
    }
}

/// The objective at one scale. Reports the value of each part after an evaluation.
#[derive(Debug)]
pub struct NeuralObjective {
    encoder: Encoder,
    space: PixelSpace,
    tiles: Tiles,
    size: Size,
    probes: Vec<Probe>,
    terms: Vec<Term>,
    tv: Option<(f64, TvLoss)>,
    normalize: NormalizeGradients,
    normalize_weights: bool,
    parts: Vec<(String, f64)>,
}

impl NeuralObjective {
    /// Measures the targets for a picture in these `tiles`. `content` has the picture's size; the styles carry their
    /// blend weights and tiles, and may have any size.
    ///
    /// # Errors
    /// If a layer is unknown, a picture too small for it, or the blended styles have no root.
    pub fn new(
        encoder: &Encoder,
        params: &NeuralParams,
        tiles: Tiles,
        content: Option<&[f32]>,
        styles: &[(f64, &[f32], Tiles)],
    ) -> Result<Self> {
        let mut objective = Self {
            encoder: encoder.clone(),
            space: params.pixels,
            size: tiles.size(),
            tiles,
            probes: Vec::new(),
            terms: Vec::new(),
            tv: (params.tv_weight > 0.0).then_some((params.tv_weight, params.tv_loss)),
            normalize: params.normalize_gradients,
            normalize_weights: params.normalize_weights,
            parts: Vec::new(),
        };
        if let Some(content) = content.filter(|_| params.content_weight > 0.0) {
            objective.add_content(params, content)?;
        }
        if params.style_weight > 0.0 {
            objective.add_styles(params, styles)?;
        }
        Ok(objective)
    }

    fn add_content(&mut self, params: &NeuralParams, content: &[f32]) -> Result<()> {
        let layers = params.content_layers.iter().map(|l| self.encoder.layer(&l.layer)).collect::<Result<Vec<_>>>()?;
        let content = planes(content, self.size, self.space);
        let features = measured::features(&self.encoder, &content, &self.tiles, &layers)?;
        let strength = 100f64.powf(1.0 - 2.0 * params.strength);
        for ((spec, layer), features) in params.content_layers.iter().zip(layers).zip(features) {
            let channels = features.first().map_or(0, |part| part.shape()[0]);
            self.probes.push(Probe { layer, kind: Kind::Content(features) });
            self.terms.push(Term {
                name: format!("content {layer}"),
                probe: self.probes.len() - 1,
                weight: params.content_weight * strength * spec.weight,
                target: Target::Content { form: params.content_loss },
                shape: self.shape(layer, channels),
            });
        }
        Ok(())
    }

    fn add_styles(&mut self, params: &NeuralParams, styles: &[(f64, &[f32], Tiles)]) -> Result<()> {
        for term in &params.style_terms {
            let specs = params.style_layers.as_ref().unwrap_or(&term.layers);
            let layers = specs.iter().map(|l| self.encoder.layer(&l.layer)).collect::<Result<Vec<_>>>()?;
            let mut per_layer: Vec<Vec<(f64, Moments)>> = layers.iter().map(|_| Vec::new()).collect();
            for (weight, style, tiles) in styles {
                let size = tiles.size();
                let sums = measured::moments(&self.encoder, &planes(style, size, self.space), tiles, &layers)?;
                for ((layer, sums), moments) in layers.iter().zip(sums).zip(&mut per_layer) {
                    let positions = self.encoder.side(*layer, size.0) * self.encoder.side(*layer, size.1);
                    moments.push((*weight, Moments::from_sums(&sums, positions)));
                }
            }
            for ((spec, layer), moments) in specs.iter().zip(layers).zip(per_layer) {
                let target = StyleTarget::new(term, &moments);
                if !target.is_finite() {
                    return Err(Error::parameter("the blended styles have no valid covariance")
                        .hint("negative style weights can cancel a style out; make them smaller or positive"));
                }
                let channels = moments.first().map_or(0, |(_, moments)| moments.channels());
                let probe = self.moments(layer);
                self.terms.push(Term {
                    name: format!("style {layer}"),
                    probe,
                    weight: params.style_weight * term.factor * spec.weight,
                    target: Target::Style(target),
                    shape: self.shape(layer, channels),
                });
            }
        }
        Ok(())
    }

    /// The probe of a layer's moments; several terms may share it.
    fn moments(&mut self, layer: Layer) -> usize {
        let known = |probe: &Probe| probe.layer == layer && matches!(probe.kind, Kind::Moments);
        self.probes.iter().position(known).unwrap_or_else(|| {
            self.probes.push(Probe { layer, kind: Kind::Moments });
            self.probes.len() - 1
        })
    }

    fn shape(&self, layer: Layer, channels: usize) -> [usize; 3] {
        [channels, self.encoder.side(layer, self.size.1), self.encoder.side(layer, self.size.0)]
    }

    /// Names and values of the parts at the last evaluation; they sum to its loss.
    pub fn parts(&self) -> &[(String, f64)] {
        &self.parts
    }

    /// The weight of a term in the reported loss, and in the gradient.
    fn weights(&self, term: &Term) -> (f64, f64) {
        let divisor = if self.normalize_weights { term.largest_dimension() as f64 } else { 1.0 };
        let weight = term.weight / divisor;
        // neural-style-pt's flag normalises the weight itself and then multiplies by it again.
        (weight, if self.normalize == NormalizeGradients::PtCompat { weight * weight } else { weight })
    }

    /// The slopes of the weighted losses for the sums of every probe.
    fn slopes(&self, measured: &Measured<'_>, losses: Vec<Sloped>) -> Result<Vec<Vec<f32>>> {
        let pulls: Vec<_> = self.terms.iter().zip(losses).map(|(term, loss)| (term.probe, loss.slopes)).collect();
        let norms = match self.normalize {
            NormalizeGradients::Layer => Some(measured.norms(&pulls)?),
            NormalizeGradients::Off | NormalizeGradients::PtCompat => None,
        };
        let mut slopes: Vec<Vec<f32>> = measured.sums.iter().map(|sums| vec![0.0; sums.len()]).collect();
        for (i, (term, (probe, pull))) in self.terms.iter().zip(&pulls).enumerate() {
            let norm = norms.as_ref().map_or(1.0, |norms| norms[i] + NORM_EPSILON);
            let weight = (self.weights(term).1 / norm) as f32;
            slopes[*probe].iter_mut().zip(pull).for_each(|(sum, slope)| *sum += weight * slope);
        }
        Ok(slopes)
    }
}

fn planes(values: &[f32], (width, height): Size, space: PixelSpace) -> Planes<'_> {
    Planes { values, width, height, pixels: space.pixels() }
}

impl Objective for NeuralObjective {
    fn evaluate(&mut self, x: &[f32]) -> Result<Evaluation> {
        let picture = planes(x, self.size, self.space);
        let measured = Measured::new(&self.encoder, picture, &self.tiles, &self.probes)?;
        let losses: Vec<Sloped> =
            self.terms.par_iter().with_max_len(1).map(|term| term.loss(&measured.sums[term.probe])).collect();
        let part = |(term, loss): (&Term, &Sloped)| (term.name.clone(), self.weights(term).0 * loss.value);
        let mut parts: Vec<(String, f64)> = self.terms.iter().zip(&losses).map(part).collect();
        let slopes = self.slopes(&measured, losses)?;
        let mut gradient = measured.gradient(&slopes)?;
        if let Some((weight, form)) = self.tv {
            let value = losses::total_variation(x, self.size, form, weight, &mut gradient);
            if form != TvLoss::HalfSquares {
                parts.push(("tv".into(), value));
            }
        }
        let loss = parts.iter().map(|(_, value)| value).sum::<f64>();
        self.parts = parts;
        let what = match (loss.is_finite(), gradient.iter().all(|g| g.is_finite())) {
            (true, true) => None,
            (false, _) => Some(format!("the loss is {loss}")),
            (true, false) => Some("the gradient is not finite".to_owned()),
        };
        if let Some(what) = what {
            return Err(Error::parameter(format!("the optimisation diverged: {what}"))
                .hint("lower --learning-rate, or the weights that dominate the loss (see --trace)"));
        }
        Ok(Evaluation { loss, gradient })
    }
}
