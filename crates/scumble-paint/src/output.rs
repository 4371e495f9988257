//! Paintings as files.

mod layers;
mod svg;
mod timelapse;

pub use layers::{draw_transparent, layers};
pub use svg::{svg, svg_simplifies};
pub use timelapse::timelapse;
