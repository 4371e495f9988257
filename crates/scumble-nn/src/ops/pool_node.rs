//! PoolOp as a node of the autodiff graph on the CPU.

use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::NoCheckpointing};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::tensor::Tensor;

use super::pool::{self, MaxBits, Planes};
use super::{Cpu, CpuGrad, PoolKind, PoolOp, contiguous, flex};

#[derive(Debug, Clone)]
enum Kept {
    /// Places of the maxima.
    Max(MaxBits),
    /// Nothing.
    Mean,
    /// The input: the only pooling that must keep floats.
    L2(Vec<f32>),
}

#[derive(Debug, Clone)]
struct State {
    kept: Kept,
    planes: Planes,
    channels: usize,
    factor: f32,
}

#[derive(Debug)]
struct PoolBackward;

impl Backward<Cpu, 1> for PoolBackward {
    type State = State;

    fn backward(self, ops: Ops<State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let State { kept, planes, channels, factor } = ops.state;
        unary::<Cpu, _>(ops.parents, ops.node, grads, |gradient| {
            let gradient = contiguous(gradient);
            let values = gradient.as_slice::<f32>().expect("a contiguous f32 tensor has a slice");
            let input = match &kept {
                Kept::Max(bits) => pool::max_gradient(values, bits, planes, factor),
                Kept::Mean => pool::mean_gradient(values, planes, factor),
                Kept::L2(x) => pool::l2_gradient(x, values, planes, factor),
            };
            flex(input, [1, channels, planes.height, planes.width])
        });
    }
}

/// See [`super::pool`].
pub(super) fn pool(x: Tensor<4>, pooling: PoolOp) -> Tensor<4> {
    let [_, channels, height, width] = x.dims();
    let planes = Planes::new(height, width, &pooling);
    let factor = pooling.factor;
    let x = x.try_into_primitive::<CpuGrad>().expect("the encoder's tensors live on its device");
    let input = contiguous(x.primitive().clone());
    let values = input.as_slice::<f32>().expect("a contiguous f32 tensor has a slice");
    let (output, kept) = match pooling.kind {
        PoolKind::Max => {
            let (output, bits) = pool::max(values, planes, factor);
            (output, Kept::Max(bits))
        }
        PoolKind::Mean => (pool::mean(values, planes, factor), Kept::Mean),
        PoolKind::L2 => (pool::l2(values, planes, factor), Kept::L2(values.to_vec())),
    };
    let output = flex(output, [1, channels, planes.out_height, planes.out_width]);
    let state = State { kept, planes, channels, factor };
    let result = match PoolBackward.prepare::<NoCheckpointing>([x.node()]).compute_bound().stateful() {
        OpsKind::Tracked(prep) => prep.finish(state, output),
        OpsKind::UnTracked(prep) => prep.finish(output),
    };
    Tensor::from_primitive::<CpuGrad>(result)
}
