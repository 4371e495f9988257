//! Pictures as regions: segmented, abstracted to shapes, coloured and filled.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod labels;
pub mod tessellate;

pub use labels::Labels;
