//! Whether a device computes what the processor does.

use std::fmt;

use scumble_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::Device;
use crate::encoder::{Encoder, Padding, Pixels, Planes, Pooling, Quantity, Statistic};
use crate::ops::Window;
use crate::weights::{Architecture, ConvLayer, PixelConvention, VggWeights};

/// How far a device is from the processor, relative to the size of the processor's result.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Deviation {
    /// Of sums over features, the worst layer's.
    pub sums: f64,
    /// Of the gradient.
    pub gradient: f64,
}

impl Deviation {
    /// The largest of a sound device.
    ///
    /// Reckoned, not measured. Sums are continuous: single precision leaves less than 1e-5 of them, a wrong kernel something
    /// near 1. The gradient is not: a unit so near to zero that it falls to the other side of the ReLU takes its share of the gradient along, the
    /// root of one in some ten thousand units. Single precision turns none or a few of them, TF32 and bfloat16 hundreds.
    pub const LIMIT: Self = Self { sums: 1e-3, gradient: 2e-2 };

    /// Whether it is that of a sound device; what is no number is not.
    fn is_sound(self) -> bool {
        self.sums <= Self::LIMIT.sums && self.gradient <= Self::LIMIT.gradient
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0e} in sums, {:.0e} in the gradient", self.sums, self.gradient)
    }
}

/// The picture's sides: odd, and rounded down by every pooling.
const SIZE: (usize, usize) = (53, 39);
/// Layers whose features are summed, each of another size; the last is conv4_1's.
const MOMENTS: [&str; 4] = ["relu1_1", "relu2_1", "relu3_1", "relu4_1"];
/// The layer whose features are compared.
const CONTENT: &str = "relu3_2";
/// Convolutions of VGG-19 to conv4_1.
const CONVOLUTIONS: usize = 9;

/// Measures a small picture and takes a gradient of it, with made-up weights, on `device` and on the processor, and tells
/// how far they are apart. A device's first work includes the translation of its programs.
///
/// # Errors
/// If the device fails, or deviates by more than [`Deviation::LIMIT`].
pub fn self_test(device: &Device) -> Result<Deviation> {
    let weights = weights();
    let (expected, expected_gradient) = work(&weights, &Device::cpu(), None)?;
    // With the same slopes, or the gradient's deviation would be that of the sums once more.
    let (sums, gradient) = work(&weights, device, Some(&expected))?;
    let of_sums = sums.iter().zip(&expected).map(|(found, expected)| deviation(found, expected));
    let single = |values: Vec<f32>| values.into_iter().map(f64::from).collect::<Vec<_>>();
    let gradient = deviation(&single(gradient), &single(expected_gradient));
    judge(device.name(), Deviation { sums: of_sums.fold(0.0, larger), gradient })
}

/// The larger of two, where what is no number is largest.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

fn judge(device: &str, deviation: Deviation) -> Result<Deviation> {
    if deviation.is_sound() {
        return Ok(deviation);
    }
    let limit = Deviation::LIMIT;
    Err(Error::device(format!(
        "device '{device}' fails its self-test: it deviates from the processor by {deviation}; {limit} is allowed"
    )))
}

/// Root of the sum of squared differences, relative to the root of the sum of squares.
fn deviation(found: &[f64], expected: &[f64]) -> f64 {
    if found.len() != expected.len() {
        return f64::NAN;
    }
    let squares = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>();
    let apart = squares(&mut found.iter().zip(expected).map(|(a, b)| a - b));
    (apart / squares(&mut expected.iter().copied())).sqrt()
}

/// Sums of all statistics, and the gradient of half the sum of their squares, each relative to the size of its own; with the
/// slopes of such a loss at `known` sums, or at those found.
fn work(weights: &VggWeights, device: &Device, known: Option<&[Vec<f64>]>) -> Result<(Vec<Vec<f64>>, Vec<f32>)> {
    let encoder = Encoder::new(weights, Padding::Zero, Pooling::Max, device);
    let (width, height) = SIZE;
    let mut noise = Noise(7);
    let values: Vec<f32> = (0..3 * width * height).map(|_| noise.next() * 0.5 + 0.5).collect();
    let other: Vec<f32> = values.iter().rev().copied().collect();
    let picture = Planes { values: &values, width, height, pixels: Pixels::Rgb };
    let other = Planes { values: &other, ..picture };

    let whole = |name: &str| -> Result<_> {
        let layer = encoder.layer(name)?;
        Ok((layer, Window::whole(encoder.side(layer, height), encoder.side(layer, width))))
    };
    let content = whole(CONTENT)?;
    let targets = encoder.features(&other, &[content])?;
    let moments = MOMENTS.iter().map(|name| whole(name).map(|(layer, window)| (layer, window, Quantity::Moments)));
    let mut statistics = Vec::new();
    for found in moments.chain(targets.iter().map(|target| Ok((content.0, content.1, Quantity::Difference(target))))) {
        let (layer, window, quantity) = found?;
        statistics.push(Statistic { layer, window, quantity });
    }
    let (sums, pass) = encoder.pass(&picture, &statistics, true)?;
    let slopes: Vec<Vec<f32>> = known.unwrap_or(&sums).iter().map(|sums| slope(sums)).collect();
    Ok((sums, pass.backward(&statistics, &slopes)?))
}

