//! Colours along the principal axes of an exemplar's: channels that are not correlated can be synthesised apart.

use crate::matrix::Matrix;
use crate::parallel;
use crate::planes::Planes;

/// Deviation along an axis up to which it counts as flat, as two of a gray picture's do: what single precision leaves.
pub(crate) const FLAT: f64 = 1e-6;

/// The mean of colours and the principal axes of their covariance.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axes {
    mean: [f64; 3],
    /// Orthonormal rows.
    axes: [[f64; 3]; 3],
}

impl Axes {
    /// Of all pixels.
    pub fn of(picture: &Planes) -> Self {
        Self::weighted(picture, |_| 1.0)
    }

    /// Of pixels by their weight, which must not be zero everywhere.
    pub fn weighted(picture: &Planes, weight: impl Fn(usize) -> f64 + Sync) -> Self {
        let channels = picture.channels();
        let count = channels[0].len();
        let sums: [f64; 4] = parallel::sums(count, |block| {
            block.fold([0.0; 4], |s, i| {
                let w = weight(i);
                [s[0] + w * channels[0][i], s[1] + w * channels[1][i], s[2] + w * channels[2][i], s[3] + w]
            })
        });
        let mean = [0, 1, 2].map(|c| sums[c] / sums[3]);
        let products: [f64; 9] = parallel::sums(count, |block| {
            block.fold([0.0; 9], |sum, i| {
                let d = [0, 1, 2].map(|c| channels[c][i] - mean[c]);
                std::array::from_fn(|j| sum[j] + weight(i) * d[j / 3] * d[j % 3])
            })
        });
        let (_, vectors) = Matrix::new(3, 3, |i, j| products[i * 3 + j] / sums[3]).eigen();
        Self { mean, axes: [0, 1, 2].map(|a| [0, 1, 2].map(|c| vectors.at(a, c))) }
    }

    /// A picture's values along the axes, about the mean.
    pub fn along(&self, picture: &Planes) -> [Vec<f64>; 3] {
        let channels = picture.channels();
        let value = |i: usize, axis: &[f64; 3]| (0..3).map(|c| axis[c] * (channels[c][i] - self.mean[c])).sum();
        self.axes.each_ref().map(|axis| parallel::made(channels[0].len(), |i| value(i, axis)))
    }

    /// The picture of such values.
    pub fn picture(&self, size: [usize; 2], along: &[Vec<f64>; 3]) -> Planes {
        let value = |i: usize, c: usize| self.mean[c] + (0..3).map(|a| self.axes[a][c] * along[a][i]).sum::<f64>();
        Planes::new(size, [0, 1, 2].map(|c| parallel::made(along[0].len(), |i| value(i, c))))
    }
}

#[cfg(test)]
mod tests;
