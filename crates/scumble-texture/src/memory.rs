//! What a synthesis takes of main memory, told before anything is made: Portilla–Simoncelli takes more than a kilobyte a pixel.

use scumble_core::{Error, Result};
use scumble_image::Canvas;

use crate::marginals::octaves;
use crate::params::{TextureMethod, TextureParams};
use crate::synthesise::{decide, size};

/// Bytes that [`quilt`](crate::quilt::quilt) and `auto` take to find an exemplar's period, whatever its size: copies of 512×512
/// cells, padded and transformed.
const PERIOD: f64 = 64e6;

/// Bytes that [`synthesise`](crate::synthesise()) takes at most, beside the exemplar and the guide. What was resident of
/// textures of 90 000 to 260 000 pixels, by 2 and by 16 threads, was a quarter more or less at most (`--example memory`);
/// quilting of blocks that are small for a large exemplar may take twice as much.
///
/// # Errors
/// As [`size`](crate::size()); `Fault::Parameter` if a guide is given to a method that takes none.
pub fn needed(exemplar: &Canvas, guide: Option<&Canvas>, params: &TextureParams) -> Result<u64> {
    let to = size(exemplar, guide, params)?;
    let from = [exemplar.width(), exemplar.height()];
    let method = decide(exemplar, guide, params.method)?.method;
    let chosen = if params.method == TextureMethod::Auto { PERIOD } else { 0.0 };
    Ok(of_method(method, exemplar, [from, to], params).max(chosen) as u64)
}

/// Refuses a texture that takes more than `budget` bytes of main memory, beside the exemplar and the guide.
///
/// # Errors
/// As [`needed`]; `Fault::Limit` says how much it takes and what is allowed.
pub fn fit(exemplar: &Canvas, guide: Option<&Canvas>, params: &TextureParams, budget: u64) -> Result<()> {
    let needed = needed(exemplar, guide, params)?;
    if needed <= budget {
        return Ok(());
    }
    let [width, height] = size(exemplar, guide, params)?;
    let method = decide(exemplar, guide, params.method)?.method.name();
    Err(Error::limit(format!(
        "a texture of {width}×{height} pixels by {method} from one of {}×{} needs {} MiB of memory, allowed are {} MiB",
        exemplar.width(),
        exemplar.height(),
        needed.div_ceil(1 << 20),
        budget >> 20
    ))
    .hint("choose a smaller size, a smaller exemplar or another method: quilt and phase take least"))
}

/// Bytes for an exemplar and a texture of these sizes. Planes have 8 bytes a pixel, spectra 16; the numbers that stand alone are
/// what is held for a while, as measured.
fn of_method(method: TextureMethod, exemplar: &Canvas, sizes: [[usize; 2]; 2], params: &TextureParams) -> f64 {
    let [from, to] = sizes.map(|[width, height]| (width * height) as f64);
    let orientations = f64::from(params.orientations);
    // Pixels of all octaves of a pyramid, of the picture's.
    let octaves_of_pyramid: f64 = (0..params.scales as i32).map(|octave| 0.25f64.powi(octave)).sum();
    let bands = orientations * octaves_of_pyramid;
    let filters = 8.0 + 8.0 * (octaves_of_pyramid + bands);
    match method {
        TextureMethod::Phase => (87.0 * from).max(97.0 * to),
        TextureMethod::Spectrum => (130.0 * from).max(81.0 * from + 207.0 * to),
        TextureMethod::HeegerBergen => {
            // The exemplar, its filters and, along three axes, its values and its bands' in order.
            let kept = (102.0 + filters + 24.0 * bands) * from;
            (kept + 95.0 * from).max(kept + (182.0 + filters + 8.0 * bands) * to)
        }
        TextureMethod::Wavelet => {
            let bands = (octaves(params.scales, sizes) + 1) as f64;
            let kept = (72.0 + 24.0 * bands) * from;
            (kept + 95.0 * from).max(kept + (129.0 + 8.0 * bands) * to)
        }
        TextureMethod::PortillaSimoncelli => {
            let grey = exemplar.pixels().iter().all(|[r, g, b]| r == g && g == b);
            let channels = if grey { 1.0 } else { 3.0 };
            // The exemplar is measured before the texture is begun.
            (72.0 + filters + channels * (64.0 + 52.0 * bands)) * from.max(to)
        }
        TextureMethod::Auto | TextureMethod::Quilt => PERIOD.max(40.0 * from + 30.0 * to),
    }
}
