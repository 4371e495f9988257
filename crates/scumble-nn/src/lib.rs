//! The encoders of neural style transfer, on burn.
//!
//! This is the only crate that imports burn; losses use the re-exports in [`tensor`].

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod device;
pub mod encoder;
pub mod ops;
pub mod tensor;
pub mod weights;

pub use device::{Device, DeviceInfo};
pub use encoder::{Encoder, Layer, LayerKind, Padding, Pooling};
pub use weights::{Architecture, PixelConvention, VggWeights};
