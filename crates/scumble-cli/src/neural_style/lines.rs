//! The lines the old programs print while they work.

use scumble::Step;
use scumble::params::OptimizerKind;

use super::options::Program;

/// What is printed when the optimiser starts.
pub fn started(optimizer: OptimizerKind) -> &'static str {
    match optimizer {
        OptimizerKind::Lbfgs => "Running optimization with L-BFGS",
        OptimizerKind::Adam => "Running optimization with ADAM",
    }
}

/// A step's losses: one line for each content and style layer, numbered, then their sum with the total
/// variation.
pub fn losses(step: &Step, program: Program) -> String {
    let number = |value: f64| match program {
        Program::Lua => format!("{value:.6}"),
        Program::Python => format!("{value}"),
    };
    let mut text = format!("Iteration {} / {}\n", step.step, step.steps);
    for (kind, title) in [("content", "Content"), ("style", "Style")] {
        let parts = step.parts.iter().filter(|(name, _)| name.starts_with(kind));
        for (i, (_, value)) in parts.enumerate() {
            text += &format!("  {title} {} loss: {}\n", i + 1, number(*value));
        }
    }
    text + &format!("  Total loss: {}\n", number(step.loss))
}
