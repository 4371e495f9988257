//! Greedy shapes (after fogleman/primitive): each shape is the best that several random searches find for what the
//! shapes before it have left, and is kept only if the picture gains by it.
//!
//! Differences to primitive: centres are drawn where the error is, sizes fall with it, opacity is solved with the
//! colour, shapes are judged by sums over rows in place of their pixels, the last improvement and what is kept go by
//! coverage, and a shape that gains nothing is never kept.

mod guide;
mod mutate;
mod params;
mod sample;
mod search;
mod shape;
pub(super) mod valid;

use rayon::prelude::*;
use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use params::{Level, ShapeKind, ShapesParams};

use self::guide::Guide;
use self::sample::Sampler;
use self::search::{Found, Probe, Search};
use self::valid::Limits;
pub use super::HexColour;
use super::working::{self, level, unit};
use super::{Painter, StepReport};
use crate::Painting;
use crate::dice::Dice;
use crate::energy::{Easel, Paint};
use crate::painting::{Blend, BrushKind, Stroke};
use crate::raster::{FINE, Scan};

/// Searches in a row that may find nothing before the painting counts as finished.
const ATTEMPTS: usize = 4;
/// The restart that stands for the first finalist's last improvement; those after it for the others'.
const POLISH: usize = 250;
/// The stage under which this painter draws random numbers.
const STAGE: u64 = 0x7368_6170;

/// The painter of greedy shapes.
#[derive(Debug, Clone)]
pub struct Greedy {
    params: ShapesParams,
    paint: Paint,
    painting: Painting,
    easel: Easel,
    guide: Guide,
    /// Sum of squared differences of the empty ground.
    first_sse: u64,
    finished: bool,
}

impl Greedy {
    /// A painter of a picture. Transparent parts show the ground. `importance` says how much each of the picture's
    /// pixels counts, from 0 to 1, if they differ; it is kept in fifteenths.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range; `Fault::Input` if the importance map does not fit the picture,
    /// is out of range or zero everywhere.
    pub fn new(picture: &Canvas, importance: Option<&[f32]>, params: ShapesParams) -> Result<Self> {
        params.validate()?;
        let ground = params.background.map_or_else(|| working::ground_colour(picture), |colour| colour.0);
        let easel = working::easel(picture, importance, params.work_px as usize, ground)?;
        let frame = [picture.width() as f32, picture.height() as f32];
        let mut painting = Painting::new(frame[0], frame[1], ground.map(unit), params.seed);
        painting.palette = params.palette.iter().map(|colour| colour.0.map(unit)).collect();
        let guide = Guide::new(&easel);
        let first_sse = easel.sse();
        Ok(Self { paint: params.paint(), params, painting, easel, guide, first_sse, finished: false })
    }

    /// Goes on with a painting of the same picture: the steps are those that would have followed.
    ///
    /// # Errors
    /// As [`Greedy::new`]; `Fault::Input` if the painting is of another frame, ground or brush than this painter's.
    pub fn resume(
        painting: Painting,
        picture: &Canvas,
        importance: Option<&[f32]>,
        params: ShapesParams,
    ) -> Result<Self> {
        let mut painter = Self::new(picture, importance, params)?;
        painting.check()?;
        let fresh = &painter.painting;
        let differs = |what: &str| {
            let error = Error::input(format!("the painting cannot be continued: its {what} is another"));
            Err(error.hint("continue with the picture and the parameters it was begun with"))
        };
        if (painting.width, painting.height) != (fresh.width, fresh.height) {
            return differs("frame");
        }
        if painting.background != fresh.background {
            return differs("background");
        }
        if painting.seed != fresh.seed {
            return differs("seed");
        }
        let solid = painting.brushes.iter().all(|brush| brush.kind == BrushKind::Solid);
        if !solid || painting.layers.iter().any(|layer| layer.blend != Blend::Normal) {
            return differs("brush or blending");
        }
        let mut scan = painter.fine_scan();
        for stroke in &painting.strokes {
            scan.trace(&stroke.geometry);
            painter.easel.lay(&mut scan, stroke.colour.map(level), level(stroke.alpha).max(1));
        }
        painter.guide.update(&painter.easel, 0..painter.easel.height());
        painter.painting = painting;
        Ok(painter)
    }

