//! What every scumble crate shares, and nothing more: errors sorted by whose fault they are,
//! the observer a run reports to, and random numbers that do not depend on thread count.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod error;
mod observe;
mod random;

pub use error::{Error, Fault, Result, suggest, within};
pub use observe::{Control, Event, Observer, Plan, Preview, Silent, Stage, Step};
pub use random::Stream;
