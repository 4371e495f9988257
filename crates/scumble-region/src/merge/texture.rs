//! Textures of regions as histograms.

use scumble_core::Result;
use scumble_image::Canvas;

use crate::Labels;
use crate::segment::{DIRECTIONS, Pixels, energies};

/// Levels of energy that are told apart, each of a quarter of the picture's pixels.
const LEVELS: usize = 4;

/// How many pixels of a region have which strongest direction and level of energy, over all scales.
#[derive(Debug, Clone)]
pub(super) struct Histogram([f64; DIRECTIONS * LEVELS]);

impl Histogram {
    /// That of two regions together.
    pub fn with(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] + other.0[i]))
    }

    /// χ² of the shares, 0 to 1.
    pub fn distance(&self, other: &Self) -> f64 {
        let [p, q] = [self, other].map(|histogram| histogram.0.iter().sum::<f64>().max(1.0));
        let pairs = self.0.iter().zip(&other.0).map(|(one, other)| (one / p, other / q));
        pairs
            .filter(|(one, other)| one + other > 0.0)
            .map(|(one, other)| (one - other).powi(2) / (one + other))
            .sum::<f64>()
            / 2.0
    }
}

/// The histogram of each region.
pub(super) fn histograms(labels: &Labels, picture: &Canvas) -> Result<Vec<Histogram>> {
    let pixels = Pixels::new(picture)?;
    let planes = energies(&pixels, picture.size_unit())?;
    let (mut strengths, mut directions) = (Vec::with_capacity(pixels.len()), Vec::with_capacity(pixels.len()));
    for i in 0..pixels.len() {
        let mut sums = [0.0f32; DIRECTIONS];
        for (plane, energies) in planes.iter().enumerate() {
            sums[plane % DIRECTIONS] += energies[i].exp();
        }
        let strongest = (1..DIRECTIONS).fold(0, |best, d| if sums[d] > sums[best] { d } else { best });
        strengths.push(sums.iter().sum::<f32>());
        directions.push(strongest);
    }
    let mut sorted: Vec<f32> =
        strengths.iter().enumerate().filter(|(i, _)| !pixels.is_hidden(*i)).map(|(_, v)| *v).collect();
    sorted.sort_by(f32::total_cmp);
    let limits: [f32; LEVELS - 1] =
        std::array::from_fn(|level| sorted.get(sorted.len() * (level + 1) / LEVELS).copied().unwrap_or(f32::MAX));
    let mut out = vec![Histogram([0.0; DIRECTIONS * LEVELS]); labels.count()];
    for ((id, strength), direction) in labels.ids().iter().zip(&strengths).zip(&directions) {
        let level = limits.iter().filter(|limit| *strength > **limit).count();
        out[*id as usize].0[direction * LEVELS + level] += 1.0;
    }
    Ok(out)
}
