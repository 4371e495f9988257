//! Paintings of brush strokes from one set of parameters: what the presets name.
//!
//! ```text
//!  picture ─ style's colours ─ smoothed ─► painter ─► relaxation ─► refinement ─► outline ─► finish ─► painting
//! ```

mod outline;
mod painters;
mod params;
mod style;

use std::borrow::Cow;

use scumble_core::{Error, Result};
use scumble_image::Canvas;

pub use params::{PainterKind, StrokesParams, StyleColours};
pub use style::{Statistics, main_colours};

use self::outline::Outline;
use crate::Painting;
use crate::filters::{KuwaharaParams, kuwahara};
use crate::painters::{Improved, Painter, StepReport};
use crate::painting::Finish;

/// Work of the lines along edges, that of the painter being 1; for estimates alone.
const LINES: f64 = 0.3;
/// What washes paint black as: pigment on paper is never quite dark.
const DARKEST: f32 = 0.18;

/// A painting of brush strokes at work.
pub struct Strokes {
    params: StrokesParams,
    /// Work without the lines along edges, that of the painter being 1.
    work: f64,
    stage: Stage,
    /// What the last step told.
    report: Option<StepReport>,
}

/// What is at work.
enum Stage {
    Strokes(Box<Improved<'static>>),
    Outline(Box<Outline>),
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
            aim = kuwahara(&aim, &KuwaharaParams::of_radius(params.colour_smoothing))?;
        }
        if params.wash {
            aim.rgb_mut().iter_mut().for_each(|v| *v = DARKEST + (1.0 - DARKEST) * *v);
        }
        let painter = painters::painter(&aim, importance, &params)?;
        let brushes = match style.filter(|_| params.style_brush && params.painter.has_brushes()) {
            Some(style) => style::brushes(style, painter.painting().brushes.len())?,
            None => Vec::new(),
        };
        let finish = params.finish();
        let finishing = move |painting: &mut Painting| {
            if painting.strokes.is_empty() && painting.ground.is_none() {
                return Err(Error::input("not one stroke would make the picture out")
                    .hint("with a blank picture there is nothing to paint; else lower abstraction or threshold"));
            }
            let wet = painting.finish.wet.take();
            painting.finish = Finish { wet, ..finish.clone() };
            for (brush, kind) in painting.brushes.iter_mut().zip(brushes.iter().cycle()) {
                brush.kind = kind.clone();
            }
            Ok(())
        };
        let importance = importance.map(|map| Cow::Owned(map.to_vec()));
        let (relax, refine) = (params.relaxing(), params.refining());
        let improved = Improved::new(painter, Cow::Owned(aim), importance, relax, refine);
        let work = improved.work();
        let stage = Stage::Strokes(Box::new(improved.finishing(Box::new(finishing))));
        Ok(Self { params, work, stage, report: None })
    }

    /// The painting.
    pub fn into_painting(self) -> Painting {
        self.painting().clone()
    }

    /// Work of the lines along edges.
    fn lines(&self) -> f64 {
        let drawn = self.params.painter != PainterKind::Hatch && self.params.outline.is_some_and(|v| v > 0.0);
        if drawn { LINES } else { 0.0 }
    }
}

impl Painter for Strokes {
    fn step(&mut self) -> Result<Option<StepReport>> {
        let lines = self.lines();
        let improved = match &mut self.stage {
            Stage::Outline(outline) => return outline.step(),
            Stage::Strokes(improved) => improved,
        };
        if let Some(report) = improved.step()? {
            self.report = Some(report);
            return Ok(Some(report));
        }
        let painting = improved.painting();
        let room = painting.strokes.len() < self.params.count as usize;
        let Some(report) = self.report.filter(|_| room && lines > 0.0) else { return Ok(None) };
        let (painting, aim) = (painting.clone(), improved.picture());
        let mut outline = Outline::new(painting, aim, &self.params, report)?;
        let report = outline.step();
        self.stage = Stage::Outline(Box::new(outline));
        report
    }

    fn painting(&self) -> &Painting {
        match &self.stage {
            Stage::Strokes(improved) => improved.painting(),
            Stage::Outline(outline) => outline.painting(),
        }
    }

    fn shown(&self) -> Cow<'_, Painting> {
        match &self.stage {
            Stage::Strokes(improved) => improved.shown(),
            Stage::Outline(outline) => outline.shown(),
        }
    }

    fn progress(&self) -> f64 {
        let (work, lines) = (self.work, self.lines());
        let done = match &self.stage {
            Stage::Strokes(improved) => work * improved.progress(),
            Stage::Outline(outline) => work + lines * outline.progress(),
        };
        done / (work + lines)
    }
}
