//! The function that image optimisation minimises: content + style + total variation.

use scumble_core::{Error, Result};
use scumble_nn::tensor::{Tensor, total};
use scumble_nn::{Encoder, Layer};

use crate::features::{self, Planes};
use crate::losses::{self, StyleTarget};
use crate::optim::{Evaluation, Objective};
use crate::params::{ContentLoss, NeuralParams, NormalizeGradients, PixelSpace, TvLoss};

/// Added to a gradient's L1 norm before dividing by it (neural-style).
const NORM_EPSILON: f64 = 1e-8;

/// What one loss asks of one layer.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one a layer; they are handles of tensors")]
enum Target {
    Content { features: Tensor<4>, form: ContentLoss },
    Style(StyleTarget),
}

impl Target {
    fn loss(&self, features: Tensor<4>) -> Tensor<1> {
        match self {
            Target::Content { features: target, form } => losses::content(features, target.clone(), *form),
            Target::Style(target) => target.loss(features),
        }
    }

    /// The largest dimension of what the layer is compared with (neural-style-pt's weight divisor).
    fn largest_dimension(&self, features: &Tensor<4>) -> usize {
        let [_, c, h, w] = features.dims();
        match self {
            Target::Content { .. } => c.max(h).max(w),
            Target::Style(_) => c,
        }
    }
}

/// One weighted loss at one layer.
#[derive(Debug, Clone)]
struct Term {
    name: String,
    tap: usize,
    weight: f64,
    target: Target,
}

/// The objective at one scale. Reports the value of each part after an evaluation.
#[derive(Debug, Clone)]
pub struct NeuralObjective {
    encoder: Encoder,
    space: PixelSpace,
    width: usize,
    height: usize,
    taps: Vec<Layer>,
    terms: Vec<Term>,
    tv: Option<(f64, TvLoss)>,
    normalize: NormalizeGradients,
    normalize_weights: bool,
    parts: Vec<(String, f64)>,
}

