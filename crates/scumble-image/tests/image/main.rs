//! Tests of scumble-image, against numbers and files of other programs (`reference/image`) and by property.

#![allow(clippy::unwrap_used, missing_docs)]

mod canvas;
mod color;
mod decode;
mod encode;
mod metrics;
mod pyramid;
mod refused;
mod resize;
mod support;
mod write;
