//! What a model is, told without reading its numbers.

use std::path::{Path, PathBuf};

use scumble_core::{Error, Result};
use serde::Serialize;

use crate::weights::own_format::FORMAT;
use crate::weights::{Architecture, ConvSpec, PixelConvention, VggWeights, container, load, open};

/// What a model is, without its numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelInfo {
    /// The name to call it by.
    pub name: String,
    /// The network.
    pub architecture: Architecture,
    /// What it expects of pixels.
    pub convention: PixelConvention,
    /// Its deepest convolution: `conv5_1`.
    pub deepest: String,
    /// Convolutions in it.
    pub layers: usize,
    /// Numbers in kernels and biases.
    pub parameters: usize,
    /// Whether it was made for mirrored borders.
    pub reflect_padding: bool,
    /// Whether it was made for pooling that rounds odd sizes up.
    pub ceil_pooling: bool,
    /// Where the numbers come from.
    pub source: String,
    /// SHA-256 of the file they were first read from.
    pub sha256: String,
    /// The file scumble keeps it in; nothing for the model compiled into the program.
    pub path: Option<PathBuf>,
}

impl ModelInfo {
    pub(super) fn of(name: &str, weights: &VggWeights, path: Option<PathBuf>) -> Self {
        Self {
            name: name.to_owned(),
            architecture: weights.architecture,
            convention: weights.convention,
            deepest: weights.layers.last().map_or("", |layer| layer.name).to_owned(),
            layers: weights.layers.len(),
            parameters: weights.parameters(),
            reflect_padding: weights.reflect_padding,
            ceil_pooling: weights.ceil_pooling,
            source: weights.source.clone(),
            sha256: weights.sha256.clone(),
            path,
        }
    }
}

/// What a file scumble wrote says under `key`; other files are refused.
pub(super) fn own_tag(container: &dyn container::Container, key: &str) -> Result<String> {
    container
        .tag("format")
        .filter(|format| *format == FORMAT)
        .and_then(|_| container.tag(key))
        .map(str::to_owned)
        .ok_or_else(|| {
            Error::weights("was not written by 'scumble models import'")
                .hint("move it elsewhere and import it, or name it by its path")
        })
}

/// What an imported file's header says.
pub(super) fn describe(name: &str, path: &Path) -> Result<ModelInfo> {
    let container = open::open(path)?;
    let layout = load::outline(&*container)?;
    let convention = PixelConvention::from_tag(&own_tag(&*container, "convention")?)
        .ok_or_else(|| Error::weights("names a pixel convention this version does not know"))?;
    let specs = &layout.architecture.convolutions()[..layout.kernels.len()];
    Ok(ModelInfo {
        name: name.to_owned(),
        architecture: layout.architecture,
        convention,
        deepest: specs.last().map_or("", |spec| spec.name).to_owned(),
        layers: specs.len(),
        parameters: specs.iter().map(ConvSpec::parameters).sum(),
        reflect_padding: container.tag("padding") == Some("reflect"),
        ceil_pooling: container.tag("pooling") == Some("ceil"),
        source: own_tag(&*container, "source")?,
        sha256: own_tag(&*container, "sha256")?,
        path: Some(path.to_owned()),
    })
}
