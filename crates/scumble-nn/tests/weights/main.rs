//! Weight files: reading, refusing, keeping.
#![allow(clippy::unwrap_used)]

mod convention;
mod embedded;
mod read;
mod refused;
mod store;
mod support;
