//! Pencil lines along the edges, over a painting.

use scumble_core::Result;
use scumble_image::Canvas;

use super::StrokesParams;
use crate::Painting;
use crate::painters::hatch::{HatchParams, Lead};
use crate::painters::{Hatch, Painter, StepReport};
use crate::painting::{Layer, Stroke};

/// Width of the lines and their median length, in pixels at 512, and their opacity.
const WIDTH: f64 = 1.1;
const LENGTH: f64 = 24.0;
const ALPHA: u8 = 55;

/// Draws the lines.
pub(super) struct Outline {
    hatch: Hatch,
    painting: Painting,
    /// Strokes below the lines.
    below: usize,
    /// Where the painting stood below them; reports leave lines out.
    report: StepReport,
}

impl Outline {
    /// Lines over a finished painting of a picture.
    ///
    /// # Errors
    /// If a parameter is out of range.
    pub fn new(mut painting: Painting, picture: &Canvas, params: &StrokesParams, report: StepReport) -> Result<Self> {
        let below = painting.strokes.len();
        let lines = HatchParams {
            tones: Vec::new(),
            width: WIDTH,
            spacing: 1.5,
            length: LENGTH,
            angle: 0.0,
            form: 1.0,
            outline: params.outline.unwrap_or_default(),
            shade: 0.0,
            lead: params.lead.unwrap_or(Lead::Grey),
            direction_smoothing: params.direction_smoothing,
            alpha: ALPHA,
            count: params.count.saturating_sub(below as u32).max(1),
            work_px: params.work_px,
            seed: params.seed,
            background: None,
            palette: params.palette.clone(),
            guides: params.guides.clone(),
        };
        let hatch = Hatch::new(picture, None, lines)?;
        for layer in &hatch.painting().layers {
            let brush = layer.brush + painting.brushes.len();
            painting.layers.push(Layer { brush, ..layer.clone() });
        }
        painting.brushes.extend_from_slice(&hatch.painting().brushes);
        Ok(Self { hatch, painting, below, report })
    }
}

impl Painter for Outline {
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.hatch.step()?.is_none() {
            return Ok(None);
        }
        let top = self.painting.layers.len() - 1;
        let drawn = self.painting.strokes.len() - self.below;
        let lines = self.hatch.painting().strokes[drawn..].iter().cloned();
        self.painting.strokes.extend(lines.map(|line| Stroke { layer: top, ..line }));
        Ok(Some(StepReport { strokes: self.painting.strokes.len(), ..self.report }))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        self.hatch.progress()
    }
}
