//! What a network's weights expect of pixels.

use serde::{Deserialize, Serialize};

/// The pixels a network was trained on. It belongs to the weights, never to a flag alone: with the
/// wrong one a network still "works" and looks bad.
///
/// The third convention people meet, that of vgg_normalised (sRGB from 0 to 1, a leading 1 by 1
/// convolution does the rest), needs no name here: reading such a file folds that convolution into
/// conv1_1, which turns it into [`PixelConvention::Caffe`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PixelConvention {
    /// Blue, green, red from 0 to 255, less the mean 103.939, 116.779, 123.68 (the Oxford weights).
    Caffe,
    /// Red, green, blue from 0 to 1, less the mean 0.485, 0.456, 0.406, divided by the deviation
    /// 0.229, 0.224, 0.225 (torchvision, timm).
    Torch,
}

impl PixelConvention {
    /// As files and flags name it: `caffe`, `torch`.
    pub fn tag(self) -> &'static str {
        match self {
            PixelConvention::Caffe => "caffe",
            PixelConvention::Torch => "torch",
        }
    }

    /// Reads a tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        [Self::Caffe, Self::Torch].into_iter().find(|c| c.tag() == tag)
    }
}

/// Two filters of conv1_1 that tell the Oxford weights, blue, green, red: a blue-yellow one and an edge.
/// They are the mean of VGG-16's and VGG-19's, which were trained from the same start and are alike to a
/// cosine of 0.96 and 0.99.
#[rustfmt::skip]
const OXFORD: [(usize, [f32; 27]); 2] = [
    (22, [0.157, 0.162, 0.157, 0.167, 0.166, 0.159, 0.146, 0.172, 0.155,
          0.032, 0.005, 0.028, 0.008, -0.026, -0.002, 0.015, 0.009, 0.02,
          -0.133, -0.182, -0.138, -0.178, -0.234, -0.191, -0.148, -0.176, -0.145]),
    (10, [0.075, 0.474, 0.04, -0.009, 0.487, -0.026, -0.383, -0.294, -0.354,
          0.149, 0.58, 0.105, -0.001, 0.527, -0.023, -0.486, -0.382, -0.461,
          0.127, 0.536, 0.09, -0.008, 0.501, -0.024, -0.448, -0.346, -0.42]),
];

/// Cosine from which a filter counts as the Oxford one; others' at the same place are near 0.
const ALIKE: f64 = 0.95;

/// What multiplies the Oxford kernels when they are rewritten for torch pixels: 255 times the mean deviation.
const TORCH_SCALE: f64 = 57.7;

impl PixelConvention {
    /// Tells the convention by conv1_1's kernel, 64 × 3 × 3 × 3.
    ///
    /// Every Caffe-convention VGG people have is a copy of the Oxford weights, so these are recognised,
    /// up to each filter's scale; everything else was trained in PyTorch, on torch pixels. The kernels'
    /// magnitude alone says nothing: torchvision trained from scratch, and its filters are about as
    /// large as Oxford's although its pixels are 58 times smaller. `None` if these are the Oxford
    /// weights rewritten for other pixels (channels reversed only, or scaled only).
    pub(super) fn of_first_layer(kernel: &[f32]) -> Option<Self> {
        let compare = |reversed: bool| -> Vec<(f64, f64)> {
            OXFORD.iter().map(|(i, filter)| likeness(&kernel[i * 27..][..27], filter, reversed)).collect()
        };
        let oxford = |likenesses: &[(f64, f64)]| likenesses.iter().all(|(cosine, _)| *cosine > ALIKE);
        // The edge filter looks the same in either order, the blue-yellow one has the opposite sign.
        let (straight, reversed) = (compare(false), compare(true));
        let within = |likenesses: &[(f64, f64)], low: f64, high: f64| {
            likenesses.iter().all(|(_, scale)| (low..high).contains(scale))
        };
        if oxford(&straight) {
            // vgg_normalised makes every filter smaller, by a factor of its own.
            within(&straight, 0.0, 5.0).then_some(PixelConvention::Caffe)
        } else if oxford(&reversed) {
            within(&reversed, TORCH_SCALE / 3.0, TORCH_SCALE * 3.0).then_some(PixelConvention::Torch)
        } else {
            Some(PixelConvention::Torch)
        }
    }
}

/// Cosine and ratio of norms between a filter and a reference, with the filter's channels reversed or not.
fn likeness(filter: &[f32], reference: &[f32; 27], reversed: bool) -> (f64, f64) {
    let at = |i: usize| f64::from(filter[if reversed { 18 - i / 9 * 9 + i % 9 } else { i }]);
    let of = |i: usize| f64::from(reference[i]);
    let sum = |f: &dyn Fn(usize) -> f64| (0..27).map(f).sum::<f64>();
    let norm = sum(&|i| at(i) * at(i)).sqrt();
    let reference_norm = sum(&|i| of(i) * of(i)).sqrt();
    (sum(&|i| at(i) * of(i)) / (norm * reference_norm).max(f64::MIN_POSITIVE), norm / reference_norm)
}
