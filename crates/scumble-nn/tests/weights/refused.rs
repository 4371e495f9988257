//! What is no plain VGG gets a sentence that says what it is.

use std::path::Path;

use safetensors::tensor::Dtype;
use scumble_core::{Error, Fault};
use scumble_nn::weights::{Architecture, VggWeights};

use crate::support::{Tensor, fixture, folder, named, vgg, write};

fn refusal(path: &Path) -> Error {
    let error = VggWeights::read(path).unwrap_err();
    assert!(error.to_string().starts_with(&path.display().to_string()), "{error}");
    error
}

#[track_caller]
fn assert_says(error: &Error, parts: &[&str]) {
    assert_eq!(error.fault(), Fault::Weights);
    for part in parts {
        assert!(error.to_string().contains(part), "'{part}' is not in: {error}");
    }
}

fn refused_tensors(tensors: &[Tensor], parts: &[&str]) {
    let folder = folder();
    assert_says(&refusal(&write(folder.path(), "vgg19.safetensors", tensors, &[])), parts);
}

#[test]
fn hostile_pickles_are_named_and_not_executed() {
    for name in ["hostile.pth", "hostile-legacy.pth", "hostile-beside-weights.pth"] {
        let error = refusal(&fixture(name));
        assert_says(&error, &["Python objects that are not tensors", "system", "nothing was executed"]);
        assert!(error.hint_text().unwrap().contains("state_dict"));
    }
    assert!(!Path::new("scumble-executed-a-pickle").exists());
}

#[test]
fn files_that_are_no_weight_files() {
    let folder = folder();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_says(&refusal(&folder.path().join("absent.pth")), &["no such file"]);
    assert_says(&refusal(folder.path()), &["is a directory"]);
    assert_says(&refusal(&file("empty.pth", b"")), &["is empty"]);
    assert_says(&refusal(&file("page.pth", b"<html>\n<body>404 \xc3\xa4</body>")), &["is text"]);
    assert_says(&refusal(&file("x.mat", b"MATLAB 5.0 MAT-file")), &["MATLAB"]);
    assert_says(&refusal(&file("x.bin", &[1, 2, 3])), &["is not a weight file"]);
    assert_says(&refusal(&fixture("no-tensors.pth")), &["holds no tensors"]);
    let zip = b"PK\x03\x04 and no zip";
    assert_says(&refusal(&file("broken.pth", zip)), &["not a readable PyTorch file"]);
}

#[test]
fn truncated_files_of_every_form() {
    let folder = folder();
    let plain = write(folder.path(), "whole.safetensors", &vgg(Architecture::Vgg19, 2), &[]);
    for source in [plain, fixture("caffe-vgg16.pth"), fixture("torchvision-vgg19-legacy.pth")] {
        let bytes = std::fs::read(&source).unwrap();
        for keep in [bytes.len() - 1, bytes.len() / 2, 20, 9] {
            let path = folder.path().join("cut");
            std::fs::write(&path, &bytes[..keep]).unwrap();
            let error = refusal(&path);
            assert_says(&error, &["not a readable"]);
            assert!(error.hint_text().unwrap().contains("damaged"), "{error}");
        }
    }
}

/// A file larger than 4 GiB, sparse: it takes no space on the disk.
#[test]
fn enormous_files_are_refused_unread() {
    let folder = folder();
    let path = folder.path().join("huge.pth");
    std::fs::File::create(&path).unwrap().set_len((4 << 30) + 1).unwrap();
    assert_eq!(refusal(&path).fault(), Fault::Limit);
}

#[test]
fn a_wrong_shape_is_named_with_the_expected_one() {
    let mut tensors = vgg(Architecture::Vgg19, 4);
    *named(&mut tensors, "features.5.weight") = Tensor::f32("features.5.weight", &[128, 32, 3, 3], |_| 0.0);
    refused_tensors(&tensors, &["'features.5.weight'", "[128, 32, 3, 3]", "expected [128, 64, 3, 3] (conv2_1)"]);

    let mut tensors = vgg(Architecture::Vgg19, 8);
    *named(&mut tensors, "features.16.weight") = Tensor::f32("features.16.weight", &[8, 256, 3, 3], |_| 0.0);
    refused_tensors(&tensors, &["[256, 256, 3, 3] (conv3_4) of VGG-19 or [512, 256, 3, 3] (conv4_1) of VGG-16"]);

    let mut tensors = vgg(Architecture::Vgg19, 2);
    *named(&mut tensors, "features.2.bias") = Tensor::f32("features.2.bias", &[63], |_| 0.0);
    refused_tensors(&tensors, &["'features.2.bias'", "[63]", "expected [64]"]);

    let mut tensors = vgg(Architecture::Vgg19, 2);
    tensors.retain(|t| t.name != "features.2.bias");
    refused_tensors(&tensors, &["has no tensor 'features.2.bias'"]);
}

