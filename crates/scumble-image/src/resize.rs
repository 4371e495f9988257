//! Resampling by convolution with a filter that widens when shrinking, so that nothing aliases.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::F32;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use rayon::prelude::*;
use scumble_core::{Error, Result};

use crate::{Canvas, color, parallel};

/// How values between pixels are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// Triangle; never overshoots.
    Bilinear,
    /// Catmull–Rom cubic (a = −0.5), as Pillow's and, when shrinking, PyTorch's antialiased bicubic.
    Bicubic,
    /// Lanczos with three lobes: sharpest, rings most.
    Lanczos,
}

/// On which values a picture is resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Light {
    /// Amounts of light, as a lens would mix them.
    Linear,
    /// The sRGB-encoded values, as most neural style transfer programs do.
    Encoded,
}

/// Opacity below which a colour cannot be seen, and is not divided by.
const INVISIBLE: f32 = 1e-3;

/// The picture in another size, 0 to 1. Colours count by their opacity, so that those of transparent
/// pixels do not bleed. In its own size a picture stays as it is.
///
/// # Errors
/// `Fault::Parameter` if a side is 0, `Fault::Limit` if the result is too large to be addressed.
pub fn resize(canvas: &Canvas, width: usize, height: usize, filter: Filter, light: Light) -> Result<Canvas> {
    let (from, to) = ((canvas.width(), canvas.height()), (width, height));
    if from == to {
        return Ok(canvas.clone().clamped());
    }
    let mut planes = canvas.to_planar();
    if light == Light::Linear {
        parallel::map(&mut planes, color::srgb_to_linear);
    }
    let veiled = canvas.alpha().filter(|alpha| alpha.iter().any(|a| *a < 1.0));
    let (mut resized, alpha) = match veiled {
        Some(alpha) => {
            let (colours, alpha) = resize_veiled(&planes, alpha, from, to, filter)?;
            (colours, Some(alpha))
        }
        None => {
            let alpha = canvas.alpha().map(|_| vec![1.0; width * height]);
            (resize_planes(&planes, 3, from, to, filter)?, alpha)
        }
    };
    if light == Light::Linear {
        parallel::map(&mut resized, |v| color::linear_to_srgb(v.clamp(0.0, 1.0)));
    }
    Canvas::from_planar(width, height, &resized)?.with_alpha(alpha).map(Canvas::clamped)
}

/// Colour planes weighted by opacity, and the opacity. Where nothing can be seen, the plain colours.
fn resize_veiled(
    planes: &[f32],
    alpha: &[f32],
    from: (usize, usize),
    to: (usize, usize),
    filter: Filter,
) -> Result<(Vec<f32>, Vec<f32>)> {
    let plain = resize_planes(planes, 3, from, to, filter)?;
    let weighted: Vec<f32> =
        planes.chunks_exact(alpha.len()).flat_map(|plane| plane.iter().zip(alpha).map(|(v, a)| v * a)).collect();
    let weighted = resize_planes(&weighted, 3, from, to, filter)?;
    let alpha = resize_planes(alpha, 1, from, to, filter)?;
    let colours = weighted.iter().zip(&plain).enumerate().map(|(i, (weighted, plain))| {
        let a = alpha[i % alpha.len()];
        if a > INVISIBLE { weighted / a } else { *plain }
    });
    Ok((colours.collect(), alpha))
}

/// `count` planes in another size (width, height), without clamping: for values that are no colours.
///
/// # Errors
/// `Fault::Parameter` if a side is 0 or the number of values does not fit, `Fault::Limit` if the result is
/// too large to be addressed.
pub fn resize_planes(
    planes: &[f32],
    count: usize,
    from: (usize, usize),
    to: (usize, usize),
    filter: Filter,
) -> Result<Vec<f32>> {
    let area = checked_area(from)?;
    checked_area(to)?;
    if planes.len() != area.saturating_mul(count) {
        return Err(Error::parameter(format!(
            "{count} planes of {}x{} cannot hold {} values",
            from.0,
            from.1,
            planes.len()
        )));
    }
    if from == to {
        return Ok(planes.to_vec());
    }
    let resized = planes.par_chunks(area).map(|plane| resize_plane(plane, from, to, filter));
    Ok(resized.collect::<Result<Vec<_>>>()?.concat())
}

fn resize_plane(plane: &[f32], from: (usize, usize), to: (usize, usize), filter: Filter) -> Result<Vec<f32>> {
    let failed = |e: &dyn std::fmt::Display| {
        Error::limit(format!("cannot resize {}x{} to {}x{} ({e})", from.0, from.1, to.0, to.1))
    };
    let filter = match filter {
        Filter::Bilinear => FilterType::Bilinear,
        Filter::Bicubic => FilterType::CatmullRom,
        Filter::Lanczos => FilterType::Lanczos3,
    };
    let pixels: Vec<F32> = plane.iter().map(|v| F32::new(*v)).collect();
    let source = TypedImageRef::new(from.0 as u32, from.1 as u32, &pixels).map_err(|e| failed(&e))?;
    let mut target = TypedImage::<F32>::new(to.0 as u32, to.1 as u32);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter)).use_alpha(false);
    Resizer::new().resize_typed(&source, &mut target, &options).map_err(|e| failed(&e))?;
    Ok(target.pixels().iter().map(|p| p.0).collect())
}

/// The number of pixels, if it is not 0 and fits the resampler.
fn checked_area((width, height): (usize, usize)) -> Result<usize> {
    if width == 0 || height == 0 {
        return Err(Error::parameter(format!(
            "a picture cannot be {width}x{height} pixels, allowed is at least 1 a side"
        )));
    }
    let area = width.checked_mul(height).filter(|area| *area <= u32::MAX as usize);
    area.ok_or_else(|| {
        Error::limit(format!("a picture of {width}x{height} pixels is too large, allowed are {} in all", u32::MAX))
    })
}
