//! Every file people have gives the same numbers in the same order.

use safetensors::tensor::Dtype;
use scumble_nn::weights::{Architecture, PixelConvention, VggWeights};

use crate::support::{Tensor, assert_formula, fixture, fixture_bias, folder, named, vgg, write};

/// Kernels and biases are numbers of f32 in the file and must come out unchanged.
const EXACT: f32 = 0.0;

#[test]
fn torchvision_legacy_file_with_its_classifier() {
    let weights = VggWeights::read(&fixture("torchvision-vgg19-legacy.pth")).unwrap();
    assert_eq!(weights.architecture, Architecture::Vgg19);
    assert_eq!(weights.convention, PixelConvention::Torch);
    assert_eq!(weights.parameters(), 20_024_384);
    for (k, layer) in weights.layers.iter().enumerate() {
        assert_formula(k, layer, EXACT);
    }
    assert_eq!(weights.layers[15].name, "conv5_4");
    assert_eq!(weights.source, "torchvision-vgg19-legacy.pth");
    assert_eq!(weights.sha256.len(), 64);
}

#[test]
fn caffe_conversion_with_the_old_classifier_keys() {
    let weights = VggWeights::read(&fixture("caffe-vgg16.pth")).unwrap();
    assert_eq!(weights.architecture, Architecture::Vgg16);
    assert_eq!(weights.convention, PixelConvention::Caffe);
    assert_eq!(weights.layers.len(), 13);
    for (k, layer) in weights.layers.iter().enumerate().skip(1) {
        assert_formula(k, layer, EXACT);
    }
}

#[test]
fn gatys_names() {
    let weights = VggWeights::read(&fixture("gatys-vgg_conv-legacy.pth")).unwrap();
    assert_eq!((weights.architecture, weights.convention), (Architecture::Vgg19, PixelConvention::Caffe));
    for (k, layer) in weights.layers.iter().enumerate().skip(1) {
        assert_formula(k, layer, EXACT);
    }
}

/// Its leading 1 by 1 convolution is exactly the Caffe conversion, so conv1_1 must come out as it went in,
/// up to the rounding of the mean colour to f32 in the file (4e-6 times the sum of a filter, at most 6).
#[test]
fn vgg_normalised_loses_its_first_convolution() {
    let weights = VggWeights::read(&fixture("vgg_normalised.pth")).unwrap();
    assert_eq!((weights.architecture, weights.convention), (Architecture::Vgg19, PixelConvention::Caffe));
    assert!(weights.reflect_padding && weights.ceil_pooling);
    let plain = VggWeights::read(&fixture("gatys-vgg_conv-legacy.pth")).unwrap();
    assert_eq!(weights.layers[0].kernel, plain.layers[0].kernel);
    for (o, bias) in weights.layers[0].bias.iter().enumerate() {
        assert!((bias - fixture_bias(0, o)).abs() < 3e-5, "{o}: {bias}");
    }
    assert_eq!(weights.layers[1..], plain.layers[1..]);
}

#[test]
fn nested_state_dicts_of_other_precision() {
    let half = VggWeights::read(&fixture("nested-half.pth")).unwrap();
    assert_eq!(half.layers.len(), 6);
    for (k, layer) in half.layers.iter().enumerate() {
        // binary16 keeps 11 bits: half a unit in the last place is 2⁻¹¹ of the number.
        assert_formula(k, layer, 2f32.powi(-11));
    }
    let double = VggWeights::read(&fixture("model-double-legacy.pth")).unwrap();
    assert_eq!(double.layers.len(), 2);
    for (k, layer) in double.layers.iter().enumerate() {
        assert_formula(k, layer, EXACT);
    }
}

#[test]
fn a_whole_pickled_model() {
    let weights = VggWeights::read(&fixture("whole-model.pth")).unwrap();
    assert_eq!(weights.layers.len(), 1);
    assert_formula(0, &weights.layers[0], EXACT);
}

#[test]
fn timm_keys() {
    let folder = folder();
    let mut tensors = vgg(Architecture::Vgg16, 8);
    tensors.push(Tensor::f32("pre_logits.fc1.weight", &[8, 512, 7, 7], |_| f32::NAN));
    tensors.push(Tensor::f32("pre_logits.fc2.weight", &[8, 8, 1, 1], |_| f32::NAN));
    tensors.push(Tensor::f32("head.fc.weight", &[10, 8], |_| f32::NAN));
    let path = write(folder.path(), "model.safetensors", &tensors, &[("format", "pt")]);
    let weights = VggWeights::read(&path).unwrap();
    assert_eq!((weights.architecture, weights.layers.len()), (Architecture::Vgg16, 8));
    assert_eq!(weights.convention, PixelConvention::Torch);
}

/// Up to conv3_3 the two networks are one.
#[test]
fn shallow_files_count_as_vgg19_unless_tagged() {
    let folder = folder();
    let seven = vgg(Architecture::Vgg16, 7);
    let plain = write(folder.path(), "vgg16.safetensors", &seven, &[]);
    assert_eq!(VggWeights::read(&plain).unwrap().architecture, Architecture::Vgg19);
    let tagged = write(folder.path(), "tagged.safetensors", &seven, &[("architecture", "vgg16")]);
    assert_eq!(VggWeights::read(&tagged).unwrap().architecture, Architecture::Vgg16);
    // One convolution more decides, and a wrong tag is not believed.
    let eight = write(folder.path(), "8.safetensors", &vgg(Architecture::Vgg19, 8), &[("architecture", "vgg16")]);
    assert_eq!(VggWeights::read(&eight).unwrap().architecture, Architecture::Vgg19);
}

#[test]
fn networks_in_slices_and_beside_others() {
    let folder = folder();
    let mut sliced = vgg(Architecture::Vgg19, 5);
    for tensor in &mut sliced {
        let slice = if tensor.name.starts_with("features.1") { 2 } else { 1 };
        tensor.name = tensor.name.replace("features", &format!("slice{slice}"));
    }
    let path = write(folder.path(), "sliced.safetensors", &sliced, &[]);
    assert_eq!(VggWeights::read(&path).unwrap().layers.len(), 5);

    let mut two = vgg(Architecture::Vgg19, 3);
    two.iter_mut().for_each(|t| t.name = format!("encoder.{}", t.name));
    two.push(Tensor::f32("decoder.0.weight", &[256, 512, 3, 3], |_| 0.0));
    let path = write(folder.path(), "pair.safetensors", &two, &[]);
    assert_eq!(VggWeights::read(&path).unwrap().layers.len(), 3);
}

#[test]
fn bfloat16() {
    let folder = folder();
    let mut tensors = vgg(Architecture::Vgg19, 1);
    let bias = named(&mut tensors, "features.0.bias");
    (bias.dtype, bias.bytes) = (Dtype::BF16, [0x40, 0xbf].repeat(64));
    let weights = VggWeights::read(&write(folder.path(), "b.safetensors", &tensors, &[])).unwrap();
    assert_eq!(weights.layers[0].bias, [-0.75; 64]);
}
