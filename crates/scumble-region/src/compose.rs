//! From a picture to a painting of its regions.

mod borders;
mod brushed;
mod cell;
mod detail;
mod division;
mod exemplar;
mod ground;
mod islands;
mod level;
mod lines;
mod marks;
mod painted;
mod picked;
mod ragged;
mod segmented;
mod shaped;
mod tessellated;
mod when;

pub(crate) use level::Composer;
pub(crate) use segmented::{Segmented, check_own, working};
pub(crate) use tessellated::{Tessellating, tessellated};
