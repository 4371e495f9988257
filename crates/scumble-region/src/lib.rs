//! Pictures as regions: segmented, abstracted to shapes, coloured and filled.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod contour;
mod labels;
pub mod procrustes;
pub mod shapes;

pub use labels::Labels;
