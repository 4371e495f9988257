//! Pictures as polygons that fill the frame: low-poly triangles, Voronoi cells, tiles of a mosaic.
//!
//! Each is searched for on a working copy and ends as a [`Tessellation`], polygons in the source's frame, or as a
//! [`Painting`](scumble_paint::Painting), so that pictures of any size, SVG and JSON follow. Results do not depend on the
//! number of threads.
//!
//! ```
//! use scumble_image::Canvas;
//! use scumble_region::tessellate::low_poly::LowPoly;
//!
//! # fn main() -> scumble_core::Result<()> {
//! let picture = Canvas::new(2, 2, vec![0.1, 0.2, 0.3, 0.9, 0.8, 0.7, 0.1, 0.2, 0.3, 0.9, 0.8, 0.7])?;
//! let params = serde_json::json!({
//!     "count": 3, "colour": "flat", "passes": 100, "least_angle": 5.0, "work_px": 512, "seed": 1,
//! });
//! let mut poly = LowPoly::new(&picture, serde_json::from_value(params).expect("parameters"))?;
//! while let Some(report) = poly.step() {
//!     println!("{} triangles, mean squared error {}", report.triangles, report.mse);
//! }
//! let large = scumble_paint::draw(&poly.tessellation().painting()?, 1024, 1024)?;
//! # assert_eq!(large.width(), 1024);
//! # Ok(())
//! # }
//! ```

mod facet;
mod limits;
pub mod low_poly;
pub mod mosaic;
mod polygon;
mod spread;
pub mod voronoi;
mod working;

pub(crate) use facet::check_strokes;
pub use facet::{Facet, Tessellation};
pub(crate) use limits::MOST_WORK;
