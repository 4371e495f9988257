//! First and second raw moments of features over positions.

use rayon::prelude::*;

/// Mean and raw second moment over positions of features of C channels; both are linear in the picture's statistics, so
/// those of several styles are blended by weighted sums.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    /// μ, C values.
    pub mean: Vec<f64>,
    /// R = F·Fᵀ/M, C·C values.
    pub second: Vec<f64>,
    /// M, the number of positions.
    pub positions: usize,
}

impl Moments {
    /// From the sums F·Fᵀ beside F·1, `[C, C + 1]`, over `positions`.
    pub fn from_sums(sums: &[f64], positions: usize) -> Self {
        let channels = sums.len().isqrt();
        let scaled = |sum: &f64| sum / positions as f64;
        let rows = sums.chunks_exact(channels + 1);
        let mut second = vec![0.0; channels * channels];
        second.par_chunks_exact_mut(channels.max(1)).zip(sums.par_chunks_exact(channels + 1)).for_each(|(to, from)| {
            to.iter_mut().zip(from).for_each(|(to, sum)| *to = scaled(sum));
        });
        Self { mean: rows.map(|row| scaled(&row[channels])).collect(), second, positions }
    }

    /// Number of channels.
    pub fn channels(&self) -> usize {
        self.mean.len()
    }

    /// `Σ w·moments`, over as many positions as the last has.
    ///
    /// # Panics
    /// If there are none.
    pub fn blend(parts: &[(f64, Moments)]) -> Self {
        let weighted = |values: &[f64], w: f64| values.iter().map(|v| v * w).collect::<Vec<f64>>();
        let sum = |a: Vec<f64>, b: Vec<f64>| a.into_iter().zip(b).map(|(a, b)| a + b).collect::<Vec<f64>>();
        let scaled = parts.iter().map(|(w, m)| Moments {
            mean: weighted(&m.mean, *w),
            second: weighted(&m.second, *w),
            positions: m.positions,
        });
        let blend = scaled.reduce(|a, b| Moments {
            mean: sum(a.mean, b.mean),
            second: sum(a.second, b.second),
            positions: b.positions,
        });
        blend.expect("at least one style")
    }

    /// Covariance R − μμᵀ + ε·I, C·C values.
    pub fn covariance(&self, epsilon: f64) -> Vec<f64> {
        let channels = self.channels();
        let entry = |i: usize| {
            let (row, column) = (i / channels, i % channels);
            let diagonal = if row == column { epsilon } else { 0.0 };
            self.second[i] - self.mean[row] * self.mean[column] + diagonal
        };
        (0..channels * channels).map(entry).collect()
    }
}

/// Slopes for the sums `[C, C + 1]` over `positions` from those for R and for μ.
pub(super) fn slopes(second: impl Fn(usize, usize) -> f64 + Sync, mean: &[f64], positions: usize) -> Vec<f32> {
    let channels = mean.len();
    let mut slopes = vec![0.0; channels * (channels + 1)];
    slopes.par_chunks_exact_mut(channels + 1).zip(mean).enumerate().for_each(|(row, (slopes, mean))| {
        let of = |value: f64| (value / positions as f64) as f32;
        slopes[channels] = of(*mean);
        slopes[..channels].iter_mut().enumerate().for_each(|(column, slope)| *slope = of(second(row, column)));
    });
    slopes
}
