//! From geometry to pixels.
//!
//! A shape is traced into a [`Scan`]: for each scanline the intervals that lie inside. From these come either
//! [`Span`]s of whole pixels, decided at their centres, for the search, or [`Run`]s with the covered share of each
//! pixel, for what is kept and drawn. Geometry is in the painting's frame; the scan scales it to any size.

pub(crate) mod flatten;
mod runs;
mod scan;
mod spans;
mod trace;

pub use runs::Run;
pub use scan::Scan;
pub use spans::Span;

/// Scanlines a pixel row for coverage: edges are exact along x, and known to 1/32 of a pixel along y.
pub const FINE: usize = 16;
