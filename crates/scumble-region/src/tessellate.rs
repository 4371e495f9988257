//! Pictures as polygons that fill the frame: low-poly triangles, Voronoi cells, tiles of a mosaic, panes of glass.
//!
//! Each is searched for on a working copy and ends as a [`Tessellation`], polygons in the source's frame, or as a
//! [`Painting`](scumble_paint::Painting), so that pictures of any size, SVG and JSON follow. Results do not depend on the
//! number of threads.

mod dice;
mod facet;
pub mod glass;
mod limits;
pub mod low_poly;
pub mod mosaic;
mod polygon;
mod spread;
pub mod voronoi;
mod working;

pub use facet::{Facet, Ramp, Tessellation};
