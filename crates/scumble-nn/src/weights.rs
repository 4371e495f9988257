//! Weight files: what a VGG's numbers are, where they come from, and every file people keep them in.
//!
//! Plain data: nothing here knows tensors or devices. [`VggWeights::embedded`] is compiled in,
//! [`VggWeights::read`] reads a file, [`Store`] keeps imported ones by name. The architecture is told by
//! the shapes of a file's tensors, the pixel convention by its tag, its published checksum or its first
//! layer; neither by its name.

mod architecture;
mod atomic;
mod checksum;
mod container;
mod convention;
mod embedded;
mod fold;
mod layout;
mod load;
mod open;
mod own_format;
mod pickle;
mod safetensors_file;
mod scalars;
mod store;
mod trim;

use std::path::Path;

use scumble_core::Result;

pub use architecture::{Architecture, ConvSpec};
pub use convention::PixelConvention;
pub use embedded::EMBEDDED_SHA256;
pub use store::{EMBEDDED, ModelInfo, Store};
pub use trim::{Trimmed, trim};

/// One convolution: 3 by 3, stride 1, with a bias.
#[derive(Debug, Clone, PartialEq)]
pub struct ConvLayer {
    /// `conv1_1` to `conv5_4`.
    pub name: &'static str,
    /// Channels in.
    pub in_channels: usize,
    /// Channels out.
    pub out_channels: usize,
    /// `out_channels × in_channels × 3 × 3` numbers, row-major; all finite.
    pub kernel: Vec<f32>,
    /// `out_channels` numbers; all finite.
    pub bias: Vec<f32>,
}

/// The convolutions of a VGG, with what they expect of pixels and borders.
#[derive(Debug, Clone, PartialEq)]
pub struct VggWeights {
    /// The network.
    pub architecture: Architecture,
    /// What the weights expect of pixels.
    pub convention: PixelConvention,
    /// Whether they were made for mirrored borders instead of zeros (vgg_normalised).
    pub reflect_padding: bool,
    /// Whether they were made for pooling that rounds odd sizes up (vgg_normalised).
    pub ceil_pooling: bool,
    /// From conv1_1 as deep as the file goes; at least one.
    pub layers: Vec<ConvLayer>,
    /// Where the numbers come from, for people: `Oxford VGG-19 …`, or the imported file's name.
    pub source: String,
    /// SHA-256 of the file they were first read from, 64 hexadecimal digits.
    pub sha256: String,
}

impl VggWeights {
    /// The Oxford VGG-19 up to conv5_1, compiled into the program by the feature `embedded-vgg19`.
    ///
    /// # Errors
    /// [`Fault::Weights`](scumble_core::Fault::Weights) if the program was built without it.
    pub fn embedded() -> Result<Self> {
        embedded::read()
    }

    /// Reads a weight file: scumble's own, safetensors (torchvision, timm), or PyTorch's zip or legacy
    /// `.pth` (torchvision, neural-style-pt, Gatys, vgg_normalised). Classifier layers are never read.
    ///
    /// # Errors
    /// [`Fault::Weights`](scumble_core::Fault::Weights) if the file is missing, damaged or holds no plain
    /// VGG-16 or VGG-19; [`Fault::Limit`](scumble_core::Fault::Limit) above 4 GiB.
    pub fn read(path: &Path) -> Result<Self> {
        load::read_file(path, None)
    }

    /// As [`VggWeights::read`], with the pixel convention given by somebody who knows the file.
    ///
    /// # Errors
    /// As [`VggWeights::read`].
    pub fn read_as(path: &Path, convention: PixelConvention) -> Result<Self> {
        load::read_file(path, Some(convention))
    }

    /// Numbers in all kernels and biases.
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(|l| l.kernel.len() + l.bias.len()).sum()
    }
}
