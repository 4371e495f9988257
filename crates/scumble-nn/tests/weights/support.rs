//! Files for the tests: the ones PyTorch wrote (`reference/weights`), and safetensors made here.

use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, TensorView};
use scumble_nn::weights::{Architecture, ConvLayer};

/// A file made by `reference/weights/make_files.py`.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/weights").join(name)
}

/// The kernel's number of output channel `o` of convolution `k` in those files.
pub fn fixture_weight(k: usize, o: usize) -> f32 {
    ((((31 * o + 17 * k) % 97) as f64 - 48.0) / 1000.0) as f32
}

/// The bias of output channel `o` of convolution `k` in those files.
pub fn fixture_bias(k: usize, o: usize) -> f32 {
    ((((o + k) % 13) as f64 - 6.0) / 100.0) as f32
}

/// Asserts that a layer holds the fixtures' formula, within `tolerance` relative.
pub fn assert_formula(k: usize, layer: &ConvLayer, tolerance: f32) {
    let close = |got: f32, want: f32| (got - want).abs() <= tolerance * want.abs();
    let per_output = layer.in_channels * 9;
    assert_eq!(layer.kernel.len(), layer.out_channels * per_output, "{}", layer.name);
    for (o, filter) in layer.kernel.chunks_exact(per_output).enumerate() {
        assert!(filter.iter().all(|w| close(*w, fixture_weight(k, o))), "{} kernel {o}", layer.name);
        assert!(close(layer.bias[o], fixture_bias(k, o)), "{} bias {o}", layer.name);
    }
}

/// A tensor to be written.
pub struct Tensor {
    pub name: String,
    pub dtype: Dtype,
    pub shape: Vec<usize>,
    pub bytes: Vec<u8>,
}

impl Tensor {
    pub fn f32(name: impl Into<String>, shape: &[usize], value: impl Fn(usize) -> f32) -> Self {
        let bytes = (0..shape.iter().product()).flat_map(|i| value(i).to_le_bytes()).collect();
        Self { name: name.into(), dtype: Dtype::F32, shape: shape.to_vec(), bytes }
    }
}

/// The first `depth` convolutions under torchvision's keys; every kernel is 0.01, every bias 0.5.
pub fn vgg(architecture: Architecture, depth: usize) -> Vec<Tensor> {
    let specs = &architecture.convolutions()[..depth];
    specs
        .iter()
        .flat_map(|spec| {
            [
                Tensor::f32(format!("features.{}.weight", spec.index), &spec.kernel_shape(), |_| 0.01),
                Tensor::f32(format!("features.{}.bias", spec.index), &[spec.out_channels], |_| 0.5),
            ]
        })
        .collect()
}

/// The tensor called `name`.
pub fn named<'a>(tensors: &'a mut [Tensor], name: &str) -> &'a mut Tensor {
    tensors.iter_mut().find(|t| t.name == name).expect("the test names a tensor it made")
}

/// Writes safetensors into `folder`.
pub fn write(folder: &Path, name: &str, tensors: &[Tensor], tags: &[(&str, &str)]) -> PathBuf {
    let views = tensors
        .iter()
        .map(|t| (&t.name, TensorView::new(t.dtype, t.shape.clone(), &t.bytes).expect("bytes fit the shape")));
    let tags = tags.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let bytes = safetensors::serialize(views, Some(tags)).expect("serialises");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the temporary folder is writable");
    path
}

/// A temporary folder.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}
