//! The same operations from burn's own parts, for devices without own kernels.

use burn::tensor::activation::relu;
use burn::tensor::module::{avg_pool2d, conv2d, max_pool2d};
use burn::tensor::ops::{AvgPoolOptions, ConvOptions, MaxPoolOptions, PadMode};
use burn::tensor::{Device, Tensor, TensorData};

use super::{Border, FrozenConv, PoolKind, PoolOp};

/// See [`super::conv`].
pub(super) fn conv(x: Tensor<4>, layer: &FrozenConv, border: Border, with_relu: bool) -> Tensor<4> {
    let device: Device = x.device();
    let shape = [layer.out_channels(), layer.in_channels(), 3, 3];
    let weight = Tensor::<4>::from_data(TensorData::new(layer.kernel().to_vec(), shape), &device);
    let bias = Tensor::<1>::from_data(TensorData::new(layer.bias().to_vec(), [layer.out_channels()]), &device);
    let (x, zeros) = match border {
        Border::Zero => (x, 1),
        other => (extend(x, other), 0),
    };
    let y = conv2d(x, weight, Some(bias), ConvOptions::new([1, 1], [zeros, zeros], [1, 1], 1));
    if with_relu { relu(y) } else { y }
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

/// See [`super::pool`].
pub(super) fn pool(x: Tensor<4>, pooling: PoolOp) -> Tensor<4> {
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

fn mean(x: Tensor<4>, ceil: bool) -> Tensor<4> {
    avg_pool2d(x, AvgPoolOptions::new([2, 2]).with_stride([2, 2]).with_count_include_pad(false).with_ceil_mode(ceil))
}
