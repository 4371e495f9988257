//! The losses, one a file: each a function of sums over the positions of a layer's features, but for total variation,
//! which is one of pixels. Those of styles are expressions on small tensors, differentiated by burn.
//!
//! N is the number of channels and M that of positions.

mod content;
mod gram;
mod mean_std;
mod statistics;
mod style;
mod tv;
mod wasserstein;
mod wasserstein_exact;

use scumble_nn::tensor::{Tensor, TensorData, total};

pub use content::content;
pub use gram::GramTarget;
pub use mean_std::MeanStdTarget;
pub use statistics::Moments;
pub use style::StyleTarget;
pub use tv::total_variation;
pub use wasserstein::WassersteinTarget;
pub use wasserstein_exact::wasserstein_exact;

/// A loss of sums over positions, and its derivative for each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sloped {
    /// The loss.
    pub value: f64,
    /// One number a sum.
    pub slopes: Vec<f32>,
}

/// Sum of squares over sum of absolute values: its gradient's L1 norm is about 1 whatever the
/// picture's size (crowsonkb/style-transfer-pytorch, 2021).
pub(crate) fn scaled_squares<const D: usize>(difference: Tensor<D>) -> Tensor<1> {
    let squares = total(difference.clone() * difference.clone());
    squares / (total(difference.abs()) + content::EPSILON)
}

/// The identity of the size, device and precision of a square matrix.
pub(crate) fn identity(like: &Tensor<2>) -> Tensor<2> {
    let n = like.dims()[0];
    let mut values = vec![0.0f32; n * n];
    values.iter_mut().step_by(n + 1).for_each(|v| *v = 1.0);
    Tensor::from_data(TensorData::new(values, [n, n]), (&like.device(), like.dtype()))
}

/// The diagonal of a square matrix, `[C, 1]`.
pub(crate) fn diagonal(a: Tensor<2>) -> Tensor<2> {
    let identity = identity(&a);
    (a * identity).sum_dim(1)
}
