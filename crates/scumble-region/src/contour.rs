//! The borders between regions as lines that both sides share.
//!
//! [`Contours`] follows the cracks between pixels, so that the rings of a region enclose exactly its pixels. A line from one
//! junction to the next is an [`Arc`]; simplified or smoothed, it stays the border of both of its regions, and no two lines are
//! ever moved across each other: regions keep covering the frame once.

mod arcs;
mod corners;
mod resample;
mod simplify;
mod smooth;
mod trace;

pub use arcs::{Arc, Contours, signed_area};
pub use resample::resample;
pub(crate) use resample::resampled;
pub use simplify::Simplify;
pub(crate) use simplify::{Verdict, douglas_peucker, peel, ranked};