    /// Where the painting stands.
    pub fn report(&self) -> StepReport {
        StepReport { strokes: self.painting.strokes.len(), sse: self.easel.sse(), psnr: self.easel.psnr() }
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.painting
    }

    /// Lays the best shape of one round of searches; says whether the picture gained.
    fn attempt(&mut self, attempt: usize) -> bool {
        let stroke = self.painting.strokes.len();
        let place = (stroke as u64) << 16 | (attempt as u64 & 0xff) << 8;
        let dice = |restart: usize| Dice::new(self.params.seed, STAGE, place | (restart as u64 & 0xff));
        let search = self.search();
        let found: Vec<Found> = (0..search.effort.restarts)
            .into_par_iter()
            .map_init(|| Probe::new(&self.easel), |probe, restart| search.run(probe, &mut dice(restart)))
            .collect();
        let mut found: Vec<Found> = found.into_iter().filter(|found| found.change < 0.0).collect();
        found.sort_by(|a, b| a.change.total_cmp(&b.change));
        found.truncate(search.effort.finalists);
        found.par_iter_mut().enumerate().for_each(|(i, found)| search.polish(found, &mut dice(POLISH + i)));
        let best = found.into_iter().min_by(|a, b| a.change.total_cmp(&b.change));
        let Some(best) = best.filter(|best| best.change < 0.0) else { return false };
        self.lay(&best)
    }

    fn search(&self) -> Search<'_> {
        let size = [self.easel.width() as f32, self.easel.height() as f32];
        let (longer, shorter) = (size[0].max(size[1]), size[0].min(size[1]));
        // Of strips, more than their height.
        let side = shorter.max(longer / 8.0);
        let left = (self.easel.sse() as f64 / self.first_sse.max(1) as f64) as f32;
        let least = (self.params.abstraction as f32 * side * 0.1).max(0.5);
        let median = (side * (0.25 * left.sqrt()).clamp(0.03, 0.25)).max(least);
        Search {
            easel: &self.easel,
            paint: &self.paint,
            sampler: Sampler { guide: &self.guide, median, thin: least },
            limits: Limits { size, margin: longer / 16.0, least },
            effort: self.params.level.effort(),
            kinds: &self.params.shapes,
        }
    }

    fn lay(&mut self, found: &Found) -> bool {
        let frame = [self.painting.width, self.painting.height];
        let size = [self.easel.width() as f32, self.easel.height() as f32];
        let geometry = found.shape.geometry([frame[0] / size[0], frame[1] / size[1]]);
        let mut scan = self.fine_scan();
        scan.trace(&geometry);
        let (colour, alpha) = self.paint.mix_in_levels(&self.easel.moments(&mut scan));
        if !self.easel.lay_if_better(&mut scan, colour, alpha) {
            return false;
        }
        self.guide.update(&self.easel, scan.rows());
        self.painting.strokes.push(Stroke {
            layer: 0,
            geometry,
            colour: colour.map(unit),
            alpha: unit(alpha),
            ramp: None,
        });
        true
    }

    /// A scan by coverage of geometry in the painting's frame.
    fn fine_scan(&self) -> Scan {
        let (width, height) = (self.easel.width(), self.easel.height());
        let scale = [width as f32 / self.painting.width, height as f32 / self.painting.height];
        Scan::new(width, 0..height, FINE, scale)
    }
}

impl Painter for Greedy {
    fn step(&mut self) -> Result<Option<StepReport>> {
        let enough = self.params.stop_psnr.is_some_and(|psnr| self.easel.psnr() >= psnr);
        if self.finished || enough || self.painting.strokes.len() >= self.params.count as usize {
            return Ok(None);
        }
        self.finished = !(0..ATTEMPTS).any(|attempt| self.attempt(attempt));
        Ok((!self.finished).then(|| self.report()))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        self.painting.strokes.len() as f64 / f64::from(self.params.count)
    }
}
