//! Adam (Kingma & Ba 2014), as torch does it.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Evaluation, Optimizer, Progress};

/// Adam's constants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AdamSettings {
    /// Step size in units of the point.
    pub learning_rate: f64,
    /// Decay of the gradient's running mean, 0 to below 1.
    pub beta1: f64,
    /// Decay of the squared gradient's running mean, 0 to below 1.
    pub beta2: f64,
    /// Added to the denominator.
    pub epsilon: f64,
    /// Smallest and largest value of the point after a step, if bounded.
    pub bounds: Option<(f32, f32)>,
}

/// Adam's state: two running means and a step counter.
#[derive(Debug, Clone)]
pub struct Adam {
    settings: AdamSettings,
    mean: Vec<f32>,
    square: Vec<f32>,
    steps: i32,
}

/// Adam's state but for its arrays.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdamNumbers {
    /// Steps done.
    pub steps: i32,
}

impl Adam {
    /// A fresh state for a point of `n` values.
    pub fn new(settings: AdamSettings, n: usize) -> Self {
        Self { settings, mean: vec![0.0; n], square: vec![0.0; n], steps: 0 }
    }

    /// Carries the state over to a point of another length: both running means are mapped, the step
    /// counter goes on. The second is kept non-negative (crowsonkb/style-transfer-pytorch).
    pub fn warm_start<E>(
        &self,
        mut mean: impl FnMut(&[f32]) -> Result<Vec<f32>, E>,
        mut square: impl FnMut(&[f32]) -> Result<Vec<f32>, E>,
    ) -> Result<Self, E> {
        let mut squares = square(&self.square)?;
        squares.par_iter_mut().for_each(|v| *v = v.max(0.0));
        Ok(Self { settings: self.settings, mean: mean(&self.mean)?, square: squares, steps: self.steps })
    }

    /// The state as numbers and arrays, which are added to those there.
    pub fn save<'a>(&'a self, arrays: &mut Vec<&'a [f32]>) -> AdamNumbers {
        arrays.extend([self.mean.as_slice(), &self.square]);
        AdamNumbers { steps: self.steps }
    }

    /// The state that [`Adam::save`] took apart; nothing if an array is missing.
    pub fn restore(
        settings: AdamSettings,
        numbers: &AdamNumbers,
        arrays: &mut impl Iterator<Item = Vec<f32>>,
    ) -> Option<Self> {
        Some(Self { settings, mean: arrays.next()?, square: arrays.next()?, steps: numbers.steps })
    }

    /// The running means of gradient and squared gradient.
    pub fn moments(&self) -> (&[f32], &[f32]) {
        (&self.mean, &self.square)
    }
}

impl Optimizer for Adam {
    fn step(&mut self, x: &mut [f32], at: &Evaluation) -> Progress {
        let AdamSettings { learning_rate, beta1, beta2, epsilon, bounds } = self.settings;
        self.steps += 1;
        let step = (learning_rate / (1.0 - beta1.powi(self.steps))) as f32;
        let root = (1.0 - beta2.powi(self.steps)).sqrt() as f32;
        let (b1, b2, epsilon) = (beta1 as f32, beta2 as f32, epsilon as f32);
        let (c1, c2) = ((1.0 - beta1) as f32, (1.0 - beta2) as f32);
        let moments = self.mean.par_iter_mut().zip(&mut self.square);
        x.par_iter_mut().zip(&at.gradient).zip(moments).with_min_len(4096).for_each(|((x, g), (m, v))| {
            *m = b1 * *m + c1 * g;
            *v = b2 * *v + c2 * g * g;
            *x -= step * *m / (v.sqrt() / root + epsilon);
            if let Some((low, high)) = bounds {
                *x = x.clamp(low, high);
            }
        });
        Progress::Moved
    }
}
