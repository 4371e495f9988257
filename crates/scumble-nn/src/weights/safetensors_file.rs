//! safetensors, plain or in palette form.
//!
//! In palette form a tensor `X` is stored as `X.codes` (u8, the shape of `X`) and `X.palette` (at most 256
//! floating-point numbers): `X = palette[codes]`. It reads like any other tensor.

use std::io::{Read, Seek, SeekFrom};

use safetensors::Dtype;
use safetensors::tensor::{Metadata, TensorInfo};
use scumble_core::{Error, Result};

use super::container::{Container, DAMAGED, absent, not_floating};
use super::scalars::Scalar;

/// The format's own limit on its JSON header.
const MAX_HEADER: u64 = 100_000_000;

/// An open file; only its header is in memory.
#[derive(Debug)]
pub(super) struct SafetensorsFile<R> {
    reader: R,
    header: Metadata,
    data_start: u64,
}

fn damaged(what: impl std::fmt::Display) -> Error {
    Error::weights(format!("is not a readable safetensors file: {what}")).hint(DAMAGED)
}

impl<R: Read + Seek> SafetensorsFile<R> {
    /// Reads the header and checks that it and the file's length agree.
    pub fn open(mut reader: R) -> Result<Self> {
        let file_len = reader.seek(SeekFrom::End(0)).map_err(damaged)?;
        reader.rewind().map_err(damaged)?;
        let mut prefix = [0; 8];
        reader.read_exact(&mut prefix).map_err(damaged)?;
        let header_len = u64::from_le_bytes(prefix);
        if header_len > MAX_HEADER || header_len > file_len.saturating_sub(8) {
            return Err(damaged(format!("its header claims {header_len} bytes, the file has {file_len}")));
        }
        let mut json = vec![0; header_len as usize];
        reader.read_exact(&mut json).map_err(damaged)?;
        let header: Metadata = serde_json::from_slice(&json).map_err(damaged)?;
        let data_start = 8 + header_len;
        let expected = data_start.saturating_add(header.data_len() as u64);
        if expected != file_len {
            return Err(damaged(format!("it should be {expected} bytes long, but is {file_len}")));
        }
        Ok(Self { reader, header, data_start })
    }

    /// A tensor's description.
    pub fn info(&self, name: &str) -> Option<&TensorInfo> {
        self.header.info(name)
    }

    /// A tensor's bytes as they are.
    pub fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        let (from, to) = self.info(name).ok_or_else(|| absent(name))?.data_offsets;
        let mut bytes = vec![0; to - from];
        self.reader
            .seek(SeekFrom::Start(self.data_start + from as u64))
            .and_then(|_| self.reader.read_exact(&mut bytes))
            .map_err(|e| damaged(format!("tensor '{name}': {e}")))?;
        Ok(bytes)
    }

    fn floats(&mut self, name: &str) -> Result<Vec<f32>> {
        let kind = match self.info(name).ok_or_else(|| absent(name))?.dtype {
            Dtype::F64 => Scalar::F64,
            Dtype::F32 => Scalar::F32,
            Dtype::F16 => Scalar::F16,
            Dtype::BF16 => Scalar::Bf16,
            other => return Err(not_floating(name, other)),
        };
        Ok(kind.decode(&self.bytes(name)?))
    }
}

impl<R: Read + Seek> Container for SafetensorsFile<R> {
    fn tensors(&self) -> Vec<(String, Vec<usize>)> {
        let all = self.header.tensors();
        all.iter()
            .filter(|(name, _)| !name.ends_with(".palette"))
            .map(|(name, info)| (name.strip_suffix(".codes").unwrap_or(name).to_owned(), info.shape.clone()))
            .collect()
    }

    fn values(&mut self, name: &str) -> Result<Vec<f32>> {
        let codes_name = format!("{name}.codes");
        let Some(codes) = self.info(&codes_name) else {
            return self.floats(name);
        };
        if codes.dtype != Dtype::U8 {
            return Err(Error::weights(format!("tensor '{codes_name}' holds {:?} values, expected U8", codes.dtype)));
        }
        let palette = self.floats(&format!("{name}.palette"))?;
        let codes = self.bytes(&codes_name)?;
        codes.iter().map(|&code| palette.get(usize::from(code)).copied()).collect::<Option<Vec<f32>>>().ok_or_else(
            || {
                Error::weights(format!(
                    "tensor '{codes_name}' points past the {} entries of '{name}.palette'",
                    palette.len()
                ))
                .hint(DAMAGED)
            },
        )
    }

    fn tag(&self, key: &str) -> Option<&str> {
        self.header.metadata().as_ref()?.get(key).map(String::as_str)
    }
}
