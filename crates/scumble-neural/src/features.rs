//! Activations of fixed pictures.

use scumble_core::{Error, Result};
use scumble_nn::tensor::{Tensor, TensorData};
use scumble_nn::{Encoder, Layer};

use crate::params::PixelSpace;

/// A picture in the pixel space it is optimised in: planar values with their width and height.
#[derive(Debug, Clone, Copy)]
pub struct Planes<'a> {
    /// Three planes.
    pub values: &'a [f32],
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
}

/// The picture on the encoder's device, `[1, 3, H, W]`.
pub(crate) fn tensor(encoder: &Encoder, picture: Planes<'_>) -> Tensor<4> {
    let data = TensorData::new(picture.values.to_vec(), [1, 3, picture.height, picture.width]);
    Tensor::from_data(data, encoder.device().tensors())
}

/// What the encoder takes for pixels of `space`.
pub(crate) fn preprocessed(encoder: &Encoder, space: PixelSpace, x: Tensor<4>) -> Tensor<4> {
    match space {
        PixelSpace::Unit => encoder.preprocess(x),
        PixelSpace::Caffe255 | PixelSpace::Caffe256 => encoder.preprocess_caffe(x),
    }
}

/// Activations of a picture, outside any graph.
///
/// # Errors
/// If it is too small for a layer.
pub(crate) fn of_picture(
    encoder: &Encoder,
    space: PixelSpace,
    picture: Planes<'_>,
    layers: &[Layer],
) -> Result<Vec<Tensor<4>>> {
    for layer in layers {
        let least = encoder.min_side(*layer);
        if picture.width.min(picture.height) < least {
            return Err(Error::limit(format!(
                "a picture of {}×{} pixels is too small for {layer}, which needs at least {least}×{least}",
                picture.width, picture.height
            ))
            .hint("use a larger --size or --min-size, or shallower layers"));
        }
    }
    let input = preprocessed(encoder, space, tensor(encoder, picture));
    Ok(encoder.forward(input, layers).into_iter().map(Tensor::detach).collect())
}
