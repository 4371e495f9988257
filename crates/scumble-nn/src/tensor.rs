//! burn's tensors, for the losses of other crates.

pub use burn::tensor::{DType, Tensor, TensorData};

/// Sum of all values, always in the same order: rows first, then columns, then the rest. burn's own sum of more than four
/// million values on the processor depends on the threads.
pub fn total<const D: usize>(x: Tensor<D>) -> Tensor<1> {
    const { assert!(D >= 2, "a tensor of at least two dimensions") };
    x.sum_dim(D - 1).sum_dim(D - 2).sum()
}
