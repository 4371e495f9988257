//! A run between two steps.

use scumble_core::{Error, Result, Step};
use scumble_image::{Filter, resize_planes};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::optim::{Adam, AdamNumbers, AdamSettings, Average, Evaluation, Lbfgs, LbfgsNumbers, LbfgsSettings};
use crate::optim::{Optimizer, Progress};
use crate::optimise::Optimisation;
use crate::params::OptimizerKind;
use crate::schedule::Size;

/// All that, beside the optimisation itself, decides how a run goes on.
#[derive(Debug, Clone)]
pub struct State {
    pub(crate) stage: usize,
    /// Steps done at this stage.
    pub(crate) step: usize,
    pub(crate) size: Size,
    pub(crate) point: Vec<f32>,
    pub(crate) optimizer: AnyOptimizer,
    pub(crate) average: Option<Average>,
    pub(crate) trace: Vec<Step>,
}

/// The optimisers there are.
#[derive(Debug, Clone)]
pub(crate) enum AnyOptimizer {
    Adam(Adam),
    Lbfgs(Lbfgs),
}

impl AnyOptimizer {
    fn fresh(optimisation: &Optimisation, n: usize) -> Self {
        match optimisation.params.optimizer {
            OptimizerKind::Adam => Self::Adam(Adam::new(adam_settings(optimisation), n)),
            OptimizerKind::Lbfgs => Self::Lbfgs(Lbfgs::new(lbfgs_settings(optimisation))),
        }
    }

    pub(crate) fn step(&mut self, x: &mut [f32], at: &Evaluation) -> Progress {
        match self {
            Self::Adam(adam) => adam.step(x, at),
            Self::Lbfgs(lbfgs) => lbfgs.step(x, at),
        }
    }
}

fn adam_settings(optimisation: &Optimisation) -> AdamSettings {
    let p = &optimisation.params;
    AdamSettings {
        learning_rate: p.learning_rate,
        beta1: p.beta1,
        beta2: p.beta2,
        epsilon: p.epsilon,
        bounds: p.pixels.bounds(),
    }
}

fn lbfgs_settings(optimisation: &Optimisation) -> LbfgsSettings {
    let p = &optimisation.params;
    LbfgsSettings { history: p.lbfgs_history as usize }
}

fn average(optimisation: &Optimisation, n: usize) -> Option<Average> {
    let p = &optimisation.params;
    p.averages().then(|| Average::new(p.avg_decay, n))
}

impl State {
    /// Before the first step.
    pub(crate) fn first(optimisation: &Optimisation) -> Result<Self> {
        let size = optimisation.sizes[0];
        let point = optimisation.start(size, &optimisation.styles_at(optimisation.scales[0])?)?;
        let optimizer = AnyOptimizer::fresh(optimisation, point.len());
        let average = average(optimisation, point.len());
        Ok(Self { stage: 0, step: 0, size, point, optimizer, average, trace: Vec::new() })
    }

    /// What is shown: the average of the points, where there is one.
    pub(crate) fn shown(&self) -> Vec<f32> {
        self.average.as_ref().and_then(Average::value).unwrap_or_else(|| self.point.clone())
    }

    /// Carries what is shown to the next scale. Adam's state goes with it (crowsonkb: first moment bicubic, second bilinear),
    /// of L-BFGS's the scale.
    pub(crate) fn enter_next_scale(&mut self, optimisation: &Optimisation) -> Result<()> {
        let (from, to) = (self.size, optimisation.sizes[self.stage + 1]);
        let mut point = resize_planes(&self.shown(), 3, from, to, Filter::Bicubic)?;
        if let Some((low, high)) = optimisation.params.pixels.bounds() {
            point.iter_mut().for_each(|v| *v = v.clamp(low, high));
        }
        self.optimizer = match &self.optimizer {
            AnyOptimizer::Adam(adam) => AnyOptimizer::Adam(adam.warm_start(
                |mean| resize_planes(mean, 3, from, to, Filter::Bicubic),
                |square| resize_planes(square, 3, from, to, Filter::Bilinear),
            )?),
            // Losses are means over positions: a value's gradient falls, and what a step needs grows, as there are more of them.
            AnyOptimizer::Lbfgs(lbfgs) => {
                AnyOptimizer::Lbfgs(lbfgs.warm_start(point.len() as f64 / self.point.len() as f64))
            }
        };
        self.average = average(optimisation, point.len());
        (self.point, self.size, self.stage, self.step) = (point, to, self.stage + 1, 0);
        Ok(())
    }
}

