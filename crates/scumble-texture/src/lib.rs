//! Texture synthesis: more of a texture than its exemplar shows.
//!
//! [`synthesise`] makes a texture by any method, or by the one that suits the exemplar: [quilting](quilt) of exemplars with
//! structure, [random phase noise](phase) of others.
//!
//! ```
//! use scumble_image::Canvas;
//! use scumble_texture::{TextureMethod, synthesise};
//!
//! # fn main() -> scumble_core::Result<()> {
//! let stripes = Canvas::new(8, 8, (0..64).flat_map(|i| if i % 4 < 2 { [0.1, 0.2, 0.3] } else { [0.9; 3] }).collect())?;
//! let params = serde_json::json!({
//!     "method": "quilt", "width": 40, "height": 20, "tileable": true, "block": 4, "overlap": 0.25, "tolerance": 0.1,
//!     "feather": 0, "layout": "auto", "guide_weight": 0.65, "scales": 4, "orientations": 4, "rounds": 5, "seed": 1,
//! });
//! let made = synthesise(&stripes, None, &serde_json::from_value(params).expect("parameters"), &mut |_| true)?;
//! assert_eq!((made.canvas.width(), made.method), (40, TextureMethod::Quilt));
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod autocorrelation;
pub mod choose;
mod colours;
mod correlate;
pub mod drift;
mod exemplar;
pub mod fft;
pub mod heeger_bergen;
pub mod histogram;
mod marginals;
pub mod matrix;
pub mod memory;
mod parallel;
pub mod params;
pub mod periodic;
pub mod phase;
pub mod planes;
pub mod portilla;
pub mod pyramid;
pub mod quilt;
pub mod region;
pub mod spectrum;
pub mod structure;
mod synthesise;
pub mod transport;
mod wave;
pub mod wavelet;

pub use params::{PyramidParams, TextureMethod, TextureParams};
pub use quilt::Layout;
pub use synthesise::{Made, size, synthesise};
