//! The weights compiled into the program.
#![cfg(feature = "embedded-vgg19")]

use std::path::Path;

use scumble_nn::weights::{Architecture, EMBEDDED_SHA256, PixelConvention, VggWeights};
use sha2::{Digest, Sha256};

/// The numbers were read with NumPy from the palette file of the whole network.
#[test]
fn is_the_oxford_network_up_to_conv5_1() {
    let weights = VggWeights::embedded().unwrap();
    assert_eq!(weights.architecture, Architecture::Vgg19);
    assert_eq!(weights.convention, PixelConvention::Caffe);
    assert!(!weights.reflect_padding && !weights.ceil_pooling);
    assert_eq!(weights.layers.len(), 13);
    assert_eq!(weights.parameters(), 12_944_960);
    let first = &weights.layers[0];
    assert_eq!(first.kernel[..3], [0.340_632_8, 0.340_632_8, -0.045_668_34]);
    assert_eq!([first.kernel[4], first.kernel[13], first.kernel[22]], [0.089_402_34, 0.104_895_36, 0.099_484_24]);
    assert_eq!(first.bias[..3], [0.730_177_6, 0.064_936_29, 0.034_288_47]);
    let last = &weights.layers[12];
    assert_eq!((last.name, last.in_channels, last.out_channels), ("conv5_1", 512, 512));
    assert_eq!(last.bias[..3], [-0.056_436_49, -0.104_568_07, 0.015_437_681]);
    // Sums over 2.4 million numbers in f64: their order moves them by less than 1e-9.
    let sum: f64 = last.kernel.iter().map(|w| f64::from(*w)).sum();
    let magnitude: f64 = last.kernel.iter().map(|w| f64::from(w.abs())).sum();
    assert!((sum - -1_146.983_876_158_955_4).abs() < 1e-6, "{sum}");
    assert!((magnitude - 14_555.417_928_844_508).abs() < 1e-6, "{magnitude}");
}

#[test]
fn is_the_file_in_models_with_the_pinned_checksum() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/vgg19-conv5_1-q8.safetensors");
    let digest = Sha256::digest(std::fs::read(&path).unwrap());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digits, EMBEDDED_SHA256);
    assert_eq!(VggWeights::read(&path).unwrap(), VggWeights::embedded().unwrap());
}
