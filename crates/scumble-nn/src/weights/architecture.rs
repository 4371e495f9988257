//! The two networks and their convolutions.

use serde::Serialize;

/// A VGG of Simonyan & Zisserman (2014): configurations D (16 layers) and E (19 layers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// Thirteen convolutions: 2, 2, 3, 3, 3.
    Vgg16,
    /// Sixteen convolutions: 2, 2, 4, 4, 4.
    Vgg19,
}

/// One row of an architecture's table; every convolution is 3 by 3 with a bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConvSpec {
    /// `conv1_1` to `conv5_4`.
    pub name: &'static str,
    /// Position in torchvision's `features` sequence.
    pub index: usize,
    /// Channels in.
    pub in_channels: usize,
    /// Channels out.
    pub out_channels: usize,
}

impl ConvSpec {
    /// The kernel's shape: out, in, height, width.
    pub fn kernel_shape(&self) -> [usize; 4] {
        [self.out_channels, self.in_channels, 3, 3]
    }

    /// Numbers in kernel and bias.
    pub fn parameters(&self) -> usize {
        self.out_channels * (self.in_channels * 9 + 1)
    }
}

const fn conv(name: &'static str, index: usize, in_channels: usize, out_channels: usize) -> ConvSpec {
    ConvSpec { name, index, in_channels, out_channels }
}

const VGG16: [ConvSpec; 13] = [
    conv("conv1_1", 0, 3, 64),
    conv("conv1_2", 2, 64, 64),
    conv("conv2_1", 5, 64, 128),
    conv("conv2_2", 7, 128, 128),
    conv("conv3_1", 10, 128, 256),
    conv("conv3_2", 12, 256, 256),
    conv("conv3_3", 14, 256, 256),
    conv("conv4_1", 17, 256, 512),
    conv("conv4_2", 19, 512, 512),
    conv("conv4_3", 21, 512, 512),
    conv("conv5_1", 24, 512, 512),
    conv("conv5_2", 26, 512, 512),
    conv("conv5_3", 28, 512, 512),
];

const VGG19: [ConvSpec; 16] = [
    conv("conv1_1", 0, 3, 64),
    conv("conv1_2", 2, 64, 64),
    conv("conv2_1", 5, 64, 128),
    conv("conv2_2", 7, 128, 128),
    conv("conv3_1", 10, 128, 256),
    conv("conv3_2", 12, 256, 256),
    conv("conv3_3", 14, 256, 256),
    conv("conv3_4", 16, 256, 256),
    conv("conv4_1", 19, 256, 512),
    conv("conv4_2", 21, 512, 512),
    conv("conv4_3", 23, 512, 512),
    conv("conv4_4", 25, 512, 512),
    conv("conv5_1", 28, 512, 512),
    conv("conv5_2", 30, 512, 512),
    conv("conv5_3", 32, 512, 512),
    conv("conv5_4", 34, 512, 512),
];

impl Architecture {
    /// The convolutions in the order of computation.
    pub fn convolutions(self) -> &'static [ConvSpec] {
        match self {
            Architecture::Vgg16 => &VGG16,
            Architecture::Vgg19 => &VGG19,
        }
    }

    /// As people write it: `VGG-16`, `VGG-19`.
    pub fn name(self) -> &'static str {
        match self {
            Architecture::Vgg16 => "VGG-16",
            Architecture::Vgg19 => "VGG-19",
        }
    }

    /// As files tag it: `vgg16`, `vgg19`.
    pub fn tag(self) -> &'static str {
        match self {
            Architecture::Vgg16 => "vgg16",
            Architecture::Vgg19 => "vgg19",
        }
    }

    /// Reads a file's tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Vgg16, Self::Vgg19].into_iter().find(|a| a.tag() == tag)
    }
}
