//! Adam (Kingma and Ba 2015).

const BETA: [f64; 2] = [0.9, 0.999];
const EPSILON: f64 = 1e-12;

/// Moments of one number's gradient.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Adam {
    mean: f64,
    square: f64,
}

impl Adam {
    /// What to add to the number in step `t`, counted from 1.
    pub fn step(&mut self, gradient: f64, rate: f64, t: u32) -> f64 {
        self.mean = BETA[0] * self.mean + (1.0 - BETA[0]) * gradient;
        self.square = BETA[1] * self.square + (1.0 - BETA[1]) * gradient * gradient;
        let exponent = i32::try_from(t).unwrap_or(i32::MAX);
        let mean = self.mean / (1.0 - BETA[0].powi(exponent));
        let square = self.square / (1.0 - BETA[1].powi(exponent));
        -rate * mean / (square.sqrt() + EPSILON)
    }
}
