//! Drawings by differences of Gaussians.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::{Canvas, color};
use serde::{Deserialize, Serialize};

use super::{LARGEST, by_rows};
use crate::fields::blur;

/// How much wider the outer Gaussian is (Marr and Hildreth 1980: 1.6 comes nearest to the Laplacian).
const OUTER: f32 = 1.6;

/// Parameters of [`xdog`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct XdogParams {
    /// Deviation of the inner Gaussian, in pixels at 512: the width of lines.
    #[schemars(range(min = 0.1, max = 32.0))]
    pub sigma: f64,
    /// How much edges are sharpened before they are cut off; 0 leaves the blurred picture.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub sharpen: f64,
    /// Sharpened brightness above which the paper stays white.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub threshold: f64,
    /// How fast it gets dark below: around 1 gives tones, 100 black and white.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub steepness: f64,
}

impl XdogParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("sigma", self.sigma, 0.1, LARGEST)?;
        within("sharpen", self.sharpen, 0.0, 100.0)?;
        within("threshold", self.threshold, 0.0, 1.0)?;
        within("steepness", self.steepness, 0.0, 1000.0)
    }
}

/// A grey drawing of dark lines and areas (Winnemöller, Kyprianidis, Olsen 2012, "XDoG"): of the sharpened luma
/// `S = (1 + p) G_σ − p G_1.6σ`, what lies above ε is white, what lies below `1 + tanh(φ (S − ε))`.
///
/// # Errors
/// As [`XdogParams::validate`].
pub fn xdog(picture: &Canvas, params: &XdogParams) -> Result<Canvas> {
    params.validate()?;
    let width = picture.width();
    let luma: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
    let sigma = params.sigma as f32 * picture.size_unit();
    let inner = blur(&luma, width, sigma);
    let outer = blur(&luma, width, sigma * OUTER);
    let [p, phi, epsilon] = [params.sharpen, params.steepness, params.threshold].map(|v| v as f32);
    by_rows(picture, |y, out| {
        for (x, pixel) in out.iter_mut().enumerate() {
            let i = y * width + x;
            let above = (1.0 + p) * inner[i] - p * outer[i] - epsilon;
            let tone = if above > 0.0 { 1.0 } else { 1.0 + (phi * above).tanh() };
            *pixel = [tone; 3];
        }
    })
}
