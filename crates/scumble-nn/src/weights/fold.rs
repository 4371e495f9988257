//! Folding a leading 1 by 1 convolution into conv1_1.
//!
//! vgg_normalised (Gatys; AdaIN, WCT) begins with a 1 by 1 convolution `A·rgb + b` that turns sRGB from 0
//! to 1 into blue, green, red from 0 to 255 less their mean. With `y` such a pixel already, as
//! [`PixelConvention::Caffe`](super::PixelConvention::Caffe) has it, `rgb = (reversed y + mean) / 255`, so
//! the two convolutions together are one 3 by 3 convolution of `y`: kernel `W·M`, bias `β + Σ W·d`, with
//! `M = A·reversal / 255` and `d = M·mean + b`. This is exact where the border repeats the picture's own
//! values, and it does: these networks mirror it. For the published files `M` is the identity and `d` is 0.

use super::ConvLayer;

/// Mean colour of the Caffe models: blue, green, red.
const MEAN_BGR: [f64; 3] = [103.939, 116.779, 123.68];

/// Rewrites conv1_1 for Caffe pixels; `a` is the 3 by 3 matrix of the 1 by 1 convolution, row-major, `b`
/// its bias.
pub(super) fn fold(first: &mut ConvLayer, a: &[f32], b: &[f32]) {
    let m: [[f64; 3]; 3] = std::array::from_fn(|c| std::array::from_fn(|j| f64::from(a[c * 3 + 2 - j]) / 255.0));
    let d: [f64; 3] =
        std::array::from_fn(|c| m[c].iter().zip(MEAN_BGR).map(|(m, mean)| m * mean).sum::<f64>() + f64::from(b[c]));
    for (kernel, bias) in first.kernel.chunks_exact_mut(27).zip(&mut first.bias) {
        let old: [f64; 27] = std::array::from_fn(|i| f64::from(kernel[i]));
        for (i, new) in kernel.iter_mut().enumerate() {
            let (j, tap) = (i / 9, i % 9);
            *new = (0..3).map(|c| old[c * 9 + tap] * m[c][j]).sum::<f64>() as f32;
        }
        let constant: f64 = old.iter().enumerate().map(|(i, w)| w * d[i / 9]).sum();
        *bias = (f64::from(*bias) + constant) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One filter, applied at one pixel of a picture of a single colour.
    fn response(layer: &ConvLayer, pixel: [f64; 3]) -> f64 {
        let sums = layer.kernel.chunks_exact(9).map(|plane| plane.iter().map(|w| f64::from(*w)).sum::<f64>());
        sums.zip(pixel).map(|(sum, value)| sum * value).sum::<f64>() + f64::from(layer.bias[0])
    }

    #[test]
    fn two_convolutions_and_the_folded_one_agree() {
        let kernel: Vec<f32> = (0..27).map(|i| ((i * 7 % 13) as f32 - 6.0) / 10.0).collect();
        let before = ConvLayer { name: "conv1_1", in_channels: 3, out_channels: 1, kernel, bias: vec![0.25] };
        let a = [1.0, -2.0, 250.0, 3.0, 240.0, 5.0, 260.0, 7.0, -8.0];
        let b = [-100.0, -110.0, -120.0];
        let rgb = [0.2, 0.5, 0.9];
        let inner: [f64; 3] =
            std::array::from_fn(|c| (0..3).map(|k| f64::from(a[c * 3 + k]) * rgb[k]).sum::<f64>() + f64::from(b[c]));
        let mut after = before.clone();
        fold(&mut after, &a, &b);
        let caffe = std::array::from_fn(|c| rgb[2 - c] * 255.0 - MEAN_BGR[c]);
        let (want, got) = (response(&before, inner), response(&after, caffe));
        // The folded numbers are rounded to f32: 27 of them times pixels up to 150.
        assert!((want - got).abs() < 1e-3, "{want} {got}");
    }
}
