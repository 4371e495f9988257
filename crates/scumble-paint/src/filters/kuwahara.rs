//! The smoothing of paint: even within areas, sharp between them.

use std::f32::consts::{FRAC_PI_4, FRAC_PI_8, PI};

use schemars::JsonSchema;
use scumble_core::Result;
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use super::{LARGEST, by_rows, size_unit, within};
use crate::fields::{Fields, FieldsOptions};

/// Sectors of the window (Kyprianidis, Kang, Döllner 2009).
const SECTORS: usize = 8;
/// Deviation in pixels of the Gaussian that averages structure tensors (Kyprianidis et al. 2009).
const SPREAD: f32 = 2.0;

/// Parameters of [`kuwahara`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KuwaharaParams {
    /// Radius of the window, in pixels at 512.
    #[schemars(range(min = 1.0, max = 32.0))]
    pub radius: f64,
    /// How strongly the most even sectors are preferred.
    #[schemars(range(min = 1.0, max = 32.0))]
    pub sharpness: f64,
    /// How little windows stretch along edges: small values stretch them most, twice as long as without at 1.
    #[schemars(range(min = 0.1, max = 100.0))]
    pub roundness: f64,
}

impl KuwaharaParams {
    /// Checks what the types do not.
    ///
    /// # Errors
    /// [`Fault::Parameter`](scumble_core::Fault::Parameter) names the parameter, its value and what is allowed.
    pub fn validate(&self) -> Result<()> {
        within("radius", self.radius, 1.0, LARGEST)?;
        within("sharpness", self.sharpness, 1.0, 32.0)?;
        within("roundness", self.roundness, 0.1, 100.0)
    }
}

/// Anisotropic Kuwahara filter (Kyprianidis, Kang, Döllner 2009, with the polynomial sector weights of Kyprianidis 2011):
/// the window is an ellipse along the edge, of axes `r (α + A) / α` and `r α / (α + A)` for coherence A; the mean of each
/// of its eight sectors counts by `1 / (1 + (255 s²)^(q/2))`, s² the sector's variance summed over the channels.
///
/// # Errors
/// As [`KuwaharaParams::validate`].
pub fn kuwahara(picture: &Canvas, params: &KuwaharaParams) -> Result<Canvas> {
    params.validate()?;
    let u = size_unit(picture);
    let fields = Fields::new(picture, &FieldsOptions { blur: 0.0, spread: SPREAD * u, ..FieldsOptions::new(u) })?;
    let (radius, alpha) = (params.radius as f32 * u, params.roundness as f32);
    let power = params.sharpness as f32 / 2.0;
    let sectors = Weights::new(radius);
    by_rows(picture, |y, out| {
        for (x, pixel) in out.iter_mut().enumerate() {
            let (u, v) = (x as f32 + 0.5, y as f32 + 0.5);
            let stretch = (alpha + fields.coherence(u, v)) / alpha;
            let window = Window { radii: [radius * stretch, radius / stretch], along: fields.tangent(u, v) };
            *pixel = mean(picture, [x, y], &window, &sectors, power);
        }
    })
}

/// An ellipse around a pixel.
struct Window {
    radii: [f32; 2],
    /// Direction of the first, of length 1.
    along: [f32; 2],
}

/// How sectors share the unit disc: `max(0, along + ζ − η across²)²` for the coordinates along and across a sector's axis.
struct Weights {
    zeta: f32,
    eta: f32,
    axes: [[f32; 2]; SECTORS],
}

impl Weights {
    /// ζ and η such that neighbours overlap near the centre, where a sector would hold too few pixels, and a weight is zero
    /// on the axis of the next sector but half of one (Kyprianidis 2011).
    fn new(radius: f32) -> Self {
        let zeta = 2.0 / radius;
        let zero = FRAC_PI_8 * 1.5;
        let eta = (zeta + zero.cos()) / (zero.sin() * zero.sin());
        let axes = std::array::from_fn(|k| {
            let (sin, cos) = (k as f32 * FRAC_PI_4).sin_cos();
            [cos, sin]
        });
        Self { zeta, eta, axes }
    }

    /// Each sector's share of a point of the disc. They sum to more than 0, since some axis is within π/8.
    fn of(&self, v: [f32; 2]) -> [f32; SECTORS] {
        let near = (-PI * (v[0] * v[0] + v[1] * v[1])).exp();
        let mut weights = self.axes.map(|[cos, sin]| {
            let (along, across) = (v[0] * cos + v[1] * sin, v[1] * cos - v[0] * sin);
            (along + self.zeta - self.eta * across * across).max(0.0).powi(2)
        });
        let scale = near / weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        weights.iter_mut().for_each(|w| *w *= scale);
        weights
    }
}

/// The mean of the sectors' means.
fn mean(picture: &Canvas, at: [usize; 2], window: &Window, sectors: &Weights, power: f32) -> [f32; 3] {
    let [cos, sin] = window.along;
    let [a, b] = window.radii;
    let reach = |a: f32, b: f32| (a * a + b * b).sqrt();
    let [rx, ry] = [reach(a * cos, b * sin), reach(a * sin, b * cos)];
    let range = |at: usize, reach: f32, side: usize| {
        let reach = reach as usize;
        at.saturating_sub(reach)..(at + reach + 1).min(side)
    };
    let mut sums = [[0.0f32; 7]; SECTORS];
    for y in range(at[1], ry, picture.height()) {
        for x in range(at[0], rx, picture.width()) {
            let (dx, dy) = (x as f32 - at[0] as f32, y as f32 - at[1] as f32);
            let v = [(dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b];
            if v[0] * v[0] + v[1] * v[1] > 1.0 {
                continue;
            }
            let p = picture.pixels()[y * picture.width() + x];
            for (sum, w) in sums.iter_mut().zip(sectors.of(v)) {
                sum[0] += w;
                for c in 0..3 {
                    sum[1 + c] += w * p[c];
                    sum[4 + c] += w * p[c] * p[c];
                }
            }
        }
    }
    let (mut total, mut colour) = (0.0f32, [0.0f32; 3]);
    for sum in sums.iter().filter(|sum| sum[0] > 0.0) {
        let means = [1, 2, 3].map(|c| sum[c] / sum[0]);
        let variance: f32 = (0..3).map(|c| (sum[4 + c] / sum[0] - means[c] * means[c]).max(0.0)).sum();
        let weight = sum[0] / (1.0 + (255.0 * variance).powf(power));
        total += weight;
        colour.iter_mut().zip(means).for_each(|(colour, mean)| *colour += weight * mean);
    }
    colour.map(|v| (v / total.max(f32::MIN_POSITIVE)).clamp(0.0, 1.0))
}
