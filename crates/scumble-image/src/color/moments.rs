//! Mean and covariance of a picture's colours.

use crate::{Canvas, parallel};

/// The first two moments of colours, over all pixels.
pub(super) struct Moments {
    /// Mean of red, green, blue.
    pub mean: [f64; 3],
    /// Population covariance.
    pub covariance: [[f64; 3]; 3],
}

impl Moments {
    /// Of the picture's sRGB-encoded colours, transparent ones included.
    pub fn of(canvas: &Canvas) -> Self {
        let pixels = canvas.pixels();
        let count = pixels.len() as f64;
        let sums: [f64; 3] = parallel::sums(pixels.len(), |block| {
            pixels[block].iter().fold([0.0; 3], |sum, p| std::array::from_fn(|c| sum[c] + f64::from(p[c])))
        });
        let mean = sums.map(|sum| sum / count);
        let products: [f64; 9] = parallel::sums(pixels.len(), |block| {
            pixels[block].iter().fold([0.0; 9], |sum, p| {
                let d: [f64; 3] = std::array::from_fn(|c| f64::from(p[c]) - mean[c]);
                std::array::from_fn(|i| sum[i] + d[i / 3] * d[i % 3])
            })
        });
        let covariance = std::array::from_fn(|i| std::array::from_fn(|j| products[i * 3 + j] / count));
        Self { mean, covariance }
    }
}
