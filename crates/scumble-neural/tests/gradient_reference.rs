//! The gradient of a whole objective for photographs, with every instruction set this machine has, against PyTorch's in
//! double precision (`reference/neural/make_gradients.py`).

use std::path::PathBuf;

use safetensors::SafeTensors;
use scumble_neural::NeuralParams;
use scumble_neural::objective::NeuralObjective;
use scumble_neural::optim::{Evaluation, Objective};
use scumble_neural::params::{GramNorm, LayerWeight, PixelSpace, Reduction, StyleKind, StyleTerm, TvLoss};
use scumble_neural::tiling::Tiles;
use scumble_nn::encoder::CAFFE_MEAN_BGR;
use scumble_nn::kernel::Level;
use scumble_nn::{Device, Encoder, Padding, VggWeights};

/// A file of the script.
struct Photograph {
    size: (usize, usize),
    content: Vec<f32>,
    style: Vec<f32>,
    point: Vec<f32>,
    gradient: Vec<f32>,
    loss: f64,
}

impl Photograph {
    fn read(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/neural/data");
        let bytes = std::fs::read(folder.join(format!("gradient-{name}.safetensors"))).expect("in the repository");
        let (_, header) = SafeTensors::read_metadata(&bytes).expect("a header");
        let file = SafeTensors::deserialize(&bytes).expect("safetensors");
        let view = |tensor: &str| file.tensor(tensor).unwrap_or_else(|e| panic!("{name}: {tensor}: {e}"));
        let floats = |tensor: &str| -> Vec<f32> {
            view(tensor).data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
        };
        let shape = view("point").shape().to_vec();
        Self {
            size: (shape[2], shape[1]),
            content: network_pixels(view("content").data()),
            style: network_pixels(view("style").data()),
            point: floats("point"),
            gradient: floats("gradient"),
            loss: header.metadata().as_ref().expect("metadata")["loss"].parse().expect("a number"),
        }
    }

    fn evaluate(&self, device: &str) -> Evaluation {
        let weights = VggWeights::embedded().expect("embedded weights");
        let device = Device::open(device).expect("a device");
        let encoder = Encoder::new(&weights, Padding::Zero, params().pooling, &device);
        let whole = Tiles::whole(self.size);
        let styles = [(1.0, self.style.as_slice(), whole.clone())];
        let mut objective =
            NeuralObjective::new(&encoder, &params(), whole, Some(&self.content), &styles).expect("targets");
        objective.evaluate(&self.point).expect("finite")
    }
}

/// Planes of bytes, red, green and blue, as the network takes them.
fn network_pixels(rgb: &[u8]) -> Vec<f32> {
    let plane = |c: usize| rgb[(2 - c) * rgb.len() / 3..][..rgb.len() / 3].iter().map(move |v| (c, *v));
    (0..3).flat_map(plane).map(|(c, v)| f32::from(v) - CAFFE_MEAN_BGR[c]).collect()
}

/// The objective of the preset `gatys2016`, with total variation.
fn params() -> NeuralParams {
    let others: NeuralParams = serde_json::from_str(include_str!("data/tiling.json")).expect("parameters");
    let layers = |names: &[&str]| {
        names.iter().map(|name| LayerWeight { layer: (*name).into(), weight: 1.0 }).collect::<Vec<LayerWeight>>()
    };
    NeuralParams {
        pixels: PixelSpace::Caffe255,
        content_layers: layers(&["relu4_2"]),
        content_weight: 1.0,
        style_weight: 1000.0,
        style_terms: vec![StyleTerm {
            kind: StyleKind::Gram,
            layers: layers(&["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1"]),
            gram_norm: GramNorm::Elements,
            reduction: Reduction::Mean,
            factor: 1.0,
        }],
        tv_weight: 1e-3,
        tv_loss: TvLoss::AbsoluteSum,
        ..others
    }
}

#[test]
fn the_gradient_of_photographs_is_that_of_double_precision() {
    for name in ["astronaut", "chelsea", "coffee", "rocket"] {
        let photograph = Photograph::read(name);
        let largest = photograph.gradient.iter().fold(0.0f32, |m, g| m.max(g.abs()));
        let devices = Level::available().into_iter().map(Level::name).chain(["stock"]);
        for device in devices.map(|name| format!("cpu:{name}")) {
            let Evaluation { loss, gradient } = photograph.evaluate(&device);
            assert_eq!(gradient.len(), photograph.gradient.len());
            let pairs = gradient.iter().zip(&photograph.gradient);
            let apart = pairs.fold(0.0f32, |m, (a, b)| m.max((a - b).abs())) / largest;
            println!("{name} {device}: gradient {apart:.1e}, loss {:.1e}", (loss / photograph.loss - 1.0).abs());
            // Winograd's transforms amplify single precision's 6e-8 about tenfold, thirteen layers there and back. No unit
            // is so near to zero that it could be on in one precision and off in the other: the script saw to that.
            assert!(apart <= 2e-5, "{name} {device}: {apart:.1e}");
            assert!((loss / photograph.loss - 1.0).abs() <= 1e-5, "{name} {device}: {loss}, {}", photograph.loss);
        }
    }
}
