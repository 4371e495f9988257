//! A layer's features, wherever they are computed.

use burn::tensor::Tensor;
use scumble_core::{Error, Result};

use crate::ops::Map;

/// Features of a layer, `[channels, height, width]`.
#[derive(Debug)]
pub struct Features(pub(super) Place);

#[derive(Debug)]
pub(super) enum Place {
    /// On the processor.
    Map(Map),
    /// On a device of burn's, `[1, channels, height, width]`.
    Tensor(Box<Tensor<4>>),
}

impl Features {
    /// Channels, height and width.
    pub fn shape(&self) -> [usize; 3] {
        match &self.0 {
            Place::Map(map) => [map.channels, map.height, map.width],
            Place::Tensor(tensor) => {
                let [_, channels, height, width] = tensor.dims();
                [channels, height, width]
            }
        }
    }

    /// The values, channel after channel, row after row.
    ///
    /// # Errors
    /// If the device does not return them.
    pub fn values(&self) -> Result<Vec<f32>> {
        match &self.0 {
            Place::Map(map) => Ok(map.values.to_vec()),
            Place::Tensor(tensor) => values((**tensor).clone()),
        }
    }

    /// The map of features computed on the processor.
    ///
    /// # Panics
    /// If they are of another encoder, on another device.
    pub(super) fn map(&self) -> &Map {
        match &self.0 {
            Place::Map(map) => map,
            Place::Tensor(_) => panic!("features of the encoder that compares with them"),
        }
    }

    /// As [`Features::map`], of features computed elsewhere.
    pub(super) fn tensor(&self) -> &Tensor<4> {
        match &self.0 {
            Place::Tensor(tensor) => tensor,
            Place::Map(_) => panic!("features of the encoder that compares with them"),
        }
    }
}

/// The values of a tensor of single precision.
pub(super) fn values<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>> {
    let data = tensor.into_data().try_into_vec::<f32>();
    data.map_err(|e| Error::device(format!("the device returned numbers in an unexpected form: {e:?}")))
}
