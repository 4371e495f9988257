//! Pictures as regions: segmented, abstracted to shapes, coloured and filled.

#![forbid(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod adjacency;
mod clean;
mod forest;
mod labels;
mod merge;
pub mod quality;
pub mod segment;
mod statistics;

pub use adjacency::{Adjacency, Edge, Node};
pub use clean::{CleanParams, clean};
pub use labels::Labels;
pub use merge::{Merge, MergeParams, MergeTree};
pub use statistics::{Region, statistics};
