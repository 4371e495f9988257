//! L-BFGS and Adam, point by point, against torch's (`reference/neural/make_adam_lbfgs.py`).

use std::path::PathBuf;

use scumble_neural::optim::{Adam, AdamSettings, Average, Evaluation, Lbfgs, LbfgsSettings, Optimizer};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
struct Run {
    problem: String,
    function: String,
    #[serde(default)]
    k: f64,
    optimizer: String,
    #[serde(default)]
    history: usize,
    /// Every point in double precision.
    x: Vec<Vec<f64>>,
    single: Single,
    #[serde(default)]
    average: Vec<Vec<f64>>,
}

#[derive(Debug, Deserialize)]
struct Single {
    /// How far torch's own single precision was off at each point; `None` where the point is zero.
    digits: Vec<Option<f64>>,
}

fn runs() -> Vec<Run> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../reference/neural/data/optimisers.json");
    let text = std::fs::read_to_string(path).expect("the reference lies in the repository");
    serde_json::from_str(&text).expect("runs")
}

fn rosenbrock(x: &[f64], k: f64) -> Vec<f64> {
    let mut gradient = vec![0.0; x.len()];
    for i in 0..x.len() - 1 {
        let rise = x[i + 1] - x[i] * x[i];
        gradient[i] += -4.0 * k * x[i] * rise - 2.0 * (1.0 - x[i]);
        gradient[i + 1] += 2.0 * k * rise;
    }
    gradient
}

fn quartic(x: &[f64]) -> Vec<f64> {
    let sum: f64 = x.iter().map(|v| v - 1.0).sum();
    let gradient = x.iter().enumerate().map(|(i, v)| {
        let d = v - 1.0;
        2.0 * (i + 1) as f64 * d + d.powi(3) + 2.0 * sum
    });
    gradient.collect()
}

fn evaluate(run: &Run, x: &[f32]) -> Evaluation {
    let x: Vec<f64> = x.iter().map(|v| f64::from(*v)).collect();
    let gradient = if run.function == "quartic" { quartic(&x) } else { rosenbrock(&x, run.k) };
    // The optimisers look at the gradient alone.
    Evaluation { loss: 0.0, gradient: gradient.into_iter().map(|v| v as f32).collect() }
}

/// Largest deviation relative to the largest entry.
fn deviation(found: &[f32], expected: &[f64]) -> f64 {
    let largest = expected.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    let off = found.iter().zip(expected).fold(0.0f64, |m, (a, b)| m.max((f64::from(*a) - b).abs()));
    if largest == 0.0 { off } else { off / largest }
}

fn optimizer(run: &Run) -> Box<dyn Optimizer> {
    if run.optimizer == "lbfgs" {
        return Box::new(Lbfgs::new(LbfgsSettings { history: run.history }));
    }
    let settings = AdamSettings { learning_rate: 0.02, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, bounds: None };
    Box::new(Adam::new(settings, run.x[0].len()))
}

#[test]
fn every_point_is_torchs() {
    let mut compared = 0;
    for run in runs() {
        let case = format!("{} {} {}", run.problem, run.optimizer, run.history);
        let mut optimizer = optimizer(&run);
        let mut x: Vec<f32> = run.x[0].iter().map(|v| *v as f32).collect();
        // L-BFGS without line search leaps, and a leap magnifies rounding, in every program differently:
        // torch in single precision soon leaves torch in double. We are compared as long as it does not.
        for (step, expected) in run.x.iter().enumerate().skip(1) {
            let at = evaluate(&run, &x);
            optimizer.step(&mut x, &at);
            if run.single.digits[step].unwrap_or(0.0) > 1e-5 {
                break;
            }
            let ours = deviation(&x, expected);
            assert!(ours < 1e-3, "{case}, point {step}: {ours:.1e} off");
            compared += 1;
        }
    }
    assert!(compared > 600, "only {compared} points were compared");
}

#[test]
fn the_average_is_the_recorded_one() {
    for run in runs().iter().filter(|run| !run.average.is_empty()) {
        let mut average = Average::new(0.99, run.x[0].len());
        for (x, expected) in run.x[1..].iter().zip(&run.average) {
            let x: Vec<f32> = x.iter().map(|v| *v as f32).collect();
            average.update(&x);
            let found = average.value().expect("a value after a point");
            // Fifty sums in single precision.
            assert!(deviation(&found, expected) < 5e-6, "{}", run.problem);
        }
    }
}
