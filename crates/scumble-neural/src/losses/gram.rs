//! The Gram loss (Gatys, Ecker & Bethge 2016, eq. 3–5) in the conventions of its implementations.

use rayon::prelude::*;

use super::Sloped;
use super::content::EPSILON;
use super::statistics::{Moments, slopes};
use crate::params::{GramNorm, Reduction};

/// A style's Gram matrix and how a picture's is compared with it.
#[derive(Debug, Clone)]
pub struct GramTarget {
    /// C·C values.
    gram: Vec<f64>,
    norm: GramNorm,
    reduction: Reduction,
}

impl GramTarget {
    /// The weighted sum of the styles' Gram matrices.
    pub fn new(styles: &[(f64, Moments)], norm: GramNorm, reduction: Reduction) -> Self {
        let mut gram = vec![0.0; styles.first().map_or(0, |(_, moments)| moments.second.len())];
        for (weight, moments) in styles {
            let factor = weight * factor(moments, norm);
            gram.iter_mut().zip(&moments.second).for_each(|(sum, value)| *sum += factor * value);
        }
        Self { gram, norm, reduction }
    }

    /// The loss of a picture's moments.
    pub fn loss(&self, moments: &Moments) -> Sloped {
        let (channels, factor) = (moments.channels(), factor(moments, self.norm));
        let rows = moments.second.par_chunks(channels).zip(self.gram.par_chunks(channels));
        let sums = rows.map(|(row, targets)| {
            let differences = row.iter().zip(targets).map(|(value, target)| factor * value - target);
            differences.fold([0.0, 0.0], |[squares, absolutes], d| [squares + d * d, absolutes + d.abs()])
        });
        // In order, so that threads do not change the result.
        let sums: Vec<[f64; 2]> = sums.collect();
        let [squares, absolutes] = [0, 1].map(|i| sums.iter().map(|sum| sum[i]).sum::<f64>());
        let (value, of_square, of_absolute) = match self.reduction {
            Reduction::Mean => (squares / self.gram.len() as f64, 1.0 / self.gram.len() as f64, 0.0),
            Reduction::Sum => (squares, 1.0, 0.0),
            // Its gradient's L1 norm is about 1 whatever the picture's size (crowsonkb/style-transfer-pytorch, 2021).
            Reduction::Scaled => {
                let below = absolutes + EPSILON;
                (squares / below, 1.0 / below, -squares / (below * below))
            }
        };
        let slope = |row: usize, column: usize| {
            let i = row * channels + column;
            let difference = factor * moments.second[i] - self.gram[i];
            let sign = if difference == 0.0 { 0.0 } else { difference.signum() };
            factor * (2.0 * of_square * difference + of_absolute * sign)
        };
        Sloped { value, slopes: slopes(slope, &vec![0.0; channels], moments.positions) }
    }
}

/// The Gram matrix is this times the second moment.
fn factor(moments: &Moments, norm: GramNorm) -> f64 {
    match norm {
        GramNorm::Positions => 1.0,
        GramNorm::Elements => 1.0 / moments.channels() as f64,
        GramNorm::None => moments.positions as f64,
    }
}
