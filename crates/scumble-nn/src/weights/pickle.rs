//! PyTorch's `.pth`: zip (1.6 and later), the legacy stream, and tar (before 0.1.10).
//!
//! Nothing in a pickle is ever executed: the reader only knows how to build dictionaries, lists, numbers,
//! text and tensors. A file that calls anything else is refused all the same, because it is not a plain
//! state dict and nobody should keep it.

use std::collections::HashMap;
use std::path::Path;

use pytorch_reader::{DType, PickleValue, PytorchError, PytorchReader, Tensor};
use scumble_core::{Error, Result};

use super::container::{Container, DAMAGED, absent, not_floating};
use super::scalars::Scalar;

/// An open file; its tensors are read one at a time.
#[derive(Debug)]
pub(super) struct TorchFile {
    tensors: HashMap<String, Tensor>,
}

impl TorchFile {
    /// Reads the pickle and refuses it if it holds anything but plain data.
    pub fn open(path: &Path) -> Result<Self> {
        let root = PytorchReader::read_pickle_data(path, None).map_err(refused)?;
        if let Some(object) = foreign_object(&root) {
            return Err(not_plain(object));
        }
        let tensors = PytorchReader::new(path).map_err(refused)?.into_tensors();
        Ok(Self { tensors })
    }
}

/// The Python type of the first object that is neither plain data nor a tensor.
fn foreign_object(value: &PickleValue) -> Option<&str> {
    match value {
        PickleValue::List(items) => items.iter().find_map(foreign_object),
        PickleValue::Dict(items) => items.values().find_map(foreign_object),
        PickleValue::Unsupported(kind) => (!harmless(kind)).then_some(kind),
        _ => None,
    }
}

/// Kinds of values state dicts and training checkpoints hold beside plain data.
fn harmless(kind: &str) -> bool {
    matches!(
        kind,
        "torch.Tensor"
            | "torch.TypedStorage"
            | "torch.UntypedStorage"
            | "torch.Size"
            | "torch.device"
            | "torch.float16"
            | "torch.bfloat16"
            | "torch.float32"
            | "torch.float64"
            | "int"
    )
}

fn not_plain(object: &str) -> Error {
    Error::weights(format!(
        "holds Python objects that are not tensors ('{object}'); it was refused, nothing was executed"
    ))
    .hint("if you trust the file, save its tensors alone in Python: torch.save(model.state_dict(), 'plain.pth')")
}

fn refused(error: PytorchError) -> Error {
    use pytorch_reader::PickleError::UnsupportedType;
    match error {
        PytorchError::Pickle(UnsupportedType(kind)) => not_plain(&kind),
        // The messages of the wrapped errors already say what they are about.
        PytorchError::Io(e) | PytorchError::Tar(e) => damaged(e),
        PytorchError::Zip(e) => damaged(e),
        PytorchError::Pickle(e) => damaged(e),
        other => damaged(other),
    }
}

fn damaged(what: impl std::fmt::Display) -> Error {
    Error::weights(format!("is not a readable PyTorch file: {what}")).hint(DAMAGED)
}

impl Container for TorchFile {
    fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        self.tensors.iter().map(|(name, tensor)| (name.clone(), tensor.shape().to_vec())).collect()
    }

    fn values(&mut self, name: &str) -> Result<Vec<f32>> {
        let tensor = self.tensors.get(name).ok_or_else(|| absent(name))?;
        let kind = match tensor.dtype() {
            DType::F64 => Scalar::F64,
            DType::F32 => Scalar::F32,
            DType::F16 => Scalar::F16,
            DType::BF16 => Scalar::Bf16,
            other => return Err(not_floating(name, other)),
        };
        // The reader hands out native-endian bytes; it and scumble run on little-endian machines.
        Ok(kind.decode(&tensor.read().map_err(damaged)?))
    }
}
