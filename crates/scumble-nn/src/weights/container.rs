//! A file of named tensors, read one tensor at a time.

use scumble_core::{Error, Result};

/// What a weight file holds, whatever its format.
pub(super) trait Container {
    /// Names and shapes of the tensors, in no particular order.
    fn tensors(&self) -> Vec<(String, Vec<usize>)>;

    /// A tensor's numbers in row-major order.
    fn values(&mut self, name: &str) -> Result<Vec<f32>>;

    /// What the file says of itself under `key`.
    fn tag(&self, _key: &str) -> Option<&str> {
        None
    }
}

/// The tensor is not in the file.
pub(super) fn absent(name: &str) -> Error {
    Error::weights(format!("has no tensor '{name}'"))
}

/// The tensor's numbers are of a type weights do not come in.
pub(super) fn not_floating(name: &str, kind: impl std::fmt::Debug) -> Error {
    Error::weights(format!("tensor '{name}' holds {kind:?} values, expected floating-point numbers"))
        .hint("quantised checkpoints are not supported; save the weights as float32")
}

/// What to do about a file that ends early or contradicts itself.
pub(super) const DAMAGED: &str = "the file is incomplete or damaged; download or copy it again";
