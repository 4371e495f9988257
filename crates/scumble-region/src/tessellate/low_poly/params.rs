//! The parameters of low-poly pictures.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use serde::{Deserialize, Serialize};

use super::super::limits;

/// Everything that defines a low-poly picture, apart from the source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LowPolyParams {
    /// Number of points apart from the frame's four corners; there are about twice as many triangles.
    #[schemars(range(min = 1, max = 40_000))]
    pub count: u32,
    /// How triangles are coloured.
    pub colour: FacetColour,
    /// Passes in which points are moved to where the picture needs them; without any, it is the Delaunay triangulation of points
    /// where the picture is busy.
    #[schemars(range(min = 0, max = 10_000))]
    pub passes: u32,
    /// The angle in degrees below which moves may not bring a triangle's least: small ones fit edges better, large ones look
    /// calmer. Triangles that begin below it, at the border or around a new point, may stay there.
    #[schemars(range(min = 0.0, max = 30.0))]
    pub least_angle: f64,
    /// Longer side in pixels of the copy on which points are moved. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
}

/// How facets are coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FacetColour {
    /// The mean colour.
    Flat,
    /// The linear change of colour that is nearest to the picture.
    Linear,
}

impl LowPolyParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        limits::check_count(self.count)?;
        limits::check_work(self.work_px)?;
        within("passes", self.passes, 0, 10_000)?;
        within("least_angle", self.least_angle, 0.0, 30.0)
    }

    /// The squared sine of the least angle.
    pub(super) fn least_shape(&self) -> f64 {
        self.least_angle.to_radians().sin().powi(2)
    }
}
