//! The commonest brightness around each pixel, in the colour of the pixels that have it.

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::{Canvas, color};
use serde::{Deserialize, Serialize};

use super::{LARGEST, by_rows};

/// Parameters of [`histogram_oil`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistogramParams {
    /// Half the side of the window, in pixels at 512.
    #[schemars(range(min = 0.5, max = 32.0))]
    pub radius: f64,
    /// Steps of brightness that are told apart. Fewer make larger and harder patches.
    #[schemars(range(min = 2, max = 256))]
    pub levels: u32,
}

impl HistogramParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("radius", self.radius, 0.5, LARGEST)?;
        within("levels", self.levels, 2, 256)
    }
}

/// Each pixel gets the mean colour of those pixels of its window whose luma is the commonest there; of equally common
/// ones, of the darkest. After the oil filter of OpenCV's xphoto, whose `dynRatio` is 256 / `levels`.
///
/// # Errors
/// As [`HistogramParams::validate`].
pub fn histogram_oil(picture: &Canvas, params: &HistogramParams) -> Result<Canvas> {
    params.validate()?;
    let (width, height) = (picture.width(), picture.height());
    let radius = (params.radius as f32 * picture.size_unit()).round().max(1.0) as usize;
    let levels = params.levels as usize;
    let pixels: Vec<Counted> = picture.pixels().iter().map(|pixel| Counted::new(*pixel, levels)).collect();
    by_rows(picture, |y, out| {
        let rows = y.saturating_sub(radius)..(y + radius + 1).min(height);
        let column = |x: usize| rows.clone().map(move |y| y * width + x);
        let mut bins = vec![Bin::default(); levels];
        for x in 0..radius.min(width) {
            column(x).for_each(|i| bins[pixels[i].level].add(&pixels[i]));
        }
        for (x, pixel) in out.iter_mut().enumerate() {
            if x + radius < width {
                column(x + radius).for_each(|i| bins[pixels[i].level].add(&pixels[i]));
            }
            if let Some(x) = x.checked_sub(radius + 1) {
                column(x).for_each(|i| bins[pixels[i].level].remove(&pixels[i]));
            }
            let commonest = bins.iter().fold(&bins[0], |best, bin| if bin.count > best.count { bin } else { best });
            *pixel = commonest.mean();
        }
    })
}

/// Whole steps of a channel: sums of whole numbers do not drift when pixels leave the window.
const STEPS: f32 = 65_535.0;

/// A pixel and its step of brightness.
struct Counted {
    level: usize,
    value: [u64; 3],
}

impl Counted {
    fn new(pixel: [f32; 3], levels: usize) -> Self {
        let pixel = pixel.map(|v| v.clamp(0.0, 1.0));
        let level = (color::luma(pixel) * levels as f32) as usize;
        Self { level: level.min(levels - 1), value: pixel.map(|v| (v * STEPS).round() as u64) }
    }
}

/// The pixels of one step of brightness.
#[derive(Clone, Default)]
struct Bin {
    count: u64,
    sum: [u64; 3],
}

impl Bin {
    fn add(&mut self, pixel: &Counted) {
        self.count += 1;
        self.sum.iter_mut().zip(pixel.value).for_each(|(sum, v)| *sum += v);
    }

    fn remove(&mut self, pixel: &Counted) {
        self.count -= 1;
        self.sum.iter_mut().zip(pixel.value).for_each(|(sum, v)| *sum -= v);
    }

    fn mean(&self) -> [f32; 3] {
        let scale = 1.0 / (f64::from(STEPS) * self.count.max(1) as f64);
        self.sum.map(|sum| (sum as f64 * scale) as f32)
    }
}
