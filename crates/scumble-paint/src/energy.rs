//! The squared difference between a picture and a painting of it, and what a shape would change about it.
//!
//! Values are levels from 0 to 255. A shape of opacity `α` that covers the share `k` of a pixel turns its value `b`
//! into `b + α k (c − b)`. The sum of squared differences to the source is then a quadratic of `α` and `α c`, whose
//! coefficients are sums over the shape ([`Moments`]); for whole pixels they come from row prefix sums in a few
//! steps a row ([`Prefix`]).

mod easel;
mod moments;
mod opacity;
mod paint;
mod prefix;
mod stack;

pub use easel::Easel;
pub use moments::Moments;
pub use paint::{Mix, Paint};
pub use prefix::{Prefix, Sums};
pub use stack::{Area, Coat, Depth, Mask, Polish, Slot, Stack};
