//! Texture synthesis: more of a texture than its exemplar shows.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod autocorrelation;
mod colours;
mod correlate;
mod exemplar;
pub mod fft;
pub mod heeger_bergen;
pub mod histogram;
mod marginals;
mod parallel;
pub mod periodic;
pub mod phase;
pub mod planes;
pub mod pyramid;
pub mod quilt;
mod ranges;
pub mod region;
pub mod spectrum;
pub mod structure;
pub mod transport;
pub mod wavelet;
