//! Embedded ICC profiles to sRGB.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformF32Executor, TransformOptions};
use rayon::prelude::*;

use super::raw::replicate;
use crate::srgb;

/// Pixels converted at a time.
const BLOCK: usize = 1 << 14;
/// A profile that moves no colour further than this, one level of 8 bits, is sRGB written with other numbers: those in
/// circulation round the primaries differently, which shows most where a saturated colour has a channel near black.
const SRGB_TOLERANCE: f32 = 1.0 / 255.0;

/// The RGB values that `colour` stands for, given its profile; `colour` has one value a pixel if `grey`,
/// else three. A profile that cannot be used changes nothing: the picture is taken for sRGB, as programs
/// without colour management would.
pub(super) fn to_srgb(colour: Vec<f32>, grey: bool, icc: &[u8]) -> Vec<f32> {
    match transform(grey, icc).filter(|t| !is_srgb(t.as_ref(), grey)) {
        Some(transform) => convert(transform.as_ref(), &colour, grey),
        None if grey => replicate(&colour),
        None => colour,
    }
}

fn transform(grey: bool, icc: &[u8]) -> Option<std::sync::Arc<TransformF32Executor>> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    let (space, layout) = match grey {
        true => (DataColorSpace::Gray, Layout::Gray),
        false => (DataColorSpace::Rgb, Layout::Rgb),
    };
    if profile.color_space != space {
        return None;
    }
    let options = TransformOptions {
        // Curves in floating point: tables would cost 16-bit pictures their dark levels.
        allow_extended_range_rgb_xyz: true,
        prefer_fixed_point: false,
        ..TransformOptions::default()
    };
    let srgb = srgb::profile();
    profile.create_transform_f32(layout, &srgb, Layout::Rgb, options).ok()
}

fn convert(transform: &TransformF32Executor, colour: &[f32], grey: bool) -> Vec<f32> {
    let channels = if grey { 1 } else { 3 };
    let mut rgb = vec![0.0; colour.len() / channels * 3];
    colour.par_chunks(BLOCK * channels).zip(rgb.par_chunks_mut(BLOCK * 3)).for_each(|(from, to)| {
        // Lengths agree by construction, the only thing that can fail here; were it to, the
        // untouched colours of the block would be the best answer.
        if transform.transform(from, to).is_err() {
            to.copy_from_slice(&if grey { replicate(from) } else { from.to_vec() });
        }
    });
    rgb.iter_mut().for_each(|v| *v = if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 });
    rgb
}

/// Whether the transform leaves colours where they are.
fn is_srgb(transform: &TransformF32Executor, grey: bool) -> bool {
    let level = |i: usize| i as f32 / 8.0;
    let probes: Vec<f32> = match grey {
        true => (0..=8).map(level).collect(),
        false => (0..729).flat_map(|i| [level(i / 81), level(i / 9 % 9), level(i % 9)]).collect(),
    };
    let expected = if grey { replicate(&probes) } else { probes.clone() };
    let moved = convert(transform, &probes, grey);
    moved.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= SRGB_TOLERANCE)
}
