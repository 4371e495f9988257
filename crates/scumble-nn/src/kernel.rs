//! What runs on the processor a thousand times a picture: the convolution of frozen 3×3 kernels, and the memory it
//! works in.
//!
//! The only unsafe code of the project is in this module: vector instructions, and tasks that write disjoint parts of one
//! buffer. Results are the same bytes for any number of threads; they differ in the last bits from one instruction
//! set to another.
#![allow(unsafe_code)]
#![deny(clippy::undocumented_unsafe_blocks)]
// Closures, and so iterators' adapters, are not always inlined into the function that enables the instructions.
#![allow(clippy::needless_range_loop)]

mod buffers;
mod lanes;
mod ledger;
mod matrix;
mod moments;
mod scratch;
mod shared_mut;
pub(crate) mod winograd;

pub use buffers::{Buffer, Buffers};
pub(crate) use buffers::{bytes, lines};
pub use lanes::Level;
pub(crate) use ledger::{Ledger, Place};

pub use matrix::product;
pub use moments::{add_moments_gradient, moments};
