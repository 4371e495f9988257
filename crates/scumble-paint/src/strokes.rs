//! Paintings of brush strokes from one set of parameters: what the presets name.
//!
//! ```text
//!  picture ─ style's colours ─ smoothed ─► painter ─► relaxation ─► refinement ─► outline ─► finish ─► painting
//! ```

mod mark;
mod outline;
mod painters;
mod params;
mod style;
mod taken;

use std::borrow::Cow;

use scumble_core::{Error, Result};
use scumble_image::{Canvas, Filter, Light, resize};

pub use mark::mark;
pub use params::{PainterKind, StrokesParams, StyleColours};
pub use style::{Statistics, main_colours};

use self::outline::Outline;
use crate::Painting;
use crate::filters::{KuwaharaParams, kuwahara};
use crate::painters::working::reduced;
use crate::painters::{Improved, Painter, StepReport};
use crate::painting::{BrushKind, Finish};

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
        params: StrokesParams,
    ) -> Result<Self> {
        Self::laid_with(picture, style, importance, params, None)
    }

    /// [`Strokes::new`], laid with a brush of one's own; for one from a picture of its mark see [`mark`].
    ///
    /// # Errors
    /// As [`Strokes::new`]; `Fault::Parameter` if the painter lays its strokes with no brush, or with the style's.
    pub fn with_brush(
        picture: &Canvas,
        style: Option<&Canvas>,
        importance: Option<&[f32]>,
        params: StrokesParams,
        brush: BrushKind,
    ) -> Result<Self> {
        if !params.painter.has_brushes() {
            let painter = params.painter.name();
            return Err(Error::parameter(format!(
                "a brush is given, but the painter {painter} lays no strokes of paint"
            ))
            .hint("choose a preset of layered, adaptive, moments or short strokes, such as oil"));
        }
        if params.style_brush {
            return Err(Error::parameter("a brush is given, and style_brush is true")
                .hint("lay strokes with the one or the other"));
        }
        Self::laid_with(picture, style, importance, params, Some(brush))
    }

    fn laid_with(
        picture: &Canvas,
        style: Option<&Canvas>,
        importance: Option<&[f32]>,
        mut params: StrokesParams,
        brush: Option<BrushKind>,
    ) -> Result<Self> {
        params.validate()?;
        if importance.is_some() && !params.painter.has_strokes() {
            let painter = params.painter.name();
            return Err(Error::parameter(format!("a mask is given, but the painter {painter} lays no strokes"))
                .hint("leave the mask out, or choose a preset that does, such as oil"));
        }
        if let Some(style) = style.filter(|_| params.style_strokes) {
            style::scaled(style, &mut params)?;
        }
        let mut aim = style::recoloured(picture, style, &mut params)?;
        if params.colour_smoothing > 0.0 {
            aim = smoothed(&aim, &params)?;
        }
        if params.wash {
            aim.rgb_mut().iter_mut().for_each(|v| *v = DARKEST + (1.0 - DARKEST) * *v);
        }
        let painter = painters::painter(&aim, importance, &params)?;
        let brushes = match (brush, style.filter(|_| params.style_brush && params.painter.has_brushes())) {
            (Some(brush), _) => vec![brush],
            (None, Some(style)) => style::brushes(style, painter.painting().brushes.len())?,
            (None, None) => Vec::new(),
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

/// A picture smoothed as the parameters want it: for strokes, which see no more of it, at the size at which they are searched for.
fn smoothed(picture: &Canvas, params: &StrokesParams) -> Result<Canvas> {
    let filter = KuwaharaParams::of_radius(params.colour_smoothing);
    if !params.painter.has_strokes() {
        return kuwahara(picture, &filter);
    }
    let small = reduced(picture, params.work_px as usize, Light::Encoded)?;
    let smooth = kuwahara(&small, &filter)?;
    let smooth = resize(&smooth, picture.width(), picture.height(), Filter::Bilinear, Light::Encoded)?;
    smooth.with_alpha(picture.alpha().map(<[f32]>::to_vec))
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
