//! Pictures painted with strokes and shapes: where each goes, how large it is and which colour it has is found by an optimiser
//! that lowers the squared difference to the source.
//!
//! A [`Painting`] is the result: geometry and colours, from which pictures of any size are [drawn](draw()) and
//! [SVG](output::svg) is written.
//!
//! ```
//! use scumble_image::Canvas;
//! use scumble_paint::painters::{Painter, greedy::Greedy};
//!
//! # fn main() -> scumble_core::Result<()> {
//! let picture = Canvas::new(2, 2, vec![0.1, 0.2, 0.3, 0.9, 0.8, 0.7, 0.1, 0.2, 0.3, 0.9, 0.8, 0.7])?;
//! let params = serde_json::json!({
//!     "shapes": ["triangle", "rotated-ellipse"], "count": 3, "level": "normal", "relax": 0, "refine": 0, "work_px": 384, "seed": 1,
//!     "abstraction": 0.0,
//! });
//! let mut painter = Greedy::new(&picture, None, serde_json::from_value(params).expect("parameters"))?;
//! while let Some(report) = painter.step()? {
//!     println!("{} shapes, {:.1} dB", report.strokes, report.psnr);
//! }
//! let large = scumble_paint::draw(painter.painting(), 1024, 1024)?;
//! # assert_eq!(large.width(), 1024);
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

pub mod dice;
mod draw;
pub mod energy;
pub mod fields;
pub mod filters;
pub mod oklab;
pub mod output;
pub mod painters;
pub mod painting;
pub mod raster;
pub mod refine;
pub mod strokes;

pub use draw::{check_size, draw};
pub use painting::Painting;
pub use strokes::Strokes;
