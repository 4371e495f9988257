//! Structure tensors.

use super::blur::blur;
use super::gradient::Gradient;

/// A tensor a pixel, as its trace `E + G` and the vector `(E − G, 2F)`, whose angle is twice the gradient's and whose
/// length is the difference of the eigenvalues. All are linear in E, F and G, so that averages are those of tensors.
#[derive(Debug, Clone)]
pub(super) struct Tensors {
    pub width: usize,
    pub trace: Vec<f32>,
    pub cos: Vec<f32>,
    pub sin: Vec<f32>,
}

impl Tensors {
    pub fn new(gradients: &[Gradient], width: usize) -> Self {
        let plane = |of: fn(&Gradient) -> f32| gradients.iter().map(of).collect();
        Self { width, trace: plane(|g| g.xx + g.yy), cos: plane(|g| g.xx - g.yy), sin: plane(|g| 2.0 * g.xy) }
    }

    /// The tensors averaged by a Gaussian.
    pub fn averaged(&self, sigma: f32) -> Self {
        let [trace, cos, sin] = [&self.trace, &self.cos, &self.sin].map(|plane| blur(plane, self.width, sigma));
        Self { width: self.width, trace, cos, sin }
    }

    /// The difference of the eigenvalues as a share of their sum, over all; 0 if there are only zeros.
    pub fn coherence(&self) -> f32 {
        let differences: f64 = self.cos.iter().zip(&self.sin).map(|(cos, sin)| f64::from(cos.hypot(*sin))).sum();
        let sums: f64 = self.trace.iter().map(|trace| f64::from(*trace)).sum();
        if sums > 0.0 { (differences / sums) as f32 } else { 0.0 }
    }

    /// The largest eigenvalue of all.
    pub fn most(&self) -> f32 {
        let larger = |i: usize| (self.trace[i] + self.cos[i].hypot(self.sin[i])) / 2.0;
        (0..self.trace.len()).map(larger).fold(0.0, f32::max)
    }
}
