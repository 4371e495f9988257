//! Pictures at the size of a comparison, so that no program resizes.

use std::path::Path;

use anyhow::Result;
use scumble_image::{Canvas, EncodeOptions, Filter, Format, Light, Limits};

/// Writes a picture with its longer side of `size` pixels.
pub fn reduce(from: &Path, to: &Path, size: usize) -> Result<()> {
    let picture = scumble_image::open(from, &Limits::default())?.canvas;
    let factor = size as f64 / picture.width().max(picture.height()) as f64;
    let side = |n: usize| ((n as f64 * factor).round() as usize).max(1);
    write(&picture, to, side(picture.width()), side(picture.height()))
}

/// Writes a picture at this size, whatever its proportions.
pub fn reduce_to(from: &Path, to: &Path, width: usize, height: usize) -> Result<()> {
    write(&scumble_image::open(from, &Limits::default())?.canvas, to, width, height)
}

fn write(picture: &Canvas, to: &Path, width: usize, height: usize) -> Result<()> {
    let small = scumble_image::resize(picture, width, height, Filter::Lanczos, Light::Linear)?;
    let bytes = scumble_image::encode(&small, Format::Png, &EncodeOptions::default())?;
    scumble_image::write_atomically(to, &bytes)?;
    Ok(())
}
