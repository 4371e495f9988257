//! Texture synthesis: more of a texture than its exemplar shows.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod autocorrelation;
mod correlate;
pub mod quilt;
mod ranges;
pub mod structure;
