//! The encoder's operations: frozen 3×3 convolution with bias and ReLU, and 2×2 pooling.
//!
//! Each is one node of the autodiff graph. On the CPU the node keeps bits instead of activations:
//! the weights are frozen, so the gradient of a convolution needs no input; a ReLU needs one bit a
//! unit and a maximum two bits an output. Other devices use burn's stock operations
//! ([`stock`]), which also serve as the test's second opinion.

mod border;
mod conv_node;
mod kernel;
mod pool;
mod pool_node;
mod relu_bits;
mod stock;

use burn::backend::{Autodiff, Flex};
use burn::tensor::Tensor;

pub use border::Border;
pub use kernel::FrozenConv;
pub use pool::{PoolKind, PoolOp};

/// The CPU backend the own operations are written for.
pub(crate) type Cpu = Flex;
/// The same with automatic differentiation.
pub(crate) type CpuGrad = Autodiff<Cpu>;

/// Which implementation runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// Own operations on the CPU; tensors must live on the differentiable CPU device.
    Own,
    /// burn's operations, on any device.
    Stock,
}

/// `relu(conv3x3(x) + bias)`, or without the ReLU; `x` is `[1, C, H, W]`, the result `[1, C', H, W]`.
pub fn conv(x: Tensor<4>, layer: &FrozenConv, border: Border, relu: bool, route: Route) -> Tensor<4> {
    match route {
        Route::Own => conv_node::conv(x, layer, border, relu),
        Route::Stock => stock::conv(x, layer, border, relu),
    }
}

/// 2×2 pooling with stride 2; odd sides round down, or up where `pooling.ceil` is set.
pub fn pool(x: Tensor<4>, pooling: PoolOp, route: Route) -> Tensor<4> {
    match route {
        Route::Own => pool_node::pool(x, pooling),
        Route::Stock => stock::pool(x, pooling),
    }
}

/// The CPU tensor behind `x`, contiguous.
pub(crate) fn contiguous(x: burn::backend::flex::FlexTensor) -> burn::backend::flex::FlexTensor {
    if x.as_slice::<f32>().is_some() { x } else { x.to_contiguous() }
}

/// A CPU tensor of the given shape around `data`.
pub(crate) fn flex(data: Vec<f32>, shape: [usize; 4]) -> burn::backend::flex::FlexTensor {
    burn::backend::flex::FlexTensor::from_data(burn::tensor::TensorData::new(data, shape))
}
