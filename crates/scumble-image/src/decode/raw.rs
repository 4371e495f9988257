//! Decoded values, on their way to a canvas.

use rayon::prelude::*;
use scumble_core::Result;

use super::orientation::Orientation;
use super::{Picture, Source, profile};
use crate::{Canvas, Depth};

/// Values as decoders hand them out.
pub(super) enum Samples {
    /// 0 to 255.
    Eight(Vec<u8>),
    /// 0 to 65535.
    Sixteen(Vec<u16>),
    /// Nominally 0 to 1.
    Float(Vec<f32>),
}

/// A decoded picture before orientation and colour are applied.
pub(super) struct Raw {
    pub width: usize,
    pub height: usize,
    /// Interleaved values a pixel: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
    pub channels: usize,
    /// `width · height · channels` values.
    pub samples: Samples,
    pub icc: Option<Vec<u8>>,
    pub orientation: Orientation,
    pub recipe: Option<String>,
}

impl Raw {
    /// The picture: in sRGB, upright, 0 to 1.
    pub fn into_picture(self, source: &Source<'_>) -> Result<Picture> {
        let (depth, values) = match self.samples {
            Samples::Eight(v) => (Depth::Eight, scaled(&v, 255.0)),
            Samples::Sixteen(v) => (Depth::Sixteen, scaled(&v, 65_535.0)),
            Samples::Float(v) => (Depth::Sixteen, v),
        };
        let area = self.width * self.height;
        if values.len() != area * self.channels {
            return Err(source.damaged(format!(
                "it holds {} values instead of {}",
                values.len(),
                area * self.channels
            )));
        }
        let (colour, alpha) = split_alpha(values, self.channels);
        let rgb = match (colour.len() == area, self.icc) {
            (grey, Some(icc)) => profile::to_srgb(colour, grey, &icc),
            (true, None) => replicate(&colour),
            (false, None) => colour,
        };
        let upright = |values: &[f32], channels| self.orientation.apply(values, channels, self.width, self.height);
        let (width, height) = self.orientation.sides(self.width, self.height);
        let alpha = alpha.map(|alpha| upright(&alpha, 1));
        let canvas = Canvas::new(width, height, upright(&rgb, 3))
            .and_then(|canvas| canvas.with_alpha(alpha))
            .map_err(|e| e.context(source.name))?
            .clamped();
        Ok(Picture { canvas, depth, recipe: self.recipe })
    }
}

/// Grey as RGB.
pub(super) fn replicate(grey: &[f32]) -> Vec<f32> {
    grey.iter().flat_map(|v| [*v; 3]).collect()
}

/// Integers as fractions of `full`.
fn scaled<T: Copy + Sync + Into<f32>>(values: &[T], full: f32) -> Vec<f32> {
    values.par_iter().map(|v| (*v).into() / full).collect()
}

/// Colours (1 or 3 values a pixel) and alpha, where the values have it.
fn split_alpha(values: Vec<f32>, channels: usize) -> (Vec<f32>, Option<Vec<f32>>) {
    if channels % 2 == 1 {
        return (values, None);
    }
    let pixels = || values.chunks_exact(channels);
    let colour = pixels().flat_map(|p| p[..channels - 1].iter().copied()).collect();
    (colour, Some(pixels().map(|p| p[channels - 1]).collect()))
}
