//! Activations against those PyTorch computed (`reference/neural/make_activations.py`).

use std::path::PathBuf;

use scumble_nn::{Device, Encoder, Features, Layer, Padding, Pixels, Planes, Pooling, VggWeights, Window};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Case {
    key: String,
    picture: String,
    layer: String,
    padding: Padding,
    pooling: Pooling,
    shape: [usize; 3],
    stride: usize,
    mean: f64,
    deviation: f64,
    largest: f64,
}

fn data(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/neural/data").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Values and shape of a tensor of single precision.
fn tensor(file: &safetensors::SafeTensors<'_>, name: &str) -> (Vec<f32>, Vec<usize>) {
    let view = file.tensor(name).unwrap_or_else(|e| panic!("{name}: {e}"));
    let values = view.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    (values, view.shape().to_vec())
}

/// All of each layer's features of a picture of sRGB values.
fn features(encoder: &Encoder, values: &[f32], (width, height): (usize, usize), layers: &[Layer]) -> Vec<Features> {
    let whole = |layer: &Layer| Window::whole(encoder.side(*layer, height), encoder.side(*layer, width));
    let windows: Vec<(Layer, Window)> = layers.iter().map(|layer| (*layer, whole(layer))).collect();
    encoder.features(&Planes { values, width, height, pixels: Pixels::Rgb }, &windows).expect("features")
}

#[test]
fn every_tap_in_every_mode_agrees_with_pytorch() {
    let bytes = data("activations.safetensors");
    let file = safetensors::SafeTensors::deserialize(&bytes).expect("safetensors");
    let cases: Vec<Case> = serde_json::from_slice(&data("activations.json")).expect("cases");
    let weights = VggWeights::embedded().expect("embedded weights");
    let device = Device::cpu();
    let mut worst = 0.0f64;
    for case in &cases {
        let (values, shape) = tensor(&file, &case.picture);
        let size = (shape[2], shape[1]);
        let encoder = Encoder::new(&weights, case.padding, case.pooling, &device);
        let layer = encoder.layer(&case.layer).expect("a layer");
        let tap = features(&encoder, &values, size, &[layer]).remove(0);
        assert_eq!(tap.shape(), case.shape, "{}", case.key);
        let found = tap.values().expect("values");
        let (expected, _) = tensor(&file, &case.key);

        let sampled: Vec<f32> = found.iter().copied().step_by(case.stride).collect();
        assert_eq!(sampled.len(), expected.len(), "{}", case.key);
        // Relative to the deviation of the layer, a hundredth to a twentieth of its largest value.
        // PyTorch's own single precision leaves up to 3e-7 of the largest value.
        let error = sampled.iter().zip(&expected).fold(0.0f64, |m, (a, b)| m.max(f64::from((a - b).abs())));
        assert!(error / case.deviation < 1e-4, "{}: off by {error}", case.key);
        worst = worst.max(error / case.deviation);

        let mean = found.iter().map(|v| f64::from(*v)).sum::<f64>() / found.len() as f64;
        assert!((mean - case.mean).abs() < 1e-4 * case.deviation, "{}: mean {mean}", case.key);
        let largest = found.iter().fold(0.0f64, |m, v| m.max(f64::from(v.abs())));
        assert!((largest - case.largest).abs() < 1e-4 * case.largest, "{}: largest {largest}", case.key);
    }
    println!("{} cases, largest error {worst:.1e} of the layer's deviation", cases.len());
}

#[test]
fn deeper_taps_do_not_change_shallower_ones() {
    let weights = VggWeights::embedded().expect("embedded weights");
    let device = Device::cpu();
    let encoder = Encoder::new(&weights, Padding::Zero, Pooling::Max, &device);
    let input: Vec<f32> = (0..3 * 32 * 32).map(|i| (i as f32 * 0.37).sin() * 0.5 + 0.5).collect();
    let layers = ["relu1_1", "conv2_1", "relu2_1", "pool2"].map(|name| encoder.layer(name).expect("a layer"));
    let values = |features: &Features| features.values().expect("values");
    let together = features(&encoder, &input, (32, 32), &layers);
    for (layer, tap) in layers.iter().zip(&together) {
        let alone = features(&encoder, &input, (32, 32), &[*layer]).remove(0);
        assert!(values(&alone) == values(tap), "{layer}");
    }
    let rectified: Vec<f32> = values(&together[1]).iter().map(|v| v.max(0.0)).collect();
    assert!(rectified == values(&together[2]), "a tap before the ReLU keeps what the ReLU cuts");
}