#[test]
fn other_networks() {
    let conv = |i: usize, shape: &[usize]| Tensor::f32(format!("features.{i}.weight"), shape, |_| 0.0);
    refused_tensors(&[conv(0, &[96, 3, 11, 11]), conv(2, &[96, 96, 1, 1])], &["Network in Network", "[96, 3, 11, 11]"]);
    refused_tensors(&[conv(1, &[256, 512, 3, 3])], &["decoder", "vgg_normalised"]);
    refused_tensors(&[conv(0, &[64, 3, 7, 7])], &["another network", "expected [64, 3, 3, 3]"]);
    refused_tensors(&[Tensor::f32("fc.weight", &[10, 10], |_| 0.0)], &["no convolution's weights"]);

    let widths = [24, 22, 41, 51, 108, 89, 111, 184, 276, 228, 512, 512, 512];
    let into = [3].iter().chain(&widths);
    let pruned: Vec<Tensor> =
        widths.iter().zip(into).enumerate().map(|(i, (out, into))| conv(2 * i, &[*out, *into, 3, 3])).collect();
    refused_tensors(&pruned, &["pruned"]);

    let mut normed = vgg(Architecture::Vgg19, 2);
    normed.push(Tensor::f32("features.1.running_mean", &[64], |_| 0.0));
    refused_tensors(&normed, &["batch normalisation", "features.1.running_mean"]);
}

#[test]
fn numbers_that_are_none() {
    for (value, shown) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf")] {
        let mut tensors = vgg(Architecture::Vgg19, 2);
        let spoiled = Tensor::f32("features.2.weight", &[64, 64, 3, 3], |i| if i == 17 { value } else { 0.1 });
        *named(&mut tensors, "features.2.weight") = spoiled;
        refused_tensors(&tensors, &["'features.2.weight'", shown, "position 17"]);
    }
    let mut tensors = vgg(Architecture::Vgg19, 1);
    let bias = named(&mut tensors, "features.0.bias");
    (bias.dtype, bias.bytes) = (Dtype::I8, vec![0; 64]);
    refused_tensors(&tensors, &["'features.0.bias'", "I8", "floating-point"]);
}

#[test]
fn palettes_with_codes_outside_them() {
    let mut tensors = vgg(Architecture::Vgg19, 1);
    tensors.remove(0);
    tensors.push(Tensor::f32("features.0.weight.palette", &[4], |i| i as f32));
    let mut codes = Tensor::f32("features.0.weight.codes", &[], |_| 0.0);
    (codes.dtype, codes.shape, codes.bytes) = (Dtype::U8, vec![64, 3, 3, 3], vec![4; 1728]);
    tensors.push(codes);
    refused_tensors(&tensors, &["features.0.weight.codes", "past the 4 entries"]);
    named(&mut tensors, "features.0.weight.codes").bytes = vec![3; 1728];
    let folder = folder();
    let weights = VggWeights::read(&write(folder.path(), "p.safetensors", &tensors, &[])).unwrap();
    assert_eq!(weights.layers[0].kernel, [3.0; 1728]);
}

/// A header may claim anything: nothing of that size is allocated.
#[test]
fn hostile_safetensors_headers() {
    let folder = folder();
    let path = folder.path().join("x.safetensors");
    let with_header = |claimed: u64, json: &str| {
        let mut bytes = claimed.to_le_bytes().to_vec();
        bytes.extend_from_slice(json.as_bytes());
        std::fs::write(&path, bytes).unwrap();
        refusal(&path)
    };
    assert_says(&with_header(3_000_000_000, "{}"), &["claims 3000000000 bytes"]);
    let giant = r#"{"a.weight":{"dtype":"F32","shape":[4000000000,4000000000],"data_offsets":[0,64]}}"#;
    assert_says(&with_header(giant.len() as u64, giant), &["not a readable safetensors file"]);
    let beyond = r#"{"a.weight":{"dtype":"F32","shape":[1000000],"data_offsets":[0,4000000]}}"#;
    assert_says(&with_header(beyond.len() as u64, beyond), &["should be 4000081 bytes long"]);
}
