//! Weight files that cannot be used, and ones that can.

use safetensors::Dtype;
use safetensors::tensor::TensorView;

use crate::harness::{Ended, Place, SHORT};

/// A safetensors file with VGG's first convolution of the given kernel sides, filled with `value`.
fn first_layer(side: usize, value: f32) -> Vec<u8> {
    let bytes = |n: usize| value.to_le_bytes().repeat(n);
    let (kernel, bias) = (bytes(64 * 3 * side * side), bytes(64));
    let kernel = TensorView::new(Dtype::F32, vec![64, 3, side, side], &kernel).unwrap();
    let bias = TensorView::new(Dtype::F32, vec![64], &bias).unwrap();
    safetensors::serialize([("features.0.weight", kernel), ("features.0.bias", bias)], None).unwrap()
}

/// A PyTorch file whose pickle runs a command when it is read (`reference/weights/make_files.py`).
const HOSTILE: &[u8] = include_bytes!("../../../../reference/weights/hostile.pth");

fn refused(place: &Place, model: &str) -> Ended {
    let before = place.files();
    let arguments = ["neural", "photo.png", "painting.png", "--model", model];
    let ended = place.run(&[&arguments, &SHORT[..]].concat());
    assert_eq!(place.files(), before, "something was left behind");
    ended
}

#[test]
fn nan_weights() {
    let place = Place::new();
    place.write("nan.safetensors", first_layer(3, f32::NAN));
    insta::assert_snapshot!(refused(&place, "nan.safetensors").shown());
}

#[test]
fn wrong_shape_weights() {
    let place = Place::new();
    place.write("wide.safetensors", first_layer(5, 0.5));
    insta::assert_snapshot!(refused(&place, "wide.safetensors").shown());
}

#[test]
fn hostile_weights() {
    let place = Place::new();
    place.write("evil.pth", HOSTILE);
    insta::assert_snapshot!(refused(&place, "evil.pth").shown());
}

#[test]
fn hostile_weights_are_not_imported() {
    let place = Place::new();
    place.write("evil.pth", HOSTILE);
    let before = place.files();
    let ended = place.run(&["models", "import", "evil.pth"]);
    assert_eq!(place.files(), before, "something was left behind");
    insta::assert_snapshot!(ended.shown());
}

#[test]
fn an_imported_model_is_listed_verified_and_used() {
    let place = Place::new();
    place.write("Small.safetensors", first_layer(3, 0.01));
    place.done(&["models", "import", "Small.safetensors", "--convention=caffe"]);
    let listed = place.done(&["models", "list", "--json"]).json();
    let names: Vec<&str> = listed.as_array().unwrap().iter().filter_map(|m| m["name"].as_str()).collect();
    assert_eq!(names, ["vgg19", "small"]);
    assert_eq!(place.done(&["models", "verify"]).text(), "vgg19  good\nsmall  good\n");
    let path = place.done(&["models", "path", "small"]);
    assert!(std::path::Path::new(path.text().trim()).is_file());
    let layers = ["--model=small", "--content-layers=relu1_1", "--style-layers=relu1_1", "--quiet"];
    place.neural(&layers);

    let mut damaged = std::fs::read(path.text().trim()).unwrap();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    std::fs::write(path.text().trim(), damaged).unwrap();
    let ended = place.run(&["models", "verify"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.text().starts_with("vgg19  good\nsmall  BAD: "), "{}", ended.text());
}
