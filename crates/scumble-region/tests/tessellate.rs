//! Tessellations: what they cover, how near they come, and what they refuse.

#[path = "tessellate/common.rs"]
mod common;
#[path = "tessellate/low_poly.rs"]
mod low_poly;
#[path = "tessellate/mosaic.rs"]
mod mosaic;
#[path = "tessellate/ramp.rs"]
mod ramp;
#[path = "tessellate/reference.rs"]
mod reference;
#[path = "tessellate/seams.rs"]
mod seams;
#[path = "tessellate/voronoi.rs"]
mod voronoi;
