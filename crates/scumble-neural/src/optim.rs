//! Optimisers over plain slices of `f32`. They know nothing of pictures, tensors or devices.
//!
//! Sums are taken in f64 over fixed blocks in order, so that a run is the same bytes for any number
//! of threads.

mod adam;
mod average;
mod lbfgs;
mod vector;

use scumble_core::Result;

pub use adam::{Adam, AdamNumbers, AdamSettings};
pub use average::Average;
pub use lbfgs::{Lbfgs, LbfgsNumbers, LbfgsSettings};

/// A function's value and its gradient at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The value.
    pub loss: f64,
    /// The gradient, as long as the point.
    pub gradient: Vec<f32>,
}

/// What an optimiser did in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The point moved.
    Moved,
    /// The gradient is zero or the direction no longer descends: there is nothing more to gain.
    Converged,
}

/// Something that moves a point downhill. One step evaluates the function once, where the point is
/// before the step.
pub trait Optimizer: Send {
    /// Moves `x` given the function's value and gradient at `x`.
    fn step(&mut self, x: &mut [f32], at: &Evaluation) -> Progress;
}

/// A function to minimise.
pub trait Objective {
    /// Value and gradient at `x`.
    ///
    /// # Errors
    /// If the function cannot be computed there.
    fn evaluate(&mut self, x: &[f32]) -> Result<Evaluation>;
}