impl NeuralObjective {
    /// Measures the targets for a picture of `width` × `height`. `content` has that size; the styles
    /// carry their blend weights and may have any size.
    ///
    /// # Errors
    /// If a layer is unknown, a picture too small for it, or the blended styles have no root.
    pub fn new(
        encoder: &Encoder,
        params: &NeuralParams,
        (width, height): (usize, usize),
        content: Option<Planes<'_>>,
        styles: &[(f64, Planes<'_>)],
    ) -> Result<Self> {
        let mut objective = Self {
            encoder: encoder.clone(),
            space: params.pixels,
            width,
            height,
            taps: Vec::new(),
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

    fn add_content(&mut self, params: &NeuralParams, content: Planes<'_>) -> Result<()> {
        let layers = params.content_layers.iter().map(|l| self.encoder.layer(&l.layer)).collect::<Result<Vec<_>>>()?;
        let features = features::of_picture(&self.encoder, self.space, content, &layers)?;
        let strength = 100f64.powf(1.0 - 2.0 * params.strength);
        for ((spec, layer), features) in params.content_layers.iter().zip(&layers).zip(features) {
            let tap = self.tap(*layer);
            self.terms.push(Term {
                name: format!("content {layer}"),
                tap,
                weight: params.content_weight * strength * spec.weight,
                target: Target::Content { features, form: params.content_loss },
            });
        }
        Ok(())
    }

    fn add_styles(&mut self, params: &NeuralParams, styles: &[(f64, Planes<'_>)]) -> Result<()> {
        for term in &params.style_terms {
            let specs = params.style_layers.as_ref().unwrap_or(&term.layers);
            let layers = specs.iter().map(|l| self.encoder.layer(&l.layer)).collect::<Result<Vec<_>>>()?;
            // One pass per style, its features dropped layer by layer as they become statistics.
            let mut per_style = styles
                .iter()
                .map(|(weight, style)| {
                    Ok((*weight, features::of_picture(&self.encoder, self.space, *style, &layers)?.into_iter()))
                })
                .collect::<Result<Vec<_>>>()?;
            for (spec, layer) in specs.iter().zip(&layers) {
                let features =
                    per_style.iter_mut().filter_map(|(weight, taps)| taps.next().map(|f| (*weight, f))).collect();
                let target = StyleTarget::new(term, features);
                if !target.is_finite() {
                    return Err(Error::parameter("the blended styles have no valid covariance")
                        .hint("negative style weights can cancel a style out; make them smaller or positive"));
                }
                let tap = self.tap(*layer);
                self.terms.push(Term {
                    name: format!("style {layer}"),
                    tap,
                    weight: params.style_weight * term.factor * spec.weight,
                    target: Target::Style(target),
                });
            }
        }
        Ok(())
    }

    fn tap(&mut self, layer: Layer) -> usize {
        self.taps.iter().position(|t| *t == layer).unwrap_or_else(|| {
            self.taps.push(layer);
            self.taps.len() - 1
        })
    }

    /// Names and values of the parts at the last evaluation; they sum to its loss.
    pub fn parts(&self) -> &[(String, f64)] {
        &self.parts
    }

    /// What enters the backward pass for a term, and its reported value.
    fn pull(&self, term: &Term, features: Tensor<4>) -> (Tensor<1>, f64) {
        let mut weight = term.weight;
        if self.normalize_weights {
            weight /= term.target.largest_dimension(&features) as f64;
        }
        if self.normalize == NormalizeGradients::Layer {
            let leaf = features.clone().detach().require_grad();
            let loss = term.target.loss(leaf.clone());
            let value = scalar(&loss);
            let gradient = leaf.grad(&loss.backward());
            let Some(gradient) = gradient.map(|g| Tensor::from_data(g.into_data(), &features.device())) else {
                return (total(features) * 0.0, weight * value);
            };
            let gradient: Tensor<4> = gradient;
            let norm = f64::from(total(gradient.clone().abs()).into_scalar::<f32>()) + NORM_EPSILON;
            return (total(features * gradient) * (weight / norm), weight * value);
        }
        let loss = term.target.loss(features);
        let value = weight * scalar(&loss);
        // neural-style-pt's flag normalises the weight itself and then multiplies by it again.
        let pull = if self.normalize == NormalizeGradients::PtCompat { weight * weight } else { weight };
        (loss * pull, value)
    }
}

fn scalar(loss: &Tensor<1>) -> f64 {
    f64::from(loss.clone().into_scalar::<f32>())
}

impl Objective for NeuralObjective {
    fn evaluate(&mut self, x: &[f32]) -> Result<Evaluation> {
        let picture = Planes { values: x, width: self.width, height: self.height };
        let leaf = features::tensor(&self.encoder, picture).require_grad();
        let taps = self.encoder.forward(features::preprocessed(&self.encoder, self.space, leaf.clone()), &self.taps);
        let mut parts: Vec<(String, f64)> = Vec::with_capacity(self.terms.len() + 1);
        let mut sum: Option<Tensor<1>> = None;
        let mut add = |pull: Tensor<1>| sum = Some(sum.take().map_or(pull.clone(), |sum| sum + pull));
        for term in &self.terms {
            let (pull, value) = self.pull(term, taps[term.tap].clone());
            add(pull);
            parts.push((term.name.clone(), value));
        }
        drop(taps);
        if let Some((weight, form)) = self.tv {
            let tv = losses::total_variation(leaf.clone(), form) * weight;
            if form != TvLoss::HalfSquares {
                parts.push(("tv".into(), scalar(&tv)));
            }
            add(tv);
        }
        let loss = parts.iter().map(|(_, value)| value).sum::<f64>();
        self.parts = parts;
        let gradient = match sum.map(|sum| sum.backward()).and_then(|mut grads| leaf.grad_remove(&mut grads)) {
            Some(gradient) => gradient
                .into_data()
                .try_into_vec::<f32>()
                .map_err(|e| Error::device(format!("the device returned a gradient in an unexpected form: {e:?}")))?,
            None => vec![0.0; x.len()],
        };
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
