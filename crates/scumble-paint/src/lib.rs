//! Pictures painted with strokes and shapes: where each goes, how large it is and which colour it has is found by an optimiser
//! that lowers the squared difference to the source.
//!
//! A [`Painting`] is the result: geometry and colours, from which pictures of any size are drawn.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod draw;
pub mod energy;
pub mod output;
pub mod painters;
pub mod painting;
pub mod raster;

pub use draw::draw;
pub use painting::Painting;
