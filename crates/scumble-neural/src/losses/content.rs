//! The content loss: how far features F are from the content's P.

use super::Sloped;
use crate::params::ContentLoss;

/// Keeps a quotient finite where both pictures are equal (crowsonkb/style-transfer-pytorch, 2021).
pub(super) const EPSILON: f64 = 1e-8;

/// The content loss from Σ(F−P)² and Σ|F−P|, in this order, over `elements` values.
///
/// `mse`: mean (F-P)²; `half-sum`: ½ Σ (F-P)² (Gatys et al. 2016, eq. 1); `scaled-mse`: Σd²/(Σ|d|+1e-8).
///
/// # Panics
/// If there are not two sums.
pub fn content(sums: &[f64], elements: usize, form: ContentLoss) -> Sloped {
    let [squares, absolutes] = *sums else { panic!("two sums, not {}", sums.len()) };
    let elements = elements as f64;
    let (value, slopes) = match form {
        ContentLoss::Mse => (squares / elements, [1.0 / elements, 0.0]),
        ContentLoss::HalfSum => (squares / 2.0, [0.5, 0.0]),
        ContentLoss::ScaledMse => {
            let below = absolutes + EPSILON;
            (squares / below, [1.0 / below, -squares / (below * below)])
        }
    };
    Sloped { value, slopes: slopes.map(|slope| slope as f32).to_vec() }
}
