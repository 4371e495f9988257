//! Points drawn by where the picture is busy.

use scumble_core::Result;
use scumble_paint::fields::{Fields, FieldsOptions, density, points};

use super::working::Working;

/// Deviation of the blur before gradients are taken, in pixels (esimov/triangle blurs by 2).
const BLUR: f32 = 1.5;

/// About `count` points in pixels of the copy, evened out by `rounds` of weighted Lloyd: the share `even` is spread as if the
/// picture were flat, the rest in proportion to its gradients. Drawing both from one density keeps them apart from each other.
pub(super) fn spread(working: &Working, count: usize, even: f64, rounds: u32, seed: u64) -> Result<Vec<[f64; 2]>> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let options = FieldsOptions { blur: BLUR, spread: 0.0, ..FieldsOptions::new(1.0) };
    let fields = Fields::new(&working.canvas, &options)?;
    let mut wanted = density(fields.magnitudes(), working.width, [0.0, 1.0], None);
    let sum: f64 = wanted.iter().map(|value| f64::from(*value)).sum();
    let (busy, flat) = if sum > 0.0 { ((1.0 - even) / sum, even) } else { (0.0, 1.0) };
    let everywhere = flat / wanted.len() as f64;
    for value in &mut wanted {
        *value = (count as f64 * (f64::from(*value) * busy + everywhere)) as f32;
    }
    Ok(points(&wanted, working.width, seed, rounds).into_iter().map(|point| point.map(f64::from)).collect())
}
