//! `cargo xtask samples`: paints the style pictures under `samples/style/`.
//!
//! They are made by this program alone, from a seed, so that nobody else holds rights in them.
//! A picture is a list of motifs painted back to front; each is covered by several passes of
//! strokes, broad to fine, along the motif's flow field.

use std::fs;
use std::path::Path;

use anyhow::Context;
use image::codecs::jpeg::JpegEncoder;

mod brush;
mod colour;
mod geometry;
mod grid;
mod night_hills;
mod noise;
mod painter;
mod random;
mod surface;
mod woodcut;

/// JPEG quality: bristles survive, and a picture stays under half a megabyte.
const QUALITY: u8 = 92;

/// Paints every style picture into `folder`, which is created if need be.
pub fn run(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    save(&night_hills::paint(), &folder.join("night-hills.jpg"))?;
    save(&woodcut::paint(), &folder.join("woodcut-waves.jpg"))
}

fn save(picture: &image::RgbImage, path: &Path) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture)?;
    fs::write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))
}
