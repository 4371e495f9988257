//! L-BFGS without line search, as both Torches do it (Liu & Nocedal 1989; torch.optim.LBFGS).

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::vector::{add_scaled, difference, dot, norm1, scaled};
use super::{Evaluation, Optimizer, Progress};

/// A pair is remembered only if its curvature is above this (torch.optim.LBFGS).
const MIN_CURVATURE: f64 = 1e-10;

/// L-BFGS's constants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LbfgsSettings {
    /// Number of remembered pairs.
    pub history: usize,
}

/// A remembered step with its change of gradient.
#[derive(Debug, Clone)]
struct Pair {
    step: Vec<f32>,
    change: Vec<f32>,
    /// 1 / (step · change).
    inverse: f64,
}

/// What the last step left behind.
#[derive(Debug, Clone)]
struct Last {
    gradient: Vec<f32>,
    step: Vec<f32>,
}

/// L-BFGS's state.
#[derive(Debug, Clone)]
pub struct Lbfgs {
    settings: LbfgsSettings,
    pairs: VecDeque<Pair>,
    last: Option<Last>,
    /// Scale of the initial inverse Hessian, once it is known.
    scale: Option<f64>,
}

/// L-BFGS's state but for its arrays.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LbfgsNumbers {
    scale: Option<f64>,
    /// 1 / (step · change) of every pair.
    inverses: Vec<f64>,
    /// Whether a step was done.
    moved: bool,
}

impl Lbfgs {
    /// A fresh state.
    pub fn new(settings: LbfgsSettings) -> Self {
        Self { settings, pairs: VecDeque::new(), last: None, scale: None }
    }

    /// Goes on at a point of another length. Pairs are forgotten; the scale of the inverse Hessian is kept, `factor` times as
    /// large, so that the first step is of full length instead of the tiny one of a fresh state.
    pub fn warm_start(&self, factor: f64) -> Self {
        Self { scale: self.scale.map(|scale| scale * factor), ..Self::new(self.settings) }
    }

    /// The state as numbers and arrays, which are added to those there.
    pub fn save<'a>(&'a self, arrays: &mut Vec<&'a [f32]>) -> LbfgsNumbers {
        arrays.extend(self.pairs.iter().flat_map(|pair| [pair.step.as_slice(), &pair.change]));
        arrays.extend(self.last.iter().flat_map(|last| [last.gradient.as_slice(), &last.step]));
        let inverses = self.pairs.iter().map(|pair| pair.inverse).collect();
        LbfgsNumbers { scale: self.scale, inverses, moved: self.last.is_some() }
    }

    /// The state that [`Lbfgs::save`] took apart; nothing if an array is missing.
    pub fn restore(
        settings: LbfgsSettings,
        numbers: &LbfgsNumbers,
        arrays: &mut impl Iterator<Item = Vec<f32>>,
    ) -> Option<Self> {
        let mut pair = |inverse: &f64| Some(Pair { step: arrays.next()?, change: arrays.next()?, inverse: *inverse });
        let pairs = numbers.inverses.iter().map(&mut pair).collect::<Option<_>>()?;
        let last = match numbers.moved {
            true => Some(Last { gradient: arrays.next()?, step: arrays.next()? }),
            false => None,
        };
        Some(Self { settings, pairs, last, scale: numbers.scale })
    }

    fn remember(&mut self, gradient: &[f32]) {
        let Some(last) = self.last.take() else { return };
        let change = difference(gradient, &last.gradient);
        let curvature = dot(&change, &last.step);
        if curvature > MIN_CURVATURE {
            self.scale = Some(curvature / dot(&change, &change));
            self.pairs.push_back(Pair { step: last.step, change, inverse: 1.0 / curvature });
            while self.pairs.len() > self.settings.history {
                self.pairs.pop_front();
            }
        }
    }

    /// The two-loop recursion: minus the inverse Hessian times the gradient.
    fn direction(&self, gradient: &[f32]) -> Vec<f32> {
        let mut direction = scaled(-1.0, gradient);
        let mut weights = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let weight = dot(&pair.step, &direction) * pair.inverse;
            add_scaled(&mut direction, -weight as f32, &pair.change);
            weights.push(weight);
        }
        let mut direction = scaled(self.scale.unwrap_or(1.0) as f32, &direction);
        for (pair, weight) in self.pairs.iter().zip(weights.into_iter().rev()) {
            let correction = weight - dot(&pair.change, &direction) * pair.inverse;
            add_scaled(&mut direction, correction as f32, &pair.step);
        }
        direction
    }
}

impl Optimizer for Lbfgs {
    fn step(&mut self, x: &mut [f32], at: &Evaluation) -> Progress {
        let gradient = &at.gradient;
        if gradient.iter().all(|g| *g == 0.0) {
            return Progress::Converged;
        }
        let first = self.last.is_none() && self.scale.is_none();
        self.remember(gradient);
        let direction = self.direction(gradient);
        if dot(gradient, &direction) > 0.0 {
            return Progress::Converged;
        }
        let length = if first { (1.0 / norm1(gradient)).min(1.0) } else { 1.0 };
        let step = scaled(length as f32, &direction);
        add_scaled(x, 1.0, &step);
        self.last = Some(Last { gradient: gradient.clone(), step });
        Progress::Moved
    }
}
