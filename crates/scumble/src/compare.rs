//! How far apart two pictures are.

use std::path::Path;

use scumble_core::Result;
use scumble_image::{Filter, Light, metrics, resize};
use scumble_neural::compare_features;
use scumble_nn::Device;
use serde::Serialize;

use crate::environment::Environment;
use crate::recipe::Recipe;

/// The measures of [`compare`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Comparison {
    /// Peak signal-to-noise ratio in dB; infinite for equal pictures, which JSON writes as null.
    pub psnr: f64,
    /// Structural similarity, at most 1.
    pub ssim: f64,
    /// Content loss of the default preset between the two, unweighted by strength.
    pub content_distance: f64,
    /// Style loss of the default preset between the two.
    pub style_distance: f64,
    /// Width of the comparison: the first picture's, in pixels.
    pub width: usize,
    /// Height of the comparison: the first picture's, in pixels.
    pub height: usize,
}

/// Compares two picture files; the second is resized to the first.
///
/// # Errors
/// If a picture cannot be read or is too small for the encoder's deepest layer.
pub fn compare(a: &Path, b: &Path, environment: &Environment) -> Result<Comparison> {
    let threads = environment.thread_pool()?;
    let device = Device::open(&environment.device)?;
    let a = scumble_image::open(a, &environment.limits)?.canvas;
    let b = scumble_image::open(b, &environment.limits)?.canvas;
    let params = Recipe::builder().build()?.parameters.into_neural()?;
    let weights = environment.models().resolve(&params.model)?;
    threads.install(|| {
        let (width, height) = (a.width(), a.height());
        let b = resize(&b, width, height, Filter::Bicubic, Light::Linear)?;
        let distance = compare_features(&a, &b, &params, &weights, &device)?;
        Ok(Comparison {
            psnr: metrics::psnr(&a, &b)?,
            ssim: metrics::ssim(&a, &b)?,
            content_distance: distance.content,
            style_distance: distance.style,
            width,
            height,
        })
    })
}
