//! Sizes: how large the picture and its styles are at each scale, and how many steps each gets.

use crate::params::{NeuralParams, Rounding, SizeRule};

/// Width and height in pixels.
pub type Size = (usize, usize);

/// One scale of the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// The scale's nominal size, measured as the size rule says.
    pub size: u32,
    /// Steps.
    pub steps: u32,
}

/// The nominal sizes from the smallest to `end`: `round(end / 2^(i/2))` while at least `min`
/// (crowsonkb/style-transfer-pytorch). Never empty.
pub fn scale_sizes(min: u32, end: u32) -> Vec<u32> {
    let mut sizes = vec![end];
    for i in 1.. {
        let size = (f64::from(end) / 2f64.powf(f64::from(i) / 2.0)).round() as u32;
        if size < min.max(1) {
            break;
        }
        if sizes.last() != Some(&size) {
            sizes.push(size);
        }
    }
    sizes.reverse();
    sizes
}

/// The scales of a run with their steps.
pub fn scales(params: &NeuralParams) -> Vec<Scale> {
    let sizes = scale_sizes(params.min_size, params.size);
    let taper = |size: u32, steps: u32| match params.taper_from {
        Some(full) if size > full => (f64::from(steps) * f64::from(full) / f64::from(size)).ceil() as u32,
        _ => steps,
    };
    let steps = |i: usize| match params.scale_iterations.as_slice() {
        [] if i == 0 => params.initial_iterations.unwrap_or(params.iterations),
        [] => taper(sizes[i], params.iterations),
        list => list[i.min(list.len() - 1)],
    };
    sizes.iter().enumerate().map(|(i, size)| Scale { size: *size, steps: steps(i) }).collect()
}

/// A picture's size when `size` is applied by `rule`, keeping its proportions; sides are at least 1.
pub fn fit((width, height): Size, size: u32, rule: SizeRule, rounding: Rounding) -> Size {
    let (w, h, size) = (width as f64, height as f64, f64::from(size));
    let factor = match rule {
        SizeRule::Long => size / w.max(h),
        SizeRule::Short => size / w.min(h),
        SizeRule::Area => size / (w * h).sqrt(),
    };
    let side = |n: f64| round(n * factor, rounding).max(1.0) as usize;
    (side(w), side(h))
}

/// A style's size at a scale of nominal size `scale`.
pub fn style_fit(picture: Size, scale: u32, params: &NeuralParams) -> Size {
    let size = params
        .style_size
        .unwrap_or_else(|| round(f64::from(scale) * params.style_scale, params.rounding).max(1.0) as u32);
    let fitted = fit(picture, size, params.size_rule, params.rounding);
    if params.upscale_style || fitted.0 <= picture.0 { fitted } else { picture }
}

fn round(value: f64, rounding: Rounding) -> f64 {
    // The slack keeps a side that is a whole number but for the last bit of its quotient.
    const SLACK: f64 = 1e-9;
    match rounding {
        Rounding::Nearest => value.round(),
        Rounding::Up => (value - SLACK).ceil(),
        Rounding::Down => (value + SLACK).floor(),
    }
}
