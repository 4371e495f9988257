//! A style term's target at one layer.

use scumble_core::{Error, Result};
use scumble_nn::Device;
use scumble_nn::tensor::Tensor;

use super::Sloped;
use super::gram::GramTarget;
use super::mean_std::MeanStdTarget;
use super::statistics::{Moments, mean_of};
use super::wasserstein::WassersteinTarget;
use crate::params::{StyleKind, StyleTerm};

/// What a style asks of one layer's features.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one a layer; they are handles of tensors")]
pub enum StyleTarget {
    /// A Gram matrix.
    Gram(GramTarget),
    /// A Gaussian.
    Wasserstein(WassersteinTarget),
    /// Channel means and deviations.
    MeanStd(MeanStdTarget),
}

impl StyleTarget {
    /// The target of `term` from the styles' blend weights, moments and numbers of positions.
    ///
    /// # Panics
    /// If there are no styles.
    pub fn new(term: &StyleTerm, styles: &[(f64, Moments, usize)]) -> Self {
        let blended = || Moments::blend(styles.iter().map(|(weight, moments, _)| (*weight, moments.clone())).collect());
        match term.kind {
            StyleKind::Gram => Self::Gram(GramTarget::new(styles, term.gram_norm, term.reduction)),
            StyleKind::Wasserstein => Self::Wasserstein(WassersteinTarget::new(&blended())),
            StyleKind::MeanStd => Self::MeanStd(MeanStdTarget::new(&blended())),
        }
    }

    /// The loss of a picture's moments over `positions`.
    pub fn loss(&self, moments: &Moments, positions: usize) -> Tensor<1> {
        match self {
            Self::Gram(target) => target.loss(moments, positions),
            Self::Wasserstein(target) => target.loss(moments),
            Self::MeanStd(target) => target.loss(moments),
        }
    }

    /// The loss of sums F·Fᵀ beside F·1, `[C, C + 1]`, over `positions`, computed on `device`.
    ///
    /// # Errors
    /// If the device fails.
    pub fn of_sums(&self, sums: &[f64], positions: usize, device: &Device) -> Result<Sloped> {
        let mean = mean_of(sums, positions, device).require_grad();
        let loss = self.loss(&Moments::from_mean(mean.clone()), positions);
        let value = f64::from(loss.clone().into_scalar::<f32>());
        let slopes = match mean.grad(&loss.backward()) {
            Some(gradient) => gradient
                .into_data()
                .try_into_vec::<f32>()
                .map_err(|e| Error::device(format!("the device returned a gradient in an unexpected form: {e:?}")))?,
            None => vec![0.0; sums.len()],
        };
        Ok(Sloped { value, slopes: slopes.into_iter().map(|slope| slope / positions as f32).collect() })
    }

    /// Whether the target is a number everywhere.
    pub fn is_finite(&self) -> bool {
        match self {
            Self::Wasserstein(target) => target.is_finite(),
            Self::Gram(_) | Self::MeanStd(_) => true,
        }
    }
}
