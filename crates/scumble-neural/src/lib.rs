//! Image optimisation.
pub mod params;
