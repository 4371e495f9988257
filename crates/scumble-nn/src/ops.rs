//! The encoder's operations: frozen 3×3 convolution with bias and ReLU, 2×2 pooling, and sums over positions.
//!
//! On the processor each is a function on [`Map`]s, forward and backward, that keeps bits instead of activations: the
//! weights are frozen, so the gradient of a convolution needs no input; a ReLU needs one bit a unit and a maximum two
//! bits an output. Other devices use burn's operations ([`stock`]), which also serve as the tests' second opinion.

mod border;
mod difference;
mod frozen;
mod map;
mod pool;
pub mod stock;

pub use border::Border;
pub use difference::{add_difference_gradient, differences};
pub use frozen::FrozenConv;
pub use map::{Map, Window};
pub use pool::{PoolKind, PoolOp, Pooled};

pub use crate::kernel::winograd::{Bits, Frame, Marks, On};
pub use crate::kernel::{add_moments_gradient, moments};
