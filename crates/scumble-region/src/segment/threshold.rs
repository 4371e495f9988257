//! Division by brightness.

mod local;
mod otsu;

use schemars::JsonSchema;
use scumble_core::{Error, Result, within};
use scumble_image::{Canvas, color};
use serde::{Deserialize, Serialize};

use self::local::Means;
use super::Pixels;
use crate::{Labels, labels};

pub use otsu::otsu;

/// Parameters of [`threshold`](threshold()): where brightness, luma from 0 to 1, is divided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ThresholdParams {
    /// Where the classes' means are farthest apart (Otsu 1979; several: Liao, Chen, Chung 2001).
    Otsu {
        /// Classes of brightness. Fewer if the picture has fewer levels.
        #[schemars(range(min = 2, max = 6))]
        classes: u32,
    },
    /// At values given.
    Levels {
        /// From 0 to 1, in rising order; pixels as bright belong to the class above.
        #[schemars(length(min = 1, max = 255))]
        levels: Vec<f64>,
    },
    /// At two values: light is what is connected, through pixels' sides, to pixels of the upper one without going below the
    /// lower one (Canny 1986).
    Hysteresis {
        /// The lower one.
        #[schemars(range(min = 0.0, max = 1.0))]
        low: f64,
        /// The upper one.
        #[schemars(range(min = 0.0, max = 1.0))]
        high: f64,
    },
    /// Below the mean around each pixel (Bradley, Roth 2007).
    AdaptiveMean {
        /// Side of the window, as a share of the picture's longer side; an eighth is usual.
        #[schemars(range(min = 0.001, max = 1.0))]
        window: f64,
        /// How far below, as a share of the mean; 0.15 is usual.
        #[schemars(range(min = -1.0, max = 1.0))]
        offset: f64,
    },
    /// Below the mean m around each pixel the more, the less there is to see: m (1 + k (s / R − 1)), s the deviation, R half
    /// the range of values (Sauvola, Pietikäinen 2000).
    Sauvola {
        /// Side of the window in pixels at 512.
        #[schemars(range(min = 3.0, max = 511.0))]
        window: f64,
        /// k; 0.34 is usual.
        #[schemars(range(min = 0.0, max = 1.0))]
        k: f64,
    },
}

impl ThresholdParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        match self {
            Self::Otsu { classes } => otsu::check(*classes),
            Self::Levels { levels } => {
                if levels.is_empty() || levels.len() > 255 {
                    return Err(Error::parameter(format!("levels are {} values, allowed are 1 to 255", levels.len())));
                }
                levels.iter().try_for_each(|level| within("a level", *level, 0.0, 1.0))?;
                match levels.windows(2).find(|pair| pair[0] >= pair[1]) {
                    Some(pair) => Err(Error::parameter(format!("level {} does not rise after {}", pair[1], pair[0]))),
                    None => Ok(()),
                }
            }
            Self::Hysteresis { low, high } => within("high", *high, 0.0, 1.0).and(within("low", *low, 0.0, *high)),
            Self::AdaptiveMean { window, offset } => {
                within("window", *window, 0.001, 1.0).and(within("offset", *offset, -1.0, 1.0))
            }
            Self::Sauvola { window, k } => within("window", *window, 3.0, 511.0).and(within("k", *k, 0.0, 1.0)),
        }
    }
}

/// Divides a picture by brightness. Regions need not be connected.
///
/// # Errors
/// As [`ThresholdParams::validate`]; `Fault::Input` if no pixel is seen.
pub fn threshold(picture: &Canvas, params: &ThresholdParams) -> Result<Labels> {
    params.validate()?;
    let pixels = Pixels::new(picture)?;
    let luma: Vec<f32> = picture.pixels().iter().map(|pixel| color::luma(*pixel)).collect();
    let ids = match params {
        ThresholdParams::Otsu { classes } => by_levels(&luma, &otsu(picture, *classes)?),
        ThresholdParams::Levels { levels } => by_levels(&luma, levels),
        ThresholdParams::Hysteresis { low, high } => hysteresis(&pixels, &luma, *low as f32, *high as f32),
        ThresholdParams::AdaptiveMean { window, offset } => {
            let side = window * pixels.width.max(pixels.height) as f64;
            let means = Means::new(&pixels, &luma);
            means.compare(&luma, side, |mean, _| mean * (1.0 - offset))
        }
        ThresholdParams::Sauvola { window, k } => {
            let side = window * f64::from(picture.size_unit());
            let means = Means::new(&pixels, &luma);
            // Half the range: the paper's 128 of 256 levels.
            means.compare(&luma, side, |mean, deviation| mean * (1.0 + k * (deviation / 0.5 - 1.0)))
        }
    };
    pixels.labels(ids)
}

/// How many levels each value reaches.
fn by_levels(luma: &[f32], levels: &[f64]) -> Vec<u32> {
    luma.iter().map(|v| levels.partition_point(|level| *level <= f64::from(*v)) as u32).collect()
}

fn hysteresis(pixels: &Pixels, luma: &[f32], low: f32, high: f32) -> Vec<u32> {
    let mut ids: Vec<u32> = luma.iter().map(|v| u32::from(*v >= low)).collect();
    pixels.hide(&mut ids);
    let (parts, count) = labels::components(&ids, pixels.width);
    let mut lit = vec![false; count];
    for ((part, v), id) in parts.iter().zip(luma).zip(&ids) {
        lit[*part as usize] |= *id == 1 && *v >= high;
    }
    parts.iter().map(|part| u32::from(lit[*part as usize])).collect()
}
