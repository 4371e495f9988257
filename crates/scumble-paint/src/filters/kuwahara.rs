//! The smoothing of paint: even within areas, sharp between them.

use std::f32::consts::{FRAC_PI_4, FRAC_PI_8, PI};

use schemars::JsonSchema;
use scumble_core::{Result, within};
use scumble_image::Canvas;
use serde::{Deserialize, Serialize};

use super::{LARGEST, by_rows};
use crate::fields::{Fields, FieldsOptions, blur_canvas};

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
    /// The authors' usual ones for a radius in pixels at 512, which is brought into 1 to 32.
    pub fn of_radius(radius: f64) -> Self {
        Self { radius: radius.clamp(1.0, LARGEST), sharpness: 8.0, roundness: 1.0 }
    }

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
    let u = picture.size_unit();
    let fields = Fields::new(picture, &FieldsOptions { blur: 0.0, spread: SPREAD * u, ..FieldsOptions::new(u) })?;
    let (radius, alpha) = (params.radius as f32 * u, params.roundness as f32);
    let power = params.sharpness as f32 / 2.0;
    let sectors = Weights::new(radius);
    // Windows of large pictures are looked at by every other pixel or fewer: as many as at 512.
    let stride = u as usize;
    let smooth = (stride > 1).then(|| blur_canvas(picture, 0.4 * stride as f32));
    let sampled = smooth.as_ref().unwrap_or(picture);
    by_rows(picture, |y, out| {
        for (x, pixel) in out.iter_mut().enumerate() {
            let (u, v) = (x as f32 + 0.5, y as f32 + 0.5);
            let stretch = (alpha + fields.coherence(u, v)) / alpha;
            let window = Window { radii: [radius * stretch, radius / stretch], along: fields.tangent(u, v), stride };
            *pixel = mean(sampled, [x, y], &window, &sectors, power);
        }
    })
}

/// An ellipse around a pixel.
struct Window {
    radii: [f32; 2],
    /// Direction of the first, of length 1.
    along: [f32; 2],
    /// Pixels from one that is looked at to the next.
    stride: usize,
}

/// Cells along a side of the table.
const CELLS: usize = 64;

/// How sectors share the unit disc, in a table of its surrounding square: `max(0, along + ζ − η across²)²` for the
/// coordinates along and across a sector's axis, shared out so that they sum to a Gaussian.
struct Weights(Vec<[f32; SECTORS]>);

impl Weights {
    /// ζ and η such that neighbours overlap near the centre, where a sector would hold too few pixels, and a weight is zero
    /// before the axis of the next sector but one (Kyprianidis 2011).
    fn new(radius: f32) -> Self {
        let zeta = 2.0 / radius;
        let zero = FRAC_PI_8 * 1.5;
        let eta = (zeta + zero.cos()) / (zero.sin() * zero.sin());
        let axes: [[f32; 2]; SECTORS] = std::array::from_fn(|k| (k as f32 * FRAC_PI_4).sin_cos().into());
        let middle = |cell: usize| (cell as f32 + 0.5) * (2.0 / CELLS as f32) - 1.0;
        let cell = |i: usize| {
            let [x, y] = [middle(i % CELLS), middle(i / CELLS)];
            let mut weights = axes.map(|[sin, cos]| {
                let (along, across) = (x * cos + y * sin, y * cos - x * sin);
                (along + zeta - eta * across * across).max(0.0).powi(2)
            });
            // They sum to more than 0, since some axis is within π/8.
            let scale = (-PI * (x * x + y * y)).exp() / weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            weights.iter_mut().for_each(|w| *w *= scale);
            weights
        };
        Self((0..CELLS * CELLS).map(cell).collect())
    }

    /// Each sector's share of a point of the disc.
    fn of(&self, v: [f32; 2]) -> &[f32; SECTORS] {
        let cell = |v: f32| (((v + 1.0) * (CELLS as f32 / 2.0)) as usize).min(CELLS - 1);
        &self.0[cell(v[1]) * CELLS + cell(v[0])]
    }
}

/// The mean of the sectors' means.
fn mean(picture: &Canvas, at: [usize; 2], window: &Window, sectors: &Weights, power: f32) -> [f32; 3] {
    let [cos, sin] = window.along;
    let [a, b] = window.radii;
    let reach = |a: f32, b: f32| (a * a + b * b).sqrt();
    let [rx, ry] = [reach(a * cos, b * sin), reach(a * sin, b * cos)];
    let range = |at: usize, reach: f32, side: usize| {
        let steps = reach as usize / window.stride;
        let first = at - steps.min(at / window.stride) * window.stride;
        (first..(at + steps * window.stride + 1).min(side)).step_by(window.stride)
    };
    // Of each sector, side by side: weight, red, green, blue, squares.
    let mut sums = [[0.0f32; SECTORS]; 5];
    for y in range(at[1], ry, picture.height()) {
        for x in range(at[0], rx, picture.width()) {
            let (dx, dy) = (x as f32 - at[0] as f32, y as f32 - at[1] as f32);
            let v = [(dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b];
            if v[0] * v[0] + v[1] * v[1] > 1.0 {
                continue;
            }
            let [r, g, b] = picture.pixels()[y * picture.width() + x];
            let terms = [1.0, r, g, b, r * r + g * g + b * b];
            let weights = sectors.of(v);
            for (sums, term) in sums.iter_mut().zip(terms) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight * term;
                }
            }
        }
    }
    let (mut total, mut colour) = (0.0f32, [0.0f32; 3]);
    for k in (0..SECTORS).filter(|k| sums[0][*k] > 0.0) {
        let means = [1, 2, 3].map(|c| sums[c][k] / sums[0][k]);
        let variance = (sums[4][k] / sums[0][k] - means.iter().map(|m| m * m).sum::<f32>()).max(0.0);
        let weight = sums[0][k] / (1.0 + (255.0 * variance).powf(power));
        total += weight;
        colour.iter_mut().zip(means).for_each(|(colour, mean)| *colour += weight * mean);
    }
    colour.map(|v| (v / total.max(f32::MIN_POSITIVE)).clamp(0.0, 1.0))
}
