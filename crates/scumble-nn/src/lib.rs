//! The encoders of neural style transfer, on burn.
//!
//! This is the only crate that imports burn; losses use the re-exports in [`tensor`].

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod device;
pub mod encoder;
pub mod kernel;
pub mod ops;
pub mod tensor;
pub mod weights;

pub use device::{Adapter, AdapterKind, Deviation, Device, self_test};
pub use encoder::{
    Encoder, Features, Footprint, Layer, LayerKind, Padding, Pass, Pixels, Planes, Pooling, Quantity, Statistic,
};
pub use ops::Window;
pub use weights::{Architecture, PixelConvention, VggWeights};
