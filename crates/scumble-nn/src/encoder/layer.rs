//! The layers of a VGG and the names people give them.

use std::fmt;

use scumble_core::{Error, Result};

use crate::weights::Architecture;

/// What a layer computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LayerKind {
    /// A convolution before its ReLU.
    Conv,
    /// A convolution after its ReLU.
    Relu,
    /// The pooling at a block's end.
    Pool,
}

/// A layer, as `conv4_2`, `relu4_2` or `pool4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Layer {
    /// What it computes.
    pub kind: LayerKind,
    /// Its block, 1 to 5.
    pub block: usize,
    /// Its convolution within the block, from 1; for a pooling the block's last.
    pub number: usize,
}

/// Convolutions in each of the five blocks.
fn blocks(architecture: Architecture) -> [usize; 5] {
    match architecture {
        Architecture::Vgg16 => [2, 2, 3, 3, 3],
        Architecture::Vgg19 => [2, 2, 4, 4, 4],
    }
}

impl Layer {
    /// Every layer in the order of computation, which is that of torchvision's `features`.
    pub fn all(architecture: Architecture) -> impl Iterator<Item = Layer> {
        blocks(architecture).into_iter().enumerate().flat_map(|(b, convs)| {
            let block = b + 1;
            let pairs = (1..=convs)
                .flat_map(move |number| [LayerKind::Conv, LayerKind::Relu].map(|kind| Layer { kind, block, number }));
            pairs.chain([Layer { kind: LayerKind::Pool, block, number: convs }])
        })
    }

    /// Position in torchvision's `features` sequence.
    pub fn index(self, architecture: Architecture) -> usize {
        Layer::all(architecture).position(|l| l == self).unwrap_or(usize::MAX)
    }

    /// Convolutions needed to compute it.
    pub fn convolutions(self, architecture: Architecture) -> usize {
        let before: usize = blocks(architecture)[..self.block - 1].iter().sum();
        before + self.number
    }

    /// The ReLU of the `n`-th convolution, from 1.
    pub(crate) fn of_convolution(n: usize, architecture: Architecture) -> Layer {
        Layer::all(architecture).filter(|l| l.kind == LayerKind::Relu).nth(n.saturating_sub(1)).unwrap_or(Layer {
            kind: LayerKind::Relu,
            block: 5,
            number: 1,
        })
    }

    /// Poolings before or at it.
    pub fn pools(self) -> usize {
        self.block - usize::from(self.kind != LayerKind::Pool)
    }

    /// Reads a name: `relu4_2`, `r42`, `4_2`, `conv4_2`, `pool3`, `features.22` or `22`.
    ///
    /// # Errors
    /// If the network has no such layer.
    pub fn parse(name: &str, architecture: Architecture) -> Result<Layer> {
        let unknown = || {
            let [.., last] = blocks(architecture);
            Error::parameter(format!("unknown layer '{name}' for {}", architecture.name())).hint(format!(
                "layers are conv1_1 to conv5_{last}, relu1_1 to relu5_{last} and pool1 to pool5; relu4_2 is also r42, \
                 4_2 or features.{}",
                Layer { kind: LayerKind::Relu, block: 4, number: 2 }.index(architecture)
            ))
        };
        let text = name.trim().to_ascii_lowercase();
        let wanted = if let Ok(index) = text.strip_prefix("features.").unwrap_or(&text).parse::<usize>() {
            Layer::all(architecture).nth(index)
        } else {
            let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let kind = match &text[..text.len() - digits.len()] {
                "relu" | "r" | "" => LayerKind::Relu,
                "conv" | "c" => LayerKind::Conv,
                "pool" | "p" => LayerKind::Pool,
                _ => return Err(unknown()),
            };
            let numbers: Vec<usize> =
                digits.chars().filter(|c| *c != '_').map_while(|c| c.to_digit(10)).map(|d| d as usize).collect();
            let shape_ok = digits.chars().all(|c| c.is_ascii_digit() || c == '_');
            Layer::all(architecture).find(|l| {
                shape_ok
                    && l.kind == kind
                    && match (kind, numbers.as_slice()) {
                        (LayerKind::Pool, [block]) => l.block == *block,
                        (LayerKind::Conv | LayerKind::Relu, [block, number]) => {
                            (l.block, l.number) == (*block, *number)
                        }
                        _ => false,
                    }
            })
        };
        wanted.ok_or_else(unknown)
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            LayerKind::Conv => write!(f, "conv{}_{}", self.block, self.number),
            LayerKind::Relu => write!(f, "relu{}_{}", self.block, self.number),
            LayerKind::Pool => write!(f, "pool{}", self.block),
        }
    }
}
