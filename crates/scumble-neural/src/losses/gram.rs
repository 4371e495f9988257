//! The Gram loss (Gatys, Ecker & Bethge 2016, eq. 3–5) in the conventions of its implementations.

use scumble_nn::tensor::Tensor;

use super::{matrix, scaled_squares};
use crate::params::{GramNorm, Reduction};

/// `F·Fᵀ`, `[C, C]`, divided as `norm` says.
pub fn gram(features: Tensor<4>, norm: GramNorm) -> Tensor<2> {
    let f = matrix(features);
    let [channels, positions] = f.dims();
    let divisor = match norm {
        GramNorm::Positions => positions as f64,
        GramNorm::Elements => (channels * positions) as f64,
        GramNorm::None => 1.0,
    };
    f.clone().matmul(f.transpose()) / divisor
}

/// A style's Gram matrix and how a picture's is compared with it.
#[derive(Debug, Clone)]
pub struct GramTarget {
    gram: Tensor<2>,
    norm: GramNorm,
    reduction: Reduction,
}

impl GramTarget {
    /// The weighted sum of the styles' Gram matrices.
    ///
    /// # Panics
    /// If there are none.
    pub fn new(styles: Vec<(f64, Tensor<4>)>, norm: GramNorm, reduction: Reduction) -> Self {
        let gram = styles
            .into_iter()
            .map(|(weight, features)| gram(features, norm) * weight)
            .reduce(|a, b| a + b)
            .expect("at least one style");
        Self { gram, norm, reduction }
    }

    /// The loss of a feature map.
    pub fn loss(&self, features: Tensor<4>) -> Tensor<1> {
        let difference = gram(features, self.norm) - self.gram.clone();
        match self.reduction {
            Reduction::Mean => (difference.clone() * difference).mean(),
            Reduction::Sum => (difference.clone() * difference).sum(),
            Reduction::Scaled => scaled_squares(difference),
        }
    }
}
