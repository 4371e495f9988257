//! A style term's target at one layer.

use scumble_nn::tensor::Tensor;

use super::gram::GramTarget;
use super::mean_std::MeanStdTarget;
use super::statistics::Moments;
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
    /// The target of `term` from the styles' features with their blend weights.
    ///
    /// # Panics
    /// If there are no styles.
    pub fn new(term: &StyleTerm, styles: Vec<(f64, Tensor<4>)>) -> Self {
        let blended = |styles: Vec<(f64, Tensor<4>)>| {
            Moments::blend(styles.into_iter().map(|(w, f)| (w, Moments::of(f))).collect())
        };
        match term.kind {
            StyleKind::Gram => Self::Gram(GramTarget::new(styles, term.gram_norm, term.reduction)),
            StyleKind::Wasserstein => Self::Wasserstein(WassersteinTarget::new(&blended(styles))),
            StyleKind::MeanStd => Self::MeanStd(MeanStdTarget::new(&blended(styles))),
        }
    }

    /// The loss of a feature map.
    pub fn loss(&self, features: Tensor<4>) -> Tensor<1> {
        match self {
            Self::Gram(target) => target.loss(features),
            Self::Wasserstein(target) => target.loss(&Moments::of(features)),
            Self::MeanStd(target) => target.loss(&Moments::of(features)),
        }
    }

    /// Whether the target is a number everywhere.
    pub fn is_finite(&self) -> bool {
        match self {
            Self::Wasserstein(target) => target.is_finite(),
            Self::Gram(_) | Self::MeanStd(_) => true,
        }
    }
}