/// Sums divided by the sum of their squares.
fn slope(sums: &[f64]) -> Vec<f32> {
    let squares: f64 = sums.iter().map(|s| s * s).sum();
    sums.iter().map(|s| (s / squares) as f32).collect()
}

/// Random kernels that keep the features' magnitude from layer to layer (He et al. 2015).
fn weights() -> VggWeights {
    let mut noise = Noise(1);
    let layers = Architecture::Vgg19.convolutions()[..CONVOLUTIONS].iter().map(|spec| {
        let largest = (6.0 / (9.0 * spec.in_channels as f32)).sqrt();
        ConvLayer {
            name: spec.name,
            in_channels: spec.in_channels,
            out_channels: spec.out_channels,
            kernel: (0..spec.in_channels * spec.out_channels * 9).map(|_| noise.next() * largest).collect(),
            bias: (0..spec.out_channels).map(|_| noise.next() * 0.1).collect(),
        }
    });
    VggWeights {
        architecture: Architecture::Vgg19,
        convention: PixelConvention::Torch,
        reflect_padding: false,
        ceil_pooling: false,
        layers: layers.collect(),
        source: "self-test".into(),
        sha256: String::new(),
    }
}

/// Evenly spread values from -1 to 1, always the same (Marsaglia's xorshift).
struct Noise(u32);

impl Noise {
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as f32 / u32::MAX as f32 * 2.0 - 1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burns_operations_on_the_processor_pass() {
        let deviation = self_test(&Device::open("cpu:stock").unwrap()).expect("a sound device");
        println!("{deviation:?}");
        // Something was compared: the two round differently. In sums a hundredth of what is allowed.
        assert!(deviation.sums > 0.0 && deviation.sums < 1e-5, "{deviation:?}");
        assert!(deviation.gradient > 0.0, "{deviation:?}");
    }

    #[test]
    fn the_same_kernels_do_not_deviate() {
        assert_eq!(self_test(&Device::cpu()).unwrap(), Deviation { sums: 0.0, gradient: 0.0 });
    }

    #[test]
    fn a_gradient_depends_on_every_statistic_and_weight() {
        let sound = weights();
        let (sums, gradient) = work(&sound, &Device::cpu(), None).unwrap();
        assert_eq!(sums.len(), MOMENTS.len() + 1);
        // A kernel in the last layer alone that is off by a tenth of its size.
        let mut wrong = weights();
        wrong.layers.last_mut().unwrap().kernel.iter_mut().step_by(2).for_each(|k| *k *= 1.1);
        let (other, other_gradient) = work(&wrong, &Device::cpu(), Some(&sums)).unwrap();
        assert!(deviation(&other[3], &sums[3]) > Deviation::LIMIT.sums, "relu4_1 notices");
        assert_eq!((&other[..3], &other[4]), (&sums[..3], &sums[4]), "layers before it do not");
        assert!(gradient != other_gradient);
    }

    #[test]
    fn large_deviations_and_what_is_no_number_are_refused() {
        let limit = Deviation::LIMIT;
        assert!(judge("vulkan", limit).is_ok());
        for bad in [limit.gradient * 1.01, f64::INFINITY, f64::NAN, larger(f64::NAN, 0.0), larger(0.0, f64::NAN)] {
            assert!(judge("vulkan", Deviation { sums: bad, ..limit }).is_err(), "{bad}");
            assert!(judge("vulkan", Deviation { gradient: bad, ..limit }).is_err(), "{bad}");
        }
        assert!(deviation(&[1.0], &[1.0, 2.0]).is_nan(), "too few results");
        assert_eq!(deviation(&[3.0, 4.0], &[3.0, 4.0]), 0.0);
        assert!((deviation(&[3.0, 9.0], &[3.0, 4.0]) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn numbers_of_eight_bits_are_noticed() {
        // bfloat16 in the weights alone.
        let mut coarse = weights();
        for kernel in coarse.layers.iter_mut().flat_map(|layer| &mut layer.kernel) {
            *kernel = f32::from_bits(kernel.to_bits() & 0xffff_0000);
        }
        let (expected, sound) = work(&weights(), &Device::cpu(), None).unwrap();
        let (_, gradient) = work(&coarse, &Device::cpu(), Some(&expected)).unwrap();
        let double = |values: &[f32]| values.iter().map(|v| f64::from(*v)).collect::<Vec<_>>();
        let found = deviation(&double(&gradient), &double(&sound));
        println!("gradient off by {found:.1e}");
        assert!(found > Deviation::LIMIT.gradient, "{found}");
    }
}
