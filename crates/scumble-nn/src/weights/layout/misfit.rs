//! Saying what a file holds instead of a VGG.

use scumble_core::Error;

use super::Conv;
use crate::weights::Architecture;

const WANTED: &str = "scumble needs the convolutions of a plain VGG-16 or VGG-19";

/// Why a set of kernels is not a VGG, and how many of them were.
#[derive(Debug)]
pub(super) struct Misfit {
    pub matched: usize,
    pub error: Error,
}

/// No 4-D weights at all.
pub(super) fn no_convolutions(tensors: &[(String, Vec<usize>)]) -> Error {
    let found = match tensors {
        [] => "holds no tensors".to_owned(),
        _ => format!("holds {} tensors, but no convolution's weights among them", tensors.len()),
    };
    Error::weights(found).hint(WANTED)
}

/// A 1 by 1 convolution and nothing behind it.
pub(super) fn only_a_front() -> Misfit {
    Misfit { matched: 0, error: Error::weights("holds a 1 by 1 convolution and no VGG behind it").hint(WANTED) }
}

/// Names the first kernel that is not a VGG's. `vgg16` and `vgg19` say how many matched each table.
pub(super) fn explain(convs: &[Conv], vgg16: usize, vgg19: usize) -> Misfit {
    let architecture = if vgg16 > vgg19 { Architecture::Vgg16 } else { Architecture::Vgg19 };
    let matched = vgg16.max(vgg19);
    let conv = &convs[matched];
    let error = match architecture.convolutions().get(matched) {
        None => Error::weights(format!(
            "holds more 3 by 3 convolutions than {}: after {} of them comes '{}' with shape {:?}",
            architecture.name(),
            matched,
            conv.name,
            conv.shape
        )),
        Some(_) if matched == 0 => other_network(convs),
        Some(spec) => {
            let mut expected = format!("{:?} ({})", spec.kernel_shape(), spec.name);
            let other = Architecture::Vgg16.convolutions()[matched.min(12)];
            if vgg16 == vgg19 && other.kernel_shape() != spec.kernel_shape() {
                expected = format!("{expected} of VGG-19 or {:?} ({}) of VGG-16", other.kernel_shape(), other.name);
            }
            Error::weights(format!("tensor '{}' has shape {:?}, expected {expected}", conv.name, conv.shape))
        }
    };
    Misfit { matched, error: error.hint(WANTED) }
}

/// The very first convolution is another one's.
fn other_network(convs: &[Conv]) -> Error {
    let Conv { name, shape } = convs[0];
    let guess = match shape {
        [96, 3, 11, 11] => "this is Network in Network (NIN)",
        [256, 512, 3, 3] => "this is the decoder of an AdaIN pair; the encoder is vgg_normalised.pth",
        [_, 3, 3, 3] if convs.len() == 13 || convs.len() == 16 => "this is a VGG with channels pruned away",
        _ => "this is another network",
    };
    Error::weights(format!(
        "holds no VGG-16 or VGG-19: its first convolution '{name}' has shape {shape:?}, expected [64, 3, 3, 3]; {guess}"
    ))
}
