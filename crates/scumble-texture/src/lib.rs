//! Texture synthesis: more of a texture than its exemplar shows.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod autocorrelation;
pub mod choose;
mod colours;
mod correlate;
mod exemplar;
pub mod fft;
pub mod heeger_bergen;
pub mod histogram;
mod marginals;
pub mod measures;
mod parallel;
pub mod params;
pub mod periodic;
pub mod phase;
pub mod planes;
pub mod pyramid;
pub mod quilt;
mod ranges;
pub mod region;
pub mod spectrum;
pub mod structure;
mod synthesise;
pub mod transport;
pub mod wavelet;

pub use params::{TextureMethod, TextureParams};
pub use synthesise::{Made, size, synthesise};
