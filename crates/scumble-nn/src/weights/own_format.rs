//! Writing safetensors, with the tags scumble reads back.
//!
//! The `safetensors` crate writes its metadata in random order; files written here are the same byte for
//! byte every time.

use std::io::Write;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::VggWeights;
use super::checksum::hex;

/// Value of the tag `format` in files scumble wrote.
pub(super) const FORMAT: &str = "scumble-vgg";

/// One tensor to be written.
pub(super) struct Entry {
    pub name: String,
    /// The format's name of the type: `F32`, `U8`.
    pub dtype: &'static str,
    pub shape: Vec<usize>,
    pub bytes: Vec<u8>,
}

impl Entry {
    fn floats(name: String, shape: Vec<usize>, values: &[f32]) -> Self {
        Self { name, dtype: "F32", shape, bytes: values.iter().flat_map(|v| v.to_le_bytes()).collect() }
    }
}

/// Writes tensors with tags. Types of wider alignment should come first.
pub(super) fn write(out: &mut impl Write, tags: &[(&str, String)], entries: &[Entry]) -> std::io::Result<()> {
    let mut header = Map::new();
    let tags: Map<String, Value> = tags.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect();
    header.insert("__metadata__".to_owned(), Value::Object(tags));
    let mut end = 0;
    for entry in entries {
        let start = end;
        end += entry.bytes.len();
        let description = json!({ "dtype": entry.dtype, "shape": entry.shape, "data_offsets": [start, end] });
        header.insert(entry.name.clone(), description);
    }
    let mut json = serde_json::to_vec(&header)?;
    // Spaces up to a multiple of eight keep the numbers aligned, as the format recommends.
    json.resize(json.len().next_multiple_of(8), b' ');
    out.write_all(&(json.len() as u64).to_le_bytes())?;
    out.write_all(&json)?;
    entries.iter().try_for_each(|entry| out.write_all(&entry.bytes))
}

/// Writes weights as `features.N.weight` and `features.N.bias` in f32.
pub(super) fn write_weights(out: &mut impl Write, weights: &VggWeights) -> std::io::Result<()> {
    let mut tags = vec![
        ("format", FORMAT.to_owned()),
        ("architecture", weights.architecture.tag().to_owned()),
        ("convention", weights.convention.tag().to_owned()),
        ("source", weights.source.clone()),
        ("sha256", weights.sha256.clone()),
        ("content-sha256", content_sha256(weights)),
    ];
    if weights.reflect_padding {
        tags.push(("padding", "reflect".to_owned()));
    }
    if weights.ceil_pooling {
        tags.push(("pooling", "ceil".to_owned()));
    }
    let entries: Vec<Entry> = weights
        .architecture
        .convolutions()
        .iter()
        .zip(&weights.layers)
        .flat_map(|(spec, layer)| {
            let name = format!("features.{}", spec.index);
            [
                Entry::floats(format!("{name}.weight"), spec.kernel_shape().to_vec(), &layer.kernel),
                Entry::floats(format!("{name}.bias"), vec![spec.out_channels], &layer.bias),
            ]
        })
        .collect();
    write(out, &tags, &entries)
}

/// SHA-256 of all kernels and biases in order, as little-endian f32.
pub(super) fn content_sha256(weights: &VggWeights) -> String {
    let mut hash = Sha256::new();
    for value in weights.layers.iter().flat_map(|l| l.kernel.iter().chain(&l.bias)) {
        hash.update(value.to_le_bytes());
    }
    hex(&hash.finalize())
}
