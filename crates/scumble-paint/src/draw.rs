//! Pictures of a painting.

use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_image::Canvas;

use crate::Painting;
use crate::painting::{Blend, BrushKind, Stroke};
use crate::raster::{FINE, Scan};

/// Rows drawn at a time.
const BAND: usize = 64;
/// The most pixels of a picture.
const MOST_PIXELS: usize = 1 << 28;
/// The longest side of a picture, for which single precision places edges to 1/100 of a pixel.
const LONGEST: usize = 65_535;

/// Draws a painting of solid brushes in any size: its frame fills the picture. Edges are covered by share, colours
/// blended as sRGB-encoded values, as SVG viewers do.
///
/// # Errors
/// `Fault::Limit` if the picture would be empty or too large, `Fault::Input` if the painting is damaged or has other
/// brushes than solid ones.
pub fn draw(painting: &Painting, width: usize, height: usize) -> Result<Canvas> {
    painting.check()?;
    check_size(width, height)?;
    if let Some(layer) = painting.layers.iter().find(|layer| painting.brushes[layer.brush].kind != BrushKind::Solid) {
        return Err(Error::input(format!("layer '{}' is laid with a brush that is not solid", layer.name)));
    }
    let scale = [width as f32 / painting.width, height as f32 / painting.height];
    let mut canvas = Canvas::filled(width, height, painting.background);
    canvas.rgb_mut().par_chunks_mut(BAND * width * 3).enumerate().for_each(|(band, values)| {
        let rows = band * BAND..((band + 1) * BAND).min(height);
        let pixels = values.as_chunks_mut().0;
        let mut scan = Scan::new(width, rows.clone(), FINE, scale);
        for stroke in &painting.strokes {
            scan.trace(&stroke.geometry);
            lay(stroke, painting.layers[stroke.layer].blend, &mut scan, pixels, rows.start);
        }
    });
    Ok(canvas)
}

/// Checks whether a picture of this size can be drawn.
///
/// # Errors
/// `Fault::Limit` if it would be empty or too large.
pub fn check_size(width: usize, height: usize) -> Result<()> {
    let pixels = width.checked_mul(height).unwrap_or(usize::MAX);
    if width.min(height) == 0 || width.max(height) > LONGEST || pixels > MOST_PIXELS {
        return Err(Error::limit(format!(
            "a picture of {width}×{height} pixels cannot be drawn, allowed are sides of 1 to {LONGEST} and \
             {MOST_PIXELS} pixels in all"
        ))
        .hint("choose a smaller size"));
    }
    Ok(())
}

/// Lays a traced stroke on rows from `first` on.
fn lay(stroke: &Stroke, blend: Blend, scan: &mut Scan, pixels: &mut [[f32; 3]], first: usize) {
    let width = scan.width();
    scan.runs(|run| {
        let a = stroke.alpha * run.cover;
        let row = (run.y - first) * width;
        for pixel in &mut pixels[row + run.start..row + run.end] {
            for (below, colour) in pixel.iter_mut().zip(stroke.colour) {
                let above = match blend {
                    Blend::Normal => colour,
                    Blend::Multiply => *below * colour,
                };
                *below += a * (above - *below);
            }
        }
    });
}
