//! Medians and the table.

/// What one program did.
#[derive(Debug, Default)]
pub struct Measured {
    /// Seconds of every step of every round, the first of each left out: it warms caches up.
    pub seconds: Vec<f64>,
    /// What it found at every evaluation of the last round, before the picture is clamped.
    pub losses: Vec<f64>,
    /// The judge's loss of its saved picture, which is clamped.
    pub saved: f64,
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

/// The largest difference of two courses of a loss at equal steps, as a share of the second.
pub fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max)
}

/// Prints both with their ratios; `start` is the judge's loss of the picture they start from.
pub fn print(pastiche: &Measured, scumble: &Measured, start: f64) {
    let row = |name: &str, seconds: f64, [first, last, saved]: [f64; 3]| {
        println!("{name:<10} {seconds:>10.4} {first:>14.4} {last:>14.4} {saved:>14.4}");
    };
    let losses = |m: &Measured| {
        let end = |loss: Option<&f64>| loss.copied().unwrap_or(f64::NAN);
        [end(m.losses.first()), end(m.losses.last()), m.saved]
    };
    let (theirs, ours) = (median(&pastiche.seconds), median(&scumble.seconds));
    let (their_losses, our_losses) = (losses(pastiche), losses(scumble));
    println!("{:<10} {:>10} {:>14} {:>14} {:>14}", "", "s/step", "first loss", "last loss", "saved");
    row("pastiche", theirs, their_losses);
    row("scumble", ours, our_losses);
    row("ratio", theirs / ours, std::array::from_fn(|i| our_losses[i] / their_losses[i]));
    println!("ratio: pastiche's seconds over scumble's, scumble's loss over pastiche's");
    println!("the judge's loss of the start: {start:.4}");
    let apart = 100.0 * apart(&scumble.losses, &pastiche.losses);
    println!("losses apart at equal steps: at most {apart:.2} %");
}
