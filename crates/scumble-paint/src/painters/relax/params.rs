//! The parameters of relaxation.

use schemars::JsonSchema;
use scumble_core::{Error, Result};
use serde::{Deserialize, Serialize};

/// How long and how freely a finished painting is improved. There is no `Default`: every value comes from a preset.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelaxParams {
    /// Times that every stroke is visited.
    #[schemars(range(min = 0, max = 1000))]
    pub sweeps: u32,
    /// Changed positions tried at a visit.
    #[schemars(range(min = 1, max = 1000))]
    pub tries: u32,
    /// Share of the strokes, those that matter least, for which a better place is looked for in each sweep.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub reseed: f64,
    /// Whether opacities are solved with the colours; else each stroke keeps its own.
    pub solve_alpha: bool,
    /// What a stroke must gain to stay, as a share of the largest possible squared difference: 0 keeps all of them,
    /// 0.00001 removes what can hardly be seen.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub least_gain: f64,
    /// Longer side in pixels of the copy on which strokes are judged. A smaller source is taken as it is.
    #[schemars(range(min = 16, max = 1024))]
    pub work_px: u32,
    /// Seed of every random number.
    pub seed: u64,
}

impl RelaxParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        let wrong = |what: String| Err(Error::parameter(what));
        if self.sweeps > 1000 {
            return wrong(format!("sweeps is {}, allowed is 0 to 1000", self.sweeps));
        }
        if !(1..=1000).contains(&self.tries) {
            return wrong(format!("tries is {}, allowed is 1 to 1000", self.tries));
        }
        for (name, value) in [("reseed", self.reseed), ("least_gain", self.least_gain)] {
            if !(0.0..=1.0).contains(&value) {
                return wrong(format!("{name} is {value}, allowed is 0 to 1"));
            }
        }
        if !(16..=1024).contains(&self.work_px) {
            return wrong(format!("work_px is {}, allowed is 16 to 1024", self.work_px));
        }
        Ok(())
    }
}
