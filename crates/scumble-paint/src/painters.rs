//! Painters: each puts one stroke or shape after another on a ground, nearer to its source with every step.

pub mod greedy;
mod hex;
pub mod relax;
mod working;

use scumble_core::Result;

use crate::Painting;

pub use greedy::Greedy;
pub use hex::HexColour;
pub use relax::Relax;

/// What a painter has done so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Strokes of the painting.
    pub strokes: usize,
    /// Sum of squared differences to the source over pixels and channels, in levels from 0 to 255, at the size of the
    /// search; weighted if there is an importance map.
    pub sse: u64,
    /// The same as peak signal-to-noise ratio in dB; infinite if nothing differs.
    pub psnr: f64,
}

/// Something that paints step by step. The caller may stop after any step, keep the painting, and go on later.
pub trait Painter {
    /// Does the next step; none if there is nothing left to do.
    ///
    /// # Errors
    /// If the painter cannot go on.
    fn step(&mut self) -> Result<Option<StepReport>>;

    /// The painting so far.
    fn painting(&self) -> &Painting;
}
