//! Style transfer by image optimisation: a picture is changed, step by step, until a frozen encoder
//! sees the content of one picture and the style of others in it (Gatys, Ecker & Bethge 2016, and
//! what grew from it).
//!
//! [`Optimisation::prepare`] checks everything, [`Optimisation::run`] does the work.

#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod compare;
mod init;
pub mod losses;
mod measured;
mod memory;
pub mod objective;
pub mod optim;
mod optimise;
pub mod params;
mod pixels;
mod run;
pub mod schedule;
mod state;
pub mod strokes;
pub mod tiling;

pub use compare::{FeatureDistance, compare_features};
pub use optimise::{Inputs, Optimisation, Style};
pub use params::NeuralParams;
pub use run::{AfterStep, End, Outcome};
pub use state::State;
