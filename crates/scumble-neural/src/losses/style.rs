//! A style term's target at one layer.

use super::Sloped;
use super::gram::GramTarget;
use super::mean_std::MeanStdTarget;
use super::statistics::Moments;
use super::wasserstein::WassersteinTarget;
use crate::params::{StyleKind, StyleTerm};

/// What a style asks of one layer's features.
#[derive(Debug, Clone)]
pub enum StyleTarget {
    /// A Gram matrix.
    Gram(GramTarget),
    /// A Gaussian.
    Wasserstein(WassersteinTarget),
    /// Channel means and deviations.
    MeanStd(MeanStdTarget),
}

impl StyleTarget {
    /// The target of `term` from the styles' blend weights and moments.
    ///
    /// # Panics
    /// If there are no styles.
    pub fn new(term: &StyleTerm, styles: &[(f64, Moments)]) -> Self {
        match term.kind {
            StyleKind::Gram => Self::Gram(GramTarget::new(styles, term.gram_norm, term.reduction)),
            StyleKind::Wasserstein => Self::Wasserstein(WassersteinTarget::new(&Moments::blend(styles))),
            StyleKind::MeanStd => Self::MeanStd(MeanStdTarget::new(&Moments::blend(styles))),
        }
    }

    /// The loss of a picture's moments, and its slopes for the sums F·Fᵀ beside F·1, `[C, C + 1]`.
    pub fn loss(&self, moments: &Moments) -> Sloped {
        match self {
            Self::Gram(target) => target.loss(moments),
            Self::Wasserstein(target) => target.loss(moments),
            Self::MeanStd(target) => target.loss(moments),
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
