//! Painters: each puts one stroke or shape after another on a ground, nearer to its source with every step.

pub mod adaptive;
mod board;
mod filtered;
mod gaps;
pub mod greedy;
pub mod hatch;
mod hex;
mod improved;
pub mod layered;
pub(crate) mod limits;
pub mod moments;
mod need;
pub mod relax;
mod resume;
mod ribbon;
pub mod short;
mod tip;
mod wetness;
pub(crate) mod working;

use std::borrow::Cow;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, metrics};

use crate::Painting;
use crate::energy::Stack;
use crate::painting::Blend;

pub use adaptive::Adaptive;
pub use filtered::{FilterParams, Filtered};
pub use greedy::Greedy;
pub use hatch::Hatch;
pub use hex::HexColour;
pub use improved::{Finishing, Improved};
pub use layered::Layered;
pub use moments::Moments;
pub use relax::Relax;
pub use resume::catch_up;
pub use short::Short;
pub use tip::Tip;

/// What a painter has done so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StepReport {
    /// Strokes of the painting.
    pub strokes: usize,
    /// Sum of squared differences to the source over pixels and channels, in levels from 0 to 255, at the size of the
    /// search; weighted if there is an importance map, and of filters and regions by opacity.
    pub sse: u64,
    /// The same as peak signal-to-noise ratio in dB; infinite if nothing differs.
    pub psnr: f64,
}

impl StepReport {
    /// Of a painting of so many strokes as it is drawn, beside the picture; its transparent pixels do not count.
    ///
    /// # Errors
    /// `Fault::Input` if their sides differ.
    pub fn between(strokes: usize, drawn: &Canvas, picture: &Canvas) -> Result<Self> {
        let psnr = metrics::psnr_of_opaque(drawn, picture)?;
        let pixels =
            picture.alpha().map_or(picture.pixels().len() as f64, |alpha| alpha.iter().map(|a| f64::from(*a)).sum());
        let square = 10f64.powf(-psnr / 10.0) * 255.0 * 255.0;
        Ok(Self { strokes, sse: (square * 3.0 * pixels).round() as u64, psnr })
    }
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

    /// The painting as it would be if the painter ended here: with light, canvas and all.
    fn shown(&self) -> Cow<'_, Painting> {
        Cow::Borrowed(self.painting())
    }

    /// The share of the work that is done, 0 to 1, as far as can be told.
    fn progress(&self) -> f64;
}

/// A finished painting in front of the picture that it is of, at a working size, to be improved.
pub(crate) fn stack_of(
    painting: &Painting,
    picture: &Canvas,
    importance: Option<&[f32]>,
    longest: usize,
) -> Result<Stack> {
    painting.check()?;
    if (painting.width, painting.height) != (picture.width() as f32, picture.height() as f32) {
        let error = Error::input(format!(
            "the painting's frame is {}×{}, the picture {}×{} pixels",
            painting.width,
            painting.height,
            picture.width(),
            picture.height()
        ));
        return Err(error.hint("improve a painting with the picture it was painted from"));
    }
    if painting.ground.is_some() || painting.strokes.iter().any(|stroke| stroke.ramp.is_some()) {
        return Err(Error::input("a painting on a picture, or with ramps of colour, cannot be improved"));
    }
    if let Some(layer) = painting.layers.iter().find(|layer| layer.blend != Blend::Normal) {
        let error = Error::input(format!("layer '{}' multiplies; its strokes cannot be improved", layer.name));
        return Err(error.hint("improve paintings whose strokes cover what is below"));
    }
    let ground = painting.background.map(working::level);
    let easel = working::easel(picture, importance, longest, ground)?;
    Ok(Stack::of(painting, &easel))
}
