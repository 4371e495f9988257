//! Pictures painted with strokes and shapes: where each goes, how large it is and which colour it has is found by an optimiser
//! that lowers the squared difference to the source.
//!

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod energy;
pub mod painting;
pub mod raster;

pub use painting::Painting;
