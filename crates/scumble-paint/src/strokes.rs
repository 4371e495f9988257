//! Paintings of brush strokes from one set of parameters: what the presets name.
//!
//! ```text
//!  picture ─ style's colours ─ smoothed ─► painter ─► relaxation ─► refinement ─► outline ─► finish ─► painting
//! ```

mod outline;
mod painters;
mod params;
mod style;

use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use params::{PainterKind, StrokesParams, StyleColours};
pub use style::Statistics;

use self::outline::Outline;
use crate::Painting;
use crate::filters::{KuwaharaParams, kuwahara};
use crate::painters::{Painter, Relax, StepReport};
use crate::painting::{BrushKind, Finish, Light};
use crate::refine::Refine;

/// Share of the work that a sweep of relaxation and a step of refinement are, beside one for the painter; for estimates alone.
const SWEEP: f64 = 0.4;
const REFINE_STEP: f64 = 0.04;
/// The same for lines along edges.
const LINES: f64 = 0.3;
/// What washes paint black as: pigment on paper is never quite dark.
const DARKEST: f32 = 0.18;

/// A painting of brush strokes at work.
pub struct Strokes {
    params: StrokesParams,
    /// The picture that strokes shall come near to.
    aim: Canvas,
    importance: Option<Vec<f32>>,
    /// Brushes of the style, in place of the layers' own.
    brushes: Vec<BrushKind>,
    stage: Stage,
    /// What the last step told.
    report: Option<StepReport>,
}

/// What is at work.
enum Stage {
    Painter(Box<dyn Painter + Send + Sync>),
    Relax(Box<Relax>),
    Refine(Box<Refine>),
    Outline(Box<Outline>),
    Done(Painting),
}

impl Strokes {
    /// A painting of a picture, in the colours of a style picture if the parameters want that. `importance` says how much each
    /// of the picture's pixels counts, from 0 to 1, if they differ.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range, or one that the painter needs is absent; `Fault::Input` if the style
    /// is wanted and absent, or the importance map does not fit the picture.
    pub fn new(
        picture: &Canvas,
        style: Option<&Canvas>,
        importance: Option<&[f32]>,
        mut params: StrokesParams,
    ) -> Result<Self> {
        params.validate()?;
        if let Some(style) = style.filter(|_| params.style_strokes) {
            style::scaled(style, &mut params)?;
        }
        let mut aim = style::recoloured(picture, style, &mut params)?;
        if params.colour_smoothing > 0.0 {
            let window = KuwaharaParams { radius: params.colour_smoothing, sharpness: 8.0, roundness: 1.0 };
            aim = kuwahara(&aim, &window)?;
        }
        if params.wash {
            aim.rgb_mut().iter_mut().for_each(|v| *v = DARKEST + (1.0 - DARKEST) * *v);
        }
        let painter = painters::painter(&aim, importance, &params)?;
        let brushes = match style.filter(|_| params.style_brush && params.painter != PainterKind::Hatch) {
            Some(style) => style::brushes(style, painter.painting().brushes.len())?,
            None => Vec::new(),
        };
        let importance = importance.map(<[f32]>::to_vec);
        Ok(Self { params, aim, importance, brushes, stage: Stage::Painter(painter), report: None })
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.painting().clone()
    }

    /// The next stage after one that has ended with a painting.
    fn after(&self, painting: Painting, ended: usize) -> Result<Stage> {
        let importance = self.importance.as_deref();
        if ended < 1 && self.params.relax > 0 {
            let relax = Relax::new(painting, &self.aim, importance, self.params.relaxing())?;
            return Ok(Stage::Relax(Box::new(relax)));
        }
        if ended < 2 && self.params.refine > 0 {
            let refine = Refine::new(painting, &self.aim, importance, self.params.refining())?;
            return Ok(Stage::Refine(Box::new(refine)));
        }
        let room = painting.strokes.len() < self.params.count as usize;
        if let Some(report) = self.report.filter(|_| ended < 3 && room && self.lines() > 0.0) {
            return Ok(Stage::Outline(Box::new(Outline::new(painting, &self.aim, &self.params, report)?)));
        }
        Ok(Stage::Done(painting))
    }

    /// Work of the lines along edges.
    fn lines(&self) -> f64 {
        let drawn = self.params.painter != PainterKind::Hatch && self.params.outline.is_some_and(|v| v > 0.0);
        if drawn { LINES } else { 0.0 }
    }

    fn finish(&self) -> Finish {
        let params = &self.params;
        let plain = Finish::default();
        Finish {
            light: Light { strength: params.light as f32, ..plain.light },
            density: params.density as f32,
            rim: params.rim as f32,
            grain: params.grain as f32,
            weave: params.weave as f32,
        }
    }
}

impl Painter for Strokes {
    fn step(&mut self) -> Result<Option<StepReport>> {
        loop {
            let (report, ended) = match &mut self.stage {
                Stage::Painter(painter) => (painter.step()?, 0),
                Stage::Relax(relax) => (relax.step()?, 1),
                Stage::Refine(refine) => (refine.step()?, 2),
                Stage::Outline(outline) => (outline.step()?, 3),
                Stage::Done(_) => return Ok(None),
            };
            if report.is_some() {
                self.report = report;
                return Ok(report);
            }
            let mut painting = self.painting().clone();
            if ended == 0 {
                if painting.strokes.is_empty() {
                    return Err(Error::input("not one stroke would make the picture out")
                        .hint("with a blank picture there is nothing to paint; else lower abstraction or threshold"));
                }
                painting.finish = self.finish();
                for (brush, kind) in painting.brushes.iter_mut().zip(self.brushes.iter().cycle()) {
                    brush.kind = kind.clone();
                }
            }
            self.stage = self.after(painting, ended)?;
        }
    }

    fn painting(&self) -> &Painting {
        match &self.stage {
            Stage::Painter(painter) => painter.painting(),
            Stage::Relax(relax) => relax.painting(),
            Stage::Refine(refine) => refine.painting(),
            Stage::Outline(outline) => outline.painting(),
            Stage::Done(painting) => painting,
        }
    }

    fn progress(&self) -> f64 {
        let relax = SWEEP * f64::from(self.params.relax);
        let refine = REFINE_STEP * f64::from(self.params.refine);
        let lines = self.lines();
        let done = match &self.stage {
            Stage::Painter(painter) => painter.progress(),
            Stage::Relax(at) => 1.0 + relax * at.progress(),
            Stage::Refine(at) => 1.0 + relax + refine * at.progress(),
            Stage::Outline(at) => 1.0 + relax + refine + lines * at.progress(),
            Stage::Done(_) => 1.0 + relax + refine + lines,
        };
        done / (1.0 + relax + refine + lines)
    }
}
