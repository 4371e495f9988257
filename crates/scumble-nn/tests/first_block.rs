//! The first block in bands of rows against the first block as a whole.

mod common;

use scumble_nn::{Device, Encoder, Layer, Padding, Pixels, Planes, Pooling, Quantity, Statistic, VggWeights, Window};

use common::uniform;

/// Three bands or more of a width at which a band has few rows; odd sides.
const SIZE: (usize, usize) = (1023, 85);

/// Sums of relu1_1 in a window and of relu2_1, and the gradient for these slopes of their losses; a look at relu1_2, whose
/// slope is zero, makes the block be computed as a whole.
fn pass(encoder: &Encoder, whole: bool) -> (Vec<Vec<f64>>, Vec<f32>, Vec<f64>) {
    let (width, height) = SIZE;
    let values = uniform(3 * width * height, 1);
    let picture = Planes { values: &values, width, height, pixels: Pixels::Rgb };
    let layer = |name: &str| encoder.layer(name).expect("a layer");
    let all = |layer: Layer| Window::whole(encoder.side(layer, height), encoder.side(layer, width));
    let inner = Window { top: 13, left: 5, height: 60, width: 1000 };
    let moments = |layer, window| Statistic { layer, window, quantity: Quantity::Moments };
    let mut statistics = vec![moments(layer("relu1_1"), inner), moments(layer("relu2_1"), all(layer("relu2_1")))];
    let slope = |channels: usize, seed| uniform(channels * (channels + 1), seed);
    let mut slopes = vec![slope(64, 2), slope(128, 3)];
    if whole {
        statistics.push(moments(layer("relu1_2"), all(layer("relu1_2"))));
        slopes.push(vec![0.0; 64 * 65]);
    }
    let (mut sums, pass) = encoder.pass(&picture, &statistics, true).expect("a pass");
    sums.truncate(2);
    let mut norms = pass.norms(&statistics, &slopes).expect("norms");
    norms.truncate(2);
    (sums, pass.backward(&statistics, &slopes).expect("a gradient"), norms)
}

#[test]
fn bands_give_the_gradient_of_the_whole() {
    let weights = VggWeights::embedded().expect("embedded weights");
    for (padding, pooling) in
        [(Padding::Zero, Pooling::Max), (Padding::ReplicateFirst, Pooling::Max), (Padding::Zero, Pooling::Average)]
    {
        let encoder = Encoder::new(&weights, padding, pooling, &Device::cpu());
        let (sums, gradient, norms) = pass(&encoder, false);
        let (whole_sums, whole_gradient, whole_norms) = pass(&encoder, true);
        for (band, whole) in sums.iter().zip(&whole_sums).chain([(&norms, &whole_norms)]) {
            let largest = whole.iter().fold(0.0f64, |m, v| m.max(v.abs()));
            // Other groups of positions are summed in single precision.
            assert!(band.iter().zip(whole).all(|(a, b)| (a - b).abs() < 1e-6 * largest), "{padding:?} {pooling:?}");
        }
        assert!(gradient.iter().any(|g| *g != 0.0));
        // Matrix products of other widths may round the moments' part differently.
        let largest = whole_gradient.iter().fold(0.0f32, |m, g| m.max(g.abs()));
        let apart = gradient.iter().zip(&whole_gradient).fold(0.0f32, |m, (a, b)| m.max((a - b).abs()));
        assert!(apart <= 1e-6 * largest, "{padding:?} {pooling:?}: {apart} of {largest}");
    }
}
