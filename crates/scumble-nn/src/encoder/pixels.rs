//! From a picture's values to what a network was trained on, and gradients back.

use rayon::prelude::*;

use crate::weights::PixelConvention;

/// Mean colour of the Caffe models' training pictures, blue, green, red, on the scale 0 to 255.
pub const CAFFE_MEAN_BGR: [f32; 3] = [103.939, 116.779, 123.68];
/// torchvision's mean and deviation of sRGB values from 0 to 1.
const TORCH_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const TORCH_STD: [f32; 3] = [0.229, 0.224, 0.225];

/// What a picture's values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pixels {
    /// Red, green, blue in sRGB from 0 to 1.
    Rgb,
    /// Blue, green, red times 255 less [`CAFFE_MEAN_BGR`].
    Caffe,
}

/// A picture: three planes of values, one after the other.
#[derive(Debug, Clone, Copy)]
pub struct Planes<'a> {
    /// The values.
    pub values: &'a [f32],
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// What they are.
    pub pixels: Pixels,
}

/// Which channel of the picture a channel of the network reads, and how: `value * scale + offset`.
#[derive(Debug, Clone, Copy)]
struct Channel {
    source: usize,
    scale: f32,
    offset: f32,
}

fn channels(pixels: Pixels, convention: PixelConvention) -> [Channel; 3] {
    [0, 1, 2].map(|c| {
        let (mean, deviation) = (TORCH_MEAN[c], TORCH_STD[c]);
        match (pixels, convention) {
            (Pixels::Rgb, PixelConvention::Caffe) => {
                Channel { source: 2 - c, scale: 255.0, offset: -CAFFE_MEAN_BGR[c] }
            }
            (Pixels::Rgb, PixelConvention::Torch) => {
                Channel { source: c, scale: deviation.recip(), offset: -mean / deviation }
            }
            (Pixels::Caffe, PixelConvention::Caffe) => Channel { source: c, scale: 1.0, offset: 0.0 },
            (Pixels::Caffe, PixelConvention::Torch) => {
                let mean = CAFFE_MEAN_BGR[2 - c] / 255.0 - mean;
                Channel { source: 2 - c, scale: (255.0 * deviation).recip(), offset: mean / deviation }
            }
        }
    })
}

impl Planes<'_> {
    /// Writes what a network of `convention` takes for the picture.
    pub(super) fn preprocess(&self, convention: PixelConvention, out: &mut [f32]) {
        let plane = self.width * self.height;
        for (channel, out) in channels(self.pixels, convention).into_iter().zip(out.chunks_exact_mut(plane)) {
            let from = &self.values[channel.source * plane..][..plane];
            out.par_iter_mut().zip(from).for_each(|(out, value)| *out = value * channel.scale + channel.offset);
        }
    }
}

impl Pixels {
    /// The gradient for the picture's values from that for what the network takes.
    pub(super) fn gradient(self, convention: PixelConvention, gradient: &[f32]) -> Vec<f32> {
        let plane = gradient.len() / 3;
        let mut out = vec![0.0; gradient.len()];
        for (channel, from) in channels(self, convention).into_iter().zip(gradient.chunks_exact(plane)) {
            let out = &mut out[channel.source * plane..][..plane];
            out.par_iter_mut().zip(from).for_each(|(out, value)| *out = value * channel.scale);
        }
        out
    }
}
