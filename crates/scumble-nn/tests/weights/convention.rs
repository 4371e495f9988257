//! Whoever speaks first decides what pixels the weights expect: the user, the tag, the published checksum,
//! the first layer.

use std::path::{Path, PathBuf};

use scumble_core::Fault;
use scumble_nn::weights::{Architecture, PixelConvention, VggWeights};

use crate::support::{Tensor, fixture, folder, vgg, write};

/// conv1_1 of the Oxford VGG-19.
fn oxford() -> Vec<f32> {
    VggWeights::read(&fixture("caffe-vgg16.pth")).unwrap().layers.swap_remove(0).kernel
}

/// A file with one convolution whose kernel is `kernel(filter, channel, tap)`.
fn file(folder: &Path, name: &str, kernel: impl Fn(usize, usize, usize) -> f32) -> PathBuf {
    let mut tensors = vgg(Architecture::Vgg19, 1);
    tensors[0] = Tensor::f32("features.0.weight", &[64, 3, 3, 3], |i| kernel(i / 27, i / 9 % 3, i % 9));
    write(folder, name, &tensors, &[])
}

/// The Oxford weights rewritten for torch pixels: channels reversed, times 255 and the deviation.
#[test]
fn oxford_weights_for_torch_pixels_are_told_from_the_originals() {
    let (folder, oxford) = (folder(), oxford());
    let at = |f: usize, c: usize, t: usize| oxford[f * 27 + c * 9 + t];
    let original = file(folder.path(), "a.safetensors", at);
    assert_eq!(VggWeights::read(&original).unwrap().convention, PixelConvention::Caffe);
    let normalised = file(folder.path(), "b.safetensors", |f, c, t| at(f, c, t) * 0.01 * (1 + f % 7) as f32);
    assert_eq!(VggWeights::read(&normalised).unwrap().convention, PixelConvention::Caffe);
    let std = [0.229, 0.224, 0.225];
    let rewritten = file(folder.path(), "c.safetensors", |f, c, t| at(f, 2 - c, t) * 255.0 * std[c]);
    assert_eq!(VggWeights::read(&rewritten).unwrap().convention, PixelConvention::Torch);
}

#[test]
fn oxford_weights_for_any_other_pixels_need_the_user() {
    let (folder, oxford) = (folder(), oxford());
    let at = |f: usize, c: usize, t: usize| oxford[f * 27 + c * 9 + t];
    let reversed = file(folder.path(), "rgb255.safetensors", |f, c, t| at(f, 2 - c, t));
    let scaled = file(folder.path(), "bgr1.safetensors", |f, c, t| at(f, c, t) * 255.0);
    for path in [&reversed, &scaled] {
        let error = VggWeights::read(path).unwrap_err();
        assert_eq!(error.fault(), Fault::Weights);
        assert!(error.to_string().contains("neither 'caffe' nor 'torch'"), "{error}");
        assert!(error.hint_text().unwrap().contains("--convention"));
    }
    let forced = VggWeights::read_as(&reversed, PixelConvention::Caffe).unwrap();
    assert_eq!(forced.convention, PixelConvention::Caffe);
}

#[test]
fn the_tag_overrules_the_first_layer_and_the_user_overrules_the_tag() {
    let folder = folder();
    let tensors = vgg(Architecture::Vgg19, 1);
    let path = write(folder.path(), "x.safetensors", &tensors, &[("convention", "caffe")]);
    assert_eq!(VggWeights::read(&path).unwrap().convention, PixelConvention::Caffe);
    assert_eq!(VggWeights::read_as(&path, PixelConvention::Torch).unwrap().convention, PixelConvention::Torch);
    // Free text under the same key is no tag.
    let path = write(folder.path(), "y.safetensors", &tensors, &[("convention", "BGR, 0-255")]);
    assert_eq!(VggWeights::read(&path).unwrap().convention, PixelConvention::Torch);
}

#[test]
fn vgg_normalised_cannot_be_called_torch() {
    let error = VggWeights::read_as(&fixture("vgg_normalised.pth"), PixelConvention::Torch).unwrap_err();
    assert_eq!(error.fault(), Fault::Parameter);
    assert!(error.to_string().contains("contradicts"), "{error}");
}

/// torch hub's names end in the first digits of the file's SHA-256.
#[test]
fn the_checksum_in_a_name_is_checked() {
    let folder = folder();
    let source = fixture("caffe-vgg16.pth");
    let sha256 = VggWeights::read(&source).unwrap().sha256;
    let copy = |name: &str| {
        let path = folder.path().join(name);
        std::fs::copy(&source, &path).unwrap();
        path
    };
    assert!(VggWeights::read(&copy(&format!("vgg16-{}.pth", &sha256[..8]))).is_ok());
    assert!(VggWeights::read(&copy("vgg16-20240131.pth")).is_ok(), "a date");
    let error = VggWeights::read(&copy("vgg19-dcbb9e9d.pth")).unwrap_err();
    assert_eq!(error.fault(), Fault::Weights);
    let text = error.to_string();
    assert!(text.contains(&sha256[..8]) && text.contains("promises dcbb9e9d"), "{text}");
}
