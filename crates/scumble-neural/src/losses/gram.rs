//! The Gram loss (Gatys, Ecker & Bethge 2016, eq. 3–5) in the conventions of its implementations.

use scumble_nn::tensor::Tensor;

use super::scaled_squares;
use super::statistics::Moments;
use crate::params::{GramNorm, Reduction};

/// A style's Gram matrix and how a picture's is compared with it.
#[derive(Debug, Clone)]
pub struct GramTarget {
    gram: Tensor<2>,
    norm: GramNorm,
    reduction: Reduction,
}

impl GramTarget {
    /// The weighted sum of the styles' Gram matrices, each from its moments over its number of positions.
    ///
    /// # Panics
    /// If there are none.
    pub fn new(styles: &[(f64, Moments, usize)], norm: GramNorm, reduction: Reduction) -> Self {
        let gram = styles
            .iter()
            .map(|(weight, moments, positions)| gram(moments, *positions, norm) * *weight)
            .reduce(|a, b| a + b)
            .expect("at least one style");
        Self { gram, norm, reduction }
    }

    /// The loss of a picture's moments over `positions`.
    pub fn loss(&self, moments: &Moments, positions: usize) -> Tensor<1> {
        let difference = gram(moments, positions, self.norm) - self.gram.clone();
        match self.reduction {
            Reduction::Mean => (difference.clone() * difference).mean(),
            Reduction::Sum => (difference.clone() * difference).sum(),
            Reduction::Scaled => scaled_squares(difference),
        }
    }
}

/// `F·Fᵀ`, `[C, C]`, divided as `norm` says.
fn gram(moments: &Moments, positions: usize, norm: GramNorm) -> Tensor<2> {
    let second = moments.second.clone();
    let channels = second.dims()[0];
    match norm {
        GramNorm::Positions => second,
        GramNorm::Elements => second / channels as f64,
        GramNorm::None => second * positions as f64,
    }
}
