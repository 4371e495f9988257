//! From an open file to [`VggWeights`].

use std::path::Path;

use scumble_core::{Error, Result};

use super::container::Container;
use super::layout::{self, Layout, bias_of};
use super::own_format::FORMAT;
use super::{Architecture, ConvLayer, ConvSpec, PixelConvention, VggWeights, checksum, fold, open};

/// What is known about a file beside its contents.
#[derive(Debug, Clone, Default)]
pub(super) struct Origin {
    /// The file's name, for people.
    pub name: String,
    /// Its SHA-256.
    pub sha256: String,
    /// What the user says about its pixels.
    pub convention: Option<PixelConvention>,
}

impl Origin {
    /// A file of known contents.
    #[cfg(feature = "embedded-vgg19")]
    pub fn known(sha256: &str) -> Self {
        Self { sha256: sha256.to_owned(), ..Self::default() }
    }
}

/// Reads a file of any supported kind; errors name it.
pub(super) fn read_file(path: &Path, convention: Option<PixelConvention>) -> Result<VggWeights> {
    read_unnamed(path, convention).map_err(|e| e.context(path.display()))
}

fn read_unnamed(path: &Path, convention: Option<PixelConvention>) -> Result<VggWeights> {
    // A damaged download is told as such before anybody tries to make sense of it.
    let promised = match checksum::promised(path) {
        Some(_) if path.is_file() => {
            let sha256 = checksum::of_file(path)?;
            checksum::check_name(path, &sha256)?;
            Some(sha256)
        }
        _ => None,
    };
    let mut container = open::open(path)?;
    let sha256 = match (promised, origin_sha256(&*container)) {
        (Some(sha256), _) => sha256,
        (None, Some(recorded)) => recorded,
        (None, None) => checksum::of_file(path)?,
    };
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    read_container(&mut *container, Origin { name, sha256, convention })
}

/// The checksum of the imported file, recorded in files scumble wrote.
fn origin_sha256(container: &dyn Container) -> Option<String> {
    container.tag("format").filter(|format| *format == FORMAT)?;
    container.tag("sha256").map(str::to_owned)
}

/// Reads the convolutions of an open file; errors continue the sentence "FILE: …".
pub(super) fn read_container(container: &mut dyn Container, origin: Origin) -> Result<VggWeights> {
    let tagged = container.tag("architecture").and_then(Architecture::from_tag);
    let layout = layout::recognise(&container.tensors(), tagged)?;
    let mut layers = Vec::with_capacity(layout.kernels.len());
    for (spec, kernel) in layout.architecture.convolutions().iter().zip(&layout.kernels) {
        layers.push(read_layer(container, spec, kernel)?);
    }
    let convention = match &layout.front {
        Some(front) => fold_front(container, front, &mut layers[0], origin.convention)?,
        None => decide_convention(container, &origin, &layers[0])?,
    };
    let mirrored = layout.front.is_some();
    Ok(VggWeights {
        architecture: layout.architecture,
        convention,
        reflect_padding: mirrored || container.tag("padding") == Some("reflect"),
        ceil_pooling: mirrored || container.tag("pooling") == Some("ceil"),
        source: container.tag("source").unwrap_or(&origin.name).to_owned(),
        sha256: origin.sha256,
        layers,
    })
}

fn read_layer(container: &mut dyn Container, spec: &ConvSpec, kernel: &str) -> Result<ConvLayer> {
    Ok(ConvLayer {
        name: spec.name,
        in_channels: spec.in_channels,
        out_channels: spec.out_channels,
        kernel: read_finite(container, kernel)?,
        bias: read_finite(container, &bias_of(kernel))?,
    })
}

/// A tensor's numbers, all of them numbers.
fn read_finite(container: &mut dyn Container, name: &str) -> Result<Vec<f32>> {
    let values = container.values(name)?;
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(values),
        Some(at) => Err(Error::weights(format!(
            "tensor '{name}' holds {} at position {at}; weights must be finite numbers",
            values[at]
        ))
        .hint("the training that made the file diverged, or the file is damaged")),
    }
}

fn fold_front(
    container: &mut dyn Container,
    front: &str,
    first: &mut ConvLayer,
    forced: Option<PixelConvention>,
) -> Result<PixelConvention> {
    if forced == Some(PixelConvention::Torch) {
        return Err(Error::parameter(format!(
            "convention 'torch' contradicts the file: its first convolution '{front}' converts pixels to caffe itself"
        )));
    }
    let matrix = read_finite(container, front)?;
    let bias = read_finite(container, &bias_of(front))?;
    fold::fold(first, &matrix, &bias);
    Ok(PixelConvention::Caffe)
}

/// The user, the file's tag, its published checksum, its first layer: whoever speaks first.
fn decide_convention(container: &dyn Container, origin: &Origin, first: &ConvLayer) -> Result<PixelConvention> {
    origin
        .convention
        .or_else(|| container.tag("convention").and_then(PixelConvention::from_tag))
        .or_else(|| checksum::published_convention(&origin.sha256))
        .or_else(|| PixelConvention::of_first_layer(&first.kernel))
        .ok_or_else(|| {
            Error::weights(
                "holds the Oxford weights scaled or with channels swapped, for pixels that are neither 'caffe' nor 'torch'",
            )
            .hint("import it with --convention caffe or --convention torch if you know better")
        })
}

/// What a file says of its layout without reading its numbers.
pub(super) fn outline(container: &dyn Container) -> Result<Layout> {
    layout::recognise(&container.tensors(), container.tag("architecture").and_then(Architecture::from_tag))
}
