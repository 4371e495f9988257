//! The parameters of pictures made of shapes: presets, flags, JSON Schema and the reference page are made from them.
//!
//! There is no `Default`: every value comes from a preset.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::HexColour;
use crate::energy::Paint;
use crate::painters::relax::RelaxParams;
use crate::painting::MOST_STROKES;
use crate::refine::RefineParams;

/// Everything that defines a picture made of shapes, apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShapesParams {
    /// Kinds of shapes; each shape is of the kind that fits best.
    pub shapes: Vec<ShapeKind>,
    /// Number of shapes.
    #[schemars(range(min = 1, max = 200_000))]
    pub count: u32,
    /// Longer side of the picture in pixels; the source's if absent. The same shapes are drawn in any size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    pub size: Option<u32>,
    /// Opacity of every shape, of 255; solved for each shape if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 255))]
    pub alpha: Option<u8>,
    /// How thoroughly each shape is searched for.
    pub level: Level,
    /// Times that every shape is visited in the end, to be moved, reshaped or recoloured for the better.
    #[schemars(range(min = 0, max = 100))]
    pub relax: u32,
    /// Steps of gradient descent on places, sizes and colours of all shapes, after that.
    #[schemars(range(min = 0, max = 2000))]
    pub refine: u32,
    /// Longer side in pixels of the copy on which shapes are searched for. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
    /// Colour of the ground, as `#rrggbb`; if absent, that of the flat ground the source has, else its mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<HexColour>,
    /// The only colours shapes may have, as `#rrggbb`; any if empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub palette: Vec<HexColour>,
    /// Peak signal-to-noise ratio in dB at which no more shapes are added; none are left out if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub stop_psnr: Option<f64>,
    /// How much detail is left out: 0 allows shapes of a pixel of the copy, 1 none with a radius below a tenth of its
    /// smaller side.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub abstraction: f64,
}

/// A kind of shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShapeKind {
    /// Three corners, none sharper than 15 degrees.
    Triangle,
    /// A rectangle with upright sides.
    Rectangle,
    /// A rectangle in any direction.
    RotatedRectangle,
    /// A circle.
    Circle,
    /// An ellipse with upright axes.
    Ellipse,
    /// An ellipse in any direction.
    RotatedEllipse,
    /// Between a diamond, an ellipse and a rectangle, in any direction.
    Superellipse,
    /// Four or five corners, convex.
    Polygon,
    /// A straight line with round ends.
    Line,
    /// A curved line with round ends.
    Curve,
}

impl ShapeKind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Triangle,
        Self::Rectangle,
        Self::RotatedRectangle,
        Self::Circle,
        Self::Ellipse,
        Self::RotatedEllipse,
        Self::Superellipse,
        Self::Polygon,
        Self::Line,
        Self::Curve,
    ];

    /// Whether shapes of this kind have an angle.
    pub(super) fn turns(self) -> bool {
        matches!(self, Self::RotatedRectangle | Self::RotatedEllipse | Self::Superellipse)
    }
}

/// How thoroughly a shape is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// A third of the work of normal: for a first look.
    Draft,
    /// The usual.
    Normal,
    /// Three times the work of normal or more, for the last tenths of a dB.
    Fine,
}

/// The numbers behind a level.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Independent searches.
    pub restarts: usize,
    /// Random shapes a search, of which the best is improved.
    pub samples: usize,
    /// Failures in a row that end the improvement.
    pub age: usize,
    /// The best searches, whose shapes are improved by coverage; the best of these is kept.
    pub finalists: usize,
    /// Failures in a row that end that.
    pub polish: usize,
}

impl Level {
    /// Many short searches find more than few long ones.
    pub(super) fn effort(self) -> Effort {
        match self {
            Self::Draft => Effort { restarts: 16, samples: 30, age: 30, finalists: 1, polish: 20 },
            Self::Normal => Effort { restarts: 16, samples: 100, age: 50, finalists: 2, polish: 40 },
            Self::Fine => Effort { restarts: 32, samples: 200, age: 100, finalists: 4, polish: 100 },
        }
    }
}

impl ShapesParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::parameter(what));
        if self.shapes.is_empty() {
            return Err(Error::parameter("shapes is empty").hint("name a kind of shape, such as triangle"));
        }
        if self.count == 0 || self.count as usize > MOST_STROKES {
            let error = Error::parameter(format!("count is {}, allowed is 1 to {MOST_STROKES}", self.count));
            return Err(error.hint("a few hundred shapes make a picture"));
        }
        if self.alpha == Some(0) {
            return Err(Error::parameter("alpha is 0, allowed is 1 to 255").hint("leave it out to have it solved"));
        }
        if !(16..=1024).contains(&self.work_px) {
            return wrong(format!("work_px is {}, allowed is 16 to 1024", self.work_px));
        }
        if let Some(psnr) = self.stop_psnr.filter(|psnr| !(0.0..=100.0).contains(psnr)) {
            return wrong(format!("stop_psnr is {psnr}, allowed is 0 to 100"));
        }
        if !(0.0..=1.0).contains(&self.abstraction) {
            return wrong(format!("abstraction is {}, allowed is 0 to 1", self.abstraction));
        }
        Ok(())
    }

    /// The relaxation of the finished picture.
    pub fn relaxing(&self) -> RelaxParams {
        RelaxParams {
            sweeps: self.relax,
            tries: 80,
            reseed: 0.1,
            solve_alpha: self.alpha.is_none(),
            least_gain: 0.0,
            work_px: self.work_px,
            seed: self.seed,
        }
    }

    /// The refinement after that.
    pub fn refining(&self) -> RefineParams {
        RefineParams {
            steps: self.refine,
            point_rate: 0.6,
            size_rate: 0.1,
            colour_rate: 0.01,
            solve_alpha: self.alpha.is_none(),
            softness: 2.0,
            work_px: self.work_px,
        }
    }

    /// What shapes are painted with.
    pub(super) fn paint(&self) -> Paint {
        Paint { alpha: self.alpha, palette: self.palette.iter().map(|colour| colour.0).collect() }
    }
}
