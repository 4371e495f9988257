//! The same operations from burn's own parts, for devices without own kernels.

use burn::tensor::module::{avg_pool2d, conv2d, max_pool2d};
use burn::tensor::ops::{AvgPoolOptions, ConvOptions, MaxPoolOptions, PadMode};
use burn::tensor::{Device, Tensor, TensorData};

use super::{Border, FrozenConv, PoolKind, PoolOp};

/// A convolution's kernel and bias on a device.
#[derive(Debug, Clone)]
pub struct Conv {
    kernel: Tensor<4>,
    bias: Tensor<1>,
}

impl Conv {
    /// Brings a convolution to a device.
    pub fn new(layer: &FrozenConv, device: &Device) -> Self {
        let shape = [layer.out_channels(), layer.in_channels(), 3, 3];
        Self {
            kernel: Tensor::from_data(TensorData::new(layer.kernel().to_vec(), shape), device),
            bias: Tensor::from_data(TensorData::new(layer.bias().to_vec(), [layer.out_channels()]), device),
        }
    }
}

/// The convolution of `x`, `[1, C, H, W]`, with its bias.
pub fn conv(x: Tensor<4>, layer: &Conv, border: Border) -> Tensor<4> {
    let (x, zeros) = match border {
        Border::Zero => (x, 1),
        other => (extend(x, other), 0),
    };
    conv2d(x, layer.kernel.clone(), Some(layer.bias.clone()), ConvOptions::new([1, 1], [zeros, zeros], [1, 1], 1))
}

fn extend(x: Tensor<4>, border: Border) -> Tensor<4> {
    let [_, _, h, w] = x.dims();
    match border {
        Border::Zero => x.pad((1, 1, 1, 1), PadMode::Constant(0.0)),
        Border::Reflect => {
            // A single row or column has nothing to reflect.
            let mode = |side| if side > 1 { PadMode::Reflect } else { PadMode::Edge };
            x.pad((1, 1, 0, 0), mode(w)).pad((0, 0, 1, 1), mode(h))
        }
        Border::Replicate => x.pad((1, 1, 1, 1), PadMode::Edge),
        Border::Circular => {
            let (last, first) = (x.clone().narrow(2, h - 1, 1), x.clone().narrow(2, 0, 1));
            let x = Tensor::cat(vec![last, x, first], 2);
            let (last, first) = (x.clone().narrow(3, w - 1, 1), x.clone().narrow(3, 0, 1));
            Tensor::cat(vec![last, x, first], 3)
        }
    }
}

/// 2×2 pooling with stride 2; odd sides round down, or up where `pooling.ceil` is set.
pub fn pool(x: Tensor<4>, pooling: PoolOp) -> Tensor<4> {
    let pooled = match pooling.kind {
        PoolKind::Max => max_pool2d(x, MaxPoolOptions::new([2, 2]).with_stride([2, 2]).with_ceil_mode(pooling.ceil)),
        PoolKind::Mean => mean(x, pooling.ceil),
        // The smallest positive addend keeps the root's gradient finite where all four are zero.
        PoolKind::L2 => {
            // Windows that reach over the edge are filled up, so that every mean is a quarter of the sum.
            let [_, _, h, w] = x.dims();
            let x = if pooling.ceil { x.pad((0, w % 2, 0, h % 2), PadMode::Constant(0.0)) } else { x };
            (mean(x.clone() * x, false) * 4.0 + f32::MIN_POSITIVE).sqrt()
        }
    };
    pooled * pooling.factor
}

/// Sums over positions: `[1, C, H, W]` to `[C, C + 1]`, which is F·Fᵀ beside F·1.
pub fn sums(features: Tensor<4>) -> Tensor<2> {
    let [_, c, h, w] = features.dims();
    let f = features.reshape([c, h * w]);
    Tensor::cat(vec![f.clone().matmul(f.clone().transpose()), f.sum_dim(1)], 1)
}

fn mean(x: Tensor<4>, ceil: bool) -> Tensor<4> {
    avg_pool2d(x, AvgPoolOptions::new([2, 2]).with_stride([2, 2]).with_count_include_pad(false).with_ceil_mode(ceil))
}
