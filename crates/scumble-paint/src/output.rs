//! Paintings as files.

mod svg;
mod timelapse;

pub use svg::{svg, svg_simplifies};
pub use timelapse::timelapse;
