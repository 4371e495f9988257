//! Pictures for scumble: read and written with their colour, depth, transparency and recipe, resized,
//! matched in colour and compared.
//!
//! A [`Canvas`] holds sRGB-encoded values; whatever a file says about its colour (ICC profile) and its
//! orientation (EXIF) is applied by `decode`, so that nothing behind it needs to care. All results are
//! the same for any number of threads.
//!
//! Without the feature `files`, on by default, there are neither codecs nor files: only what works on pictures in memory.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]
#![forbid(unsafe_code)]

#[cfg(feature = "files")]
mod animate;
mod canvas;
pub mod color;
#[cfg(feature = "files")]
mod decode;
#[cfg(feature = "files")]
mod encode;
#[cfg(feature = "files")]
mod format;
#[cfg(feature = "files")]
mod jpeg_segments;
#[cfg(feature = "files")]
mod limits;
pub mod metrics;
mod parallel;
pub mod pyramid;
#[cfg(feature = "files")]
mod recipe;
mod resize;
#[cfg(feature = "files")]
mod srgb;
#[cfg(feature = "files")]
mod write;

#[cfg(feature = "files")]
pub use animate::{Animation, Pace, animate};
pub use canvas::{Canvas, LONGEST_SIDE, MOST_PIXELS};
#[cfg(feature = "files")]
pub use decode::{Picture, decode, open};
#[cfg(feature = "files")]
pub use encode::{EncodeOptions, encode, encode_grey};
#[cfg(feature = "files")]
pub use format::{Depth, Format};
#[cfg(feature = "files")]
pub use limits::Limits;
#[cfg(feature = "files")]
pub use recipe::read_recipe;
pub use resize::{Filter, Light, resize, resize_planes};
#[cfg(feature = "files")]
pub use write::{check_writable, write_atomically, write_atomically_with};
