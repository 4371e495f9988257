//! Painterly filters: each works on every pixel at once, without strokes, for first looks and as layers of other pictures.
//!
//! Sizes are for a picture whose shorter side is 512 pixels and grow with it. Transparency is kept as it is. Results do not
//! depend on the number of threads.

mod histogram;
mod kuwahara;
mod xdog;

use rayon::prelude::*;
use scumble_core::Result;
use scumble_image::Canvas;

pub use histogram::{HistogramParams, histogram_oil};
pub use kuwahara::{KuwaharaParams, kuwahara};
pub use xdog::{XdogParams, xdog};

/// The largest size parameter in pixels at 512, which bounds the work a pixel needs.
const LARGEST: f64 = 32.0;

/// A picture with the transparency of `picture`, of which each row is made by itself.
fn by_rows(picture: &Canvas, row: impl Fn(usize, &mut [[f32; 3]]) + Sync) -> Result<Canvas> {
    let width = picture.width();
    let mut rgb = vec![0.0; picture.rgb().len()];
    rgb.par_chunks_mut(width * 3).enumerate().for_each(|(y, values)| row(y, values.as_chunks_mut().0));
    Canvas::new(width, picture.height(), rgb)?.with_alpha(picture.alpha().map(<[f32]>::to_vec))
}
