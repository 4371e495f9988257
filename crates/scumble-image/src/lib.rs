//! Pictures for scumble: read and written with their colour, depth, transparency and recipe, resized,
//! matched in colour and compared.
//!
//! A [`Canvas`] holds sRGB-encoded values; whatever a file says about its colour (ICC profile) and its
//! orientation (EXIF) is applied by [`decode`], so that nothing behind it needs to care. All results are
//! the same for any number of threads.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]
#![forbid(unsafe_code)]

mod animate;
mod canvas;
pub mod color;
mod decode;
mod encode;
mod format;
mod jpeg_segments;
mod limits;
pub mod metrics;
mod parallel;
pub mod pyramid;
mod recipe;
mod resize;
mod srgb;
mod write;

pub use animate::{Animation, Pace, animate};
pub use canvas::Canvas;
pub use decode::{Picture, decode, open};
pub use encode::{EncodeOptions, encode};
pub use format::{Depth, Format};
pub use limits::Limits;
pub use recipe::read_recipe;
pub use resize::{Filter, Light, resize, resize_planes};
pub use write::{check_writable, write_atomically, write_atomically_with};
