//! Strokes moved by a style (after Kotovenko et al. 2021, "Rethinking Style Transfer: From Pixels to Parameterized
//! Brushstrokes"): the losses of image optimisation, minimised over places, sizes and colours of strokes instead of pixels.
//! Strokes stay strokes.
//!
//! ```text
//!  strokes ─ drawn softly ─► pixels ─ objective ─► slopes ─ through the drawing ─► strokes' gradient ─ Adam ─► strokes
//! ```

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_nn::{Device, Encoder, VggWeights};
use scumble_paint::Painting;
use scumble_paint::painters::{Painter, StepReport};
use scumble_paint::painting::Blend;
use scumble_paint::refine::{Descent, RefineParams};

use crate::objective::NeuralObjective;
use crate::optim::Objective;
use crate::params::{NeuralParams, PixelSpace};
use crate::tiling::Tiles;

/// A painting whose strokes are being moved by a style.
#[derive(Debug)]
pub struct StyledStrokes {
    painting: Painting,
    descent: Descent,
    steps: u32,
    objective: NeuralObjective,
    /// The content at the size of the work.
    content: Canvas,
}

impl StyledStrokes {
    /// Goes to work on a painting of `content`, for as many steps as `descent` says, on a copy of its `work_px`; the style is
    /// brought to the same longer side. The objective is that of `params`, whose pixels must be those of
    /// [`PixelSpace::Unit`].
    ///
    /// # Errors
    /// `Fault::Input` if strokes are washes, `Fault::Parameter` if pixels are of another space, and whatever keeps the
    /// objective from being made.
    pub fn new(
        painting: Painting,
        content: &Canvas,
        style: &Canvas,
        params: &NeuralParams,
        descent: RefineParams,
        weights: &VggWeights,
        device: &Device,
    ) -> Result<Self> {
        painting.check()?;
        if params.pixels != PixelSpace::Unit {
            return Err(Error::parameter("strokes are drawn in unit pixels; the objective's are others"));
        }
        if let Some(layer) = painting.layers.iter().find(|layer| layer.blend != Blend::Normal) {
            return Err(Error::input(format!("layer '{}' is of washes, which a style cannot move", layer.name))
                .hint("choose a preset whose strokes cover, such as oil"));
        }
        let longest = descent.work_px as usize;
        let (content, style) = (reduced(content, longest)?, reduced(style, longest)?);
        let size = |canvas: &Canvas| (canvas.width(), canvas.height());
        let encoder = Encoder::new(weights, params.padding, params.pooling, device);
        let tiles = Tiles::whole(size(&content));
        let planar = style.to_planar();
        let styles = [(1.0, planar.as_slice(), Tiles::whole(size(&style)))];
        let objective = NeuralObjective::new(&encoder, params, tiles, Some(&content.to_planar()), &styles)?;
        let steps = descent.steps;
        let descent = Descent::new(&painting, content.width(), content.height(), descent);
        Ok(Self { painting, descent, steps, objective, content })
    }

    /// How near the drawing is to the content: nearness is not what is sought here.
    fn report(&self, pixels: &[[f64; 3]]) -> StepReport {
        let differences = pixels.iter().zip(self.content.pixels()).map(|(drawn, wanted)| {
            drawn.iter().zip(wanted).map(|(a, b)| (255.0 * (a - f64::from(*b))).powi(2)).sum::<f64>()
        });
        let sse: f64 = differences.sum();
        let most = pixels.len() as f64 * 3.0 * 255.0 * 255.0;
        StepReport { strokes: self.painting.strokes.len(), sse: sse as u64, psnr: -10.0 * (sse / most).log10() }
    }
}

/// A picture with its longer side of `longest` pixels at most.
fn reduced(canvas: &Canvas, longest: usize) -> Result<Canvas> {
    let longer = canvas.width().max(canvas.height());
    if longer <= longest {
        return Ok(canvas.clone());
    }
    let side = |side: usize| ((side * longest) as f64 / longer as f64).round().max(1.0) as usize;
    Ok(resize(canvas, side(canvas.width()), side(canvas.height()), Filter::Lanczos, Light::Linear)?.clamped())
}

impl Painter for StyledStrokes {
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.descent.done() >= self.steps || self.painting.strokes.is_empty() {
            return Ok(None);
        }
        let pixels = self.descent.pixels();
        let point: Vec<f32> = (0..3).flat_map(|c| pixels.iter().map(move |pixel| pixel[c] as f32)).collect();
        let gradient = self.objective.evaluate(&point)?.gradient;
        let plane = pixels.len();
        let by_pixels: Vec<[f64; 3]> =
            (0..plane).map(|i| [0, 1, 2].map(|c| f64::from(gradient[c * plane + i]))).collect();
        self.descent.step(&by_pixels);
        self.descent.write(&mut self.painting);
        Ok(Some(self.report(&pixels)))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        f64::from(self.descent.done()) / f64::from(self.steps.max(1))
    }
}
