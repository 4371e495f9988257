//! The convolution as a node of the autodiff graph on the CPU.

use burn::backend::autodiff::checkpoint::{base::Checkpointer, strategy::NoCheckpointing};
use burn::backend::autodiff::grads::Gradients;
use burn::backend::autodiff::ops::{Backward, Ops, OpsKind, unary};
use burn::tensor::Tensor;

use super::relu_bits::ReluBits;
use super::{Border, Cpu, CpuGrad, FrozenConv, contiguous, flex};

/// What the backward pass needs: no activation.
#[derive(Debug, Clone)]
struct Kept {
    layer: FrozenConv,
    border: Border,
    bits: Option<ReluBits>,
    height: usize,
    width: usize,
}

impl Kept {
    /// The gradient for the input, `[in, h, w]`, from the output's, `[out, h, w]`.
    fn input_gradient(&self, gradient: &[f32]) -> Vec<f32> {
        let masked = self.bits.as_ref().map(|bits| bits.mask(gradient));
        let gradient = masked.as_deref().unwrap_or(gradient);
        let (h, w) = (self.height, self.width);
        let bordered = Border::Zero.pad(gradient, h, w);
        if self.border == Border::Zero {
            return self.layer.input_gradient(&bordered, h, w);
        }
        // The border pixels have gradients too; they go back to where they were copied from.
        let wider = Border::Zero.pad(&bordered, h + 2, w + 2);
        self.border.fold(&self.layer.input_gradient(&wider, h + 2, w + 2), h, w)
    }
}

#[derive(Debug)]
struct ConvBackward;

impl Backward<Cpu, 1> for ConvBackward {
    type State = Kept;

    fn backward(self, ops: Ops<Kept, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let kept = ops.state;
        unary::<Cpu, _>(ops.parents, ops.node, grads, |gradient| {
            let gradient = contiguous(gradient);
            let values = gradient.as_slice::<f32>().expect("a contiguous f32 tensor has a slice");
            flex(kept.input_gradient(values), [1, kept.layer.in_channels(), kept.height, kept.width])
        });
    }
}

/// See [`super::conv`].
pub(super) fn conv(x: Tensor<4>, layer: &FrozenConv, border: Border, relu: bool) -> Tensor<4> {
    let [batch, channels, height, width] = x.dims();
    assert_eq!((batch, channels), (1, layer.in_channels()), "convolution input");
    let x = x.try_into_primitive::<CpuGrad>().expect("the encoder's tensors live on its device");
    let output = {
        let input = contiguous(x.primitive().clone());
        let values = input.as_slice::<f32>().expect("a contiguous f32 tensor has a slice");
        layer.apply(&border.pad(values, height, width), height, width, relu)
    };
    let shape = [1, layer.out_channels(), height, width];
    let result = match ConvBackward.prepare::<NoCheckpointing>([x.node()]).compute_bound().stateful() {
        OpsKind::Tracked(prep) => {
            let bits = relu.then(|| ReluBits::of(&output));
            let kept = Kept { layer: layer.clone(), border, bits, height, width };
            prep.finish(kept, flex(output, shape))
        }
        OpsKind::UnTracked(prep) => prep.finish(flex(output, shape)),
    };
    Tensor::from_primitive::<CpuGrad>(result)
}
