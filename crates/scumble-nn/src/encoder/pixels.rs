//! From sRGB values to what a network was trained on.

use burn::tensor::{Tensor, TensorData};

use crate::weights::PixelConvention;

/// Mean colour of the Caffe models' training pictures, blue, green, red, on the scale 0 to 255.
pub const CAFFE_MEAN_BGR: [f32; 3] = [103.939, 116.779, 123.68];
/// torchvision's mean and deviation of sRGB values from 0 to 1.
const TORCH_MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const TORCH_STD: [f32; 3] = [0.229, 0.224, 0.225];

fn per_channel(values: [f32; 3], like: &Tensor<4>) -> Tensor<4> {
    Tensor::from_data(TensorData::new(values.to_vec(), [1, 3, 1, 1]), &like.device())
}

fn reversed(x: Tensor<4>) -> Tensor<4> {
    let [first, second, third] = [0, 1, 2].map(|c| x.clone().narrow(1, c, 1));
    Tensor::cat(vec![third, second, first], 1)
}

pub(super) fn preprocess(rgb: Tensor<4>, convention: PixelConvention) -> Tensor<4> {
    match convention {
        PixelConvention::Caffe => {
            let mean = per_channel(CAFFE_MEAN_BGR, &rgb);
            reversed(rgb) * 255.0 - mean
        }
        PixelConvention::Torch => {
            let (mean, std) = (per_channel(TORCH_MEAN, &rgb), per_channel(TORCH_STD, &rgb));
            (rgb - mean) / std
        }
    }
}

pub(super) fn caffe_to_rgb(bgr: Tensor<4>) -> Tensor<4> {
    let mean = per_channel(CAFFE_MEAN_BGR, &bgr);
    reversed((bgr + mean) / 255.0)
}
