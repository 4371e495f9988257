//! The running mean of a sequence of points.

/// Exponential moving average with bias correction (crowsonkb/style-transfer-pytorch).
#[derive(Debug, Clone)]
pub struct Average {
    decay: f64,
    /// Weight the zero start still has.
    rest: f64,
    mean: Vec<f32>,
}

impl Average {
    /// An empty average of points of `n` values; a decay of 0 keeps just the last point.
    pub fn new(decay: f64, n: usize) -> Self {
        Self { decay, rest: 1.0, mean: vec![0.0; n] }
    }

    /// Takes in a point.
    pub fn update(&mut self, x: &[f32]) {
        self.rest *= self.decay;
        let (keep, take) = (self.decay as f32, (1.0 - self.decay) as f32);
        for (mean, x) in self.mean.iter_mut().zip(x) {
            *mean = keep * *mean + take * x;
        }
    }

    /// The weight the zero start still has; the array is added to those there.
    pub fn save<'a>(&'a self, arrays: &mut Vec<&'a [f32]>) -> f64 {
        arrays.push(&self.mean);
        self.rest
    }

    /// The average that [`Average::save`] took apart; nothing if the array is missing.
    pub fn restore(decay: f64, rest: f64, arrays: &mut impl Iterator<Item = Vec<f32>>) -> Option<Self> {
        Some(Self { decay, rest, mean: arrays.next()? })
    }

    /// The average, or `None` before the first point.
    pub fn value(&self) -> Option<Vec<f32>> {
        let scale = (1.0 / (1.0 - self.rest)) as f32;
        (self.rest < 1.0).then(|| self.mean.iter().map(|v| v * scale).collect())
    }
}
