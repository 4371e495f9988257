//! The losses, one a file: each a function of sums over the positions of a layer's features, but for total variation,
//! which is one of pixels. Each gives its value and its derivatives; the tests compare them with autograd's.
//!
//! N is the number of channels and M that of positions.

mod content;
mod gram;
mod mean_std;
mod square_roots;
mod statistics;
mod style;
mod tv;
mod wasserstein;
mod wasserstein_exact;

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
