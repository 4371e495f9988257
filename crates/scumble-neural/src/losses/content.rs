//! The content loss: how far features F are from the content's P.

use scumble_nn::tensor::{Tensor, total};

use super::scaled_squares;
use crate::params::ContentLoss;

/// The content loss between two feature maps of one shape.
///
/// `mse`: mean (F-P)²; `half-sum`: ½ Σ (F-P)² (Gatys et al. 2016, eq. 1); `scaled-mse`: Σd²/(Σ|d|+1e-8).
pub fn content(features: Tensor<4>, target: Tensor<4>, form: ContentLoss) -> Tensor<1> {
    let difference = features - target;
    match form {
        ContentLoss::Mse => {
            let values = difference.shape().num_elements() as f64;
            total(difference.clone() * difference) / values
        }
        ContentLoss::HalfSum => total(difference.clone() * difference) * 0.5,
        ContentLoss::ScaledMse => scaled_squares(difference),
    }
}