/// What is saved of a state as text; the rest are arrays.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    stage: usize,
    step: usize,
    optimizer: Numbers,
    /// Weight the average's zero start still has.
    average_rest: Option<f64>,
    trace: Vec<Step>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Numbers {
    Adam(AdamNumbers),
    Lbfgs(LbfgsNumbers),
}

impl State {
    /// Text and arrays of which [`Optimisation::restore`] makes the state again, bit for bit. All arrays are as long as the
    /// point: three values a pixel.
    ///
    /// # Errors
    /// If the numbers cannot be put into text.
    pub fn save(&self) -> Result<(Value, Vec<&[f32]>)> {
        let mut arrays = vec![self.point.as_slice()];
        let optimizer = match &self.optimizer {
            AnyOptimizer::Adam(adam) => Numbers::Adam(adam.save(&mut arrays)),
            AnyOptimizer::Lbfgs(lbfgs) => Numbers::Lbfgs(lbfgs.save(&mut arrays)),
        };
        let average_rest = self.average.as_ref().map(|average| average.save(&mut arrays));
        let head = Head { stage: self.stage, step: self.step, optimizer, average_rest, trace: self.trace.clone() };
        let text = serde_json::to_value(head).map_err(|e| Error::io(format!("cannot save the run: {e}")))?;
        Ok((text, arrays))
    }
}

impl Optimisation {
    /// The state that [`State::save`] took apart.
    ///
    /// # Errors
    /// [`Fault::Input`](scumble_core::Fault::Input) if it is not one of this optimisation.
    pub fn restore(&self, text: &Value, arrays: Vec<Vec<f32>>) -> Result<State> {
        let wrong = |what: &str| {
            Error::input(format!("it is not of this run: {what}")).hint("damaged, or of another version of scumble")
        };
        let head: Head = serde_json::from_value(text.clone()).map_err(|e| wrong(&e.to_string()))?;
        let scale = self.scales.get(head.stage).ok_or_else(|| wrong("there are not so many scales"))?;
        let size = self.sizes[head.stage];
        let length = 3 * size.0 * size.1;
        if head.step > scale.steps as usize || arrays.iter().any(|array| array.len() != length) {
            return Err(wrong("its steps or its size are others"));
        }
        if arrays.iter().flatten().any(|value| value.is_nan()) {
            return Err(wrong("a value is not a number"));
        }
        let mut arrays = arrays.into_iter();
        let missing = || wrong("a part is missing");
        let point = arrays.next().ok_or_else(missing)?;
        let optimizer = match (head.optimizer, self.params.optimizer) {
            (Numbers::Adam(numbers), OptimizerKind::Adam) => {
                // Adam counts the steps of all scales; a count of its own could be any number.
                if usize::try_from(numbers.steps) != Ok(head.trace.len()) {
                    return Err(wrong("its optimiser has done other steps"));
                }
                Adam::restore(adam_settings(self), &numbers, &mut arrays).map(AnyOptimizer::Adam)
            }
            (Numbers::Lbfgs(numbers), OptimizerKind::Lbfgs) => {
                Lbfgs::restore(lbfgs_settings(self), &numbers, &mut arrays).map(AnyOptimizer::Lbfgs)
            }
            _ => return Err(wrong("its optimiser is another")),
        };
        let average = match (head.average_rest, average(self, 0)) {
            (Some(rest), Some(_)) => {
                if !(0.0..=1.0).contains(&rest) {
                    return Err(wrong("a weight is out of range"));
                }
                Some(Average::restore(self.params.avg_decay, rest, &mut arrays).ok_or_else(missing)?)
            }
            (None, None) => None,
            _ => return Err(wrong("its averaging is another")),
        };
        let optimizer = optimizer.ok_or_else(missing)?;
        if arrays.next().is_some() {
            return Err(wrong("there is a part too many"));
        }
        Ok(State { stage: head.stage, step: head.step, size, point, optimizer, average, trace: head.trace })
    }
}
