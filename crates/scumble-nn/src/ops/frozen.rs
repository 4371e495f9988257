//! A convolution whose kernel never changes.

use std::sync::{Arc, OnceLock};

use super::{Border, Map};
use crate::kernel::winograd::{Bits, Finish, Frame, Input, Marks, On, Packed, convolve};
use crate::kernel::{Buffers, Level};

/// A frozen 3×3 convolution with bias, ready for both directions.
#[derive(Debug, Clone)]
pub struct FrozenConv {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    level: Level,
    in_channels: usize,
    out_channels: usize,
    /// `[out, in, 3, 3]`.
    kernel: Vec<f32>,
    bias: Vec<f32>,
    /// The kernel laid out for the processor, made at its first use.
    forward: OnceLock<Packed>,
    /// The kernel of the input gradient, likewise.
    backward: OnceLock<Packed>,
}

impl FrozenConv {
    /// From a kernel in OIHW order (`out * in * 9` values) and a bias of `out` values. `level` is what the
    /// processor computes it with.
    ///
    /// # Panics
    /// If the lengths do not agree; weight files are checked before they get here.
    pub fn new(in_channels: usize, out_channels: usize, kernel: Vec<f32>, bias: Vec<f32>, level: Level) -> Self {
        assert_eq!(kernel.len(), in_channels * out_channels * 9, "kernel length");
        assert_eq!(bias.len(), out_channels, "bias length");
        let (forward, backward) = (OnceLock::new(), OnceLock::new());
        Self { inner: Arc::new(Inner { level, in_channels, out_channels, kernel, bias, forward, backward }) }
    }

    /// Channels of the input.
    pub fn in_channels(&self) -> usize {
        self.inner.in_channels
    }

    /// Channels of the output.
    pub fn out_channels(&self) -> usize {
        self.inner.out_channels
    }

    /// The kernel in OIHW order.
    pub fn kernel(&self) -> &[f32] {
        &self.inner.kernel
    }

    /// The bias.
    pub fn bias(&self) -> &[f32] {
        &self.inner.bias
    }

    /// The convolution of `x` with bias, and ReLU where `relu` is set. `bits`, of the output's shape, are set where it is
    /// above zero.
    ///
    /// # Panics
    /// If `x` has other channels.
    pub fn forward(&self, x: &Map, border: Border, relu: bool, bits: Option<&mut Bits>, buffers: &Buffers) -> Map {
        let marks = bits.map(|bits| Marks { bits, row: 0 });
        if border == Border::Zero {
            return self.forward_in(x, Frame::bordered(x.height, x.width, 1), relu, marks, buffers);
        }
        let padded = border.pad(x, buffers);
        self.forward_in(&padded, Frame::bordered(padded.height, padded.width, 0), relu, marks, buffers)
    }

    /// The outputs in `frame` of the convolution of a map, or of rows of one, with zeros around it.
    ///
    /// # Panics
    /// If `x` has other channels.
    pub fn forward_in(&self, x: &Map, frame: Frame, relu: bool, bits: Option<Marks<'_>>, buffers: &Buffers) -> Map {
        let Inner { level, in_channels, out_channels, kernel, bias, .. } = &*self.inner;
        let packed = self.inner.forward.get_or_init(|| Packed::new(*level, *in_channels, *out_channels, kernel));
        let mut out = Map::new(*out_channels, frame.height, frame.width, buffers);
        let input = Input { values: &x.values, height: x.height, width: x.width, frame, on: None };
        convolve(packed, input, Finish { bias: Some(bias), relu }, &mut out.values, bits);
        out
    }

    /// The gradient for the input from that for the output, which counts only where `bits` are on.
    ///
    /// # Panics
    /// If `gradient` has other channels than the output.
    pub fn backward(&self, gradient: &Map, border: Border, bits: Option<&Bits>, buffers: &Buffers) -> Map {
        let (height, width) = (gradient.height, gradient.width);
        let on = bits.map(|bits| On { bits, row: 0 });
        if border == Border::Zero {
            return self.backward_in(gradient, Frame::bordered(height, width, 1), on, buffers);
        }
        // The border pixels have gradients too; they go back to where they were copied from.
        border.fold(&self.backward_in(gradient, Frame::bordered(height, width, 2), on, buffers), buffers)
    }

    /// The gradient for the inputs in `frame` from that for outputs, which are zero around the map.
    ///
    /// # Panics
    /// If `gradient` has other channels than the output.
    pub fn backward_in(&self, gradient: &Map, frame: Frame, on: Option<On<'_>>, buffers: &Buffers) -> Map {
        let packed = self.inner.backward.get_or_init(|| self.rotated());
        let mut out = Map::new(self.inner.in_channels, frame.height, frame.width, buffers);
        let input = Input { values: &gradient.values, height: gradient.height, width: gradient.width, frame, on };
        convolve(packed, input, Finish::default(), &mut out.values, None);
        out
    }

    /// The kernel of the input gradient: `[in, out, 3, 3]`, rotated by half a turn.
    fn rotated(&self) -> Packed {
        let Inner { level, in_channels, out_channels, kernel, .. } = &*self.inner;
        let mut rotated = vec![0.0; kernel.len()];
        for o in 0..*out_channels {
            for i in 0..*in_channels {
                for tap in 0..9 {
                    rotated[(i * out_channels + o) * 9 + 8 - tap] = kernel[(o * in_channels + i) * 9 + tap];
                }
            }
        }
        Packed::new(*level, *out_channels, *in_channels, &rotated)
    }
}
