//! Paintings as files.

mod svg;

pub use svg::{svg, svg_simplifies};
