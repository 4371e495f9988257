//! Pictures as regions: segmented, abstracted to shapes, coloured and filled.
//!
//! ```text
//!  picture ─ segment ─► Labels ─ clean ─► MergeTree ─ cut ─► Contours ─► shapes by residual ─┐
//!               rules: flat, ramp, strokes, hatching, texture, filter, as it is ─────────────┼─► painting
//!  tessellate: low-poly, Voronoi cells, mosaic ──────────────────────────────────────────────┘
//! ```

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod adjacency;
mod boxes;
mod clean;
mod compose;
pub mod contour;
pub mod fill;
mod forest;
mod labels;
mod masks;
mod merge;
pub mod params;
mod plane;
pub mod procrustes;
pub mod quality;
mod regions;
pub mod rules;
pub mod segment;
pub mod shapes;
mod statistics;
pub mod tessellate;

pub use adjacency::{Adjacency, Edge, Node};
pub use clean::{CleanParams, clean};
pub use labels::Labels;
pub use masks::Masks;
pub use merge::{Merge, MergeParams, MergeTree};
pub use params::RegionsParams;
pub use regions::{Found, Regions};
pub use statistics::{Region, statistics};
