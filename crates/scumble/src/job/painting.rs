//! Pictures of strokes and shapes: a painter is stepped to its end, and what it laid is drawn.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use scumble_core::{Control, Error, Event, Observer, Plan, Preview, Result, Stage, Step};
use scumble_image::{Canvas, Depth, Filter, Light, resize};
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::painters::{Greedy, Improved, Painter};
use scumble_paint::painting::BrushKind;
use scumble_paint::strokes::{StrokesParams, mark};
use scumble_paint::{Painting, Strokes, check_size, draw};
use scumble_region::{Found, Masks, Regions, RegionsParams};
use serde::{Deserialize, Serialize};

use super::Made;
use super::styled::{Mover, Styled};
use crate::End;
use crate::checkpoint::{Checkpoint, State};
use crate::environment::Environment;
use crate::pictures::Reader;
use crate::recipe::Recipe;

/// Steps that a run is shown to have whose number cannot be told before.
const PARTS: usize = 1000;

/// What is painted.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    Shapes(ShapesParams),
    Strokes(Box<StrokesParams>),
    Regions(Box<RegionsParams>),
}

/// A painting that can begin.
#[derive(Debug)]
pub(super) struct Work {
    source: Canvas,
    style: Option<Canvas>,
    /// How much each pixel counts, from 0 to 1.
    importance: Option<Vec<f32>>,
    /// A picture in which every region has a colour of its own.
    labels: Option<Canvas>,
    /// The mark of a brush.
    brush: Option<BrushKind>,
    subject: Subject,
    /// What regions are made of, found once.
    found: Arc<Found>,
    /// What moves strokes in the end, if that is wanted.
    mover: Option<Mover>,
    preset: String,
    plan: Plan,
    /// Width and height of the picture.
    size: [usize; 2],
}

/// A painting under way, as a checkpoint has it.
#[derive(Debug, Serialize, Deserialize)]
struct Progress {
    painting: Painting,
    trace: Vec<Point>,
}

/// A step in the trace.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Point {
    /// What [`Step::step`] says.
    done: usize,
    strokes: usize,
    /// The mean squared difference, of values from 0 to 1.
    loss: f64,
}

impl Work {
    /// Opens what the recipe names, and fills in checksums.
    pub fn prepare(
        recipe: &mut Recipe,
        subject: Subject,
        environment: &Environment,
        mut reader: Reader<'_>,
        threads: &rayon::ThreadPool,
    ) -> Result<(Self, Depth)> {
        let Some(content) = recipe.content.as_mut() else {
            return Err(Error::parameter("no picture is given").hint("name the picture to be painted"));
        };
        let picture = reader.picture(content, "--content")?;
        let source = picture.canvas;
        let mask = recipe.mask.as_mut().map(|mask| reader.picture(mask, "--mask")).transpose()?;
        let importance = mask.map(|mask| importance(&source, &mask.canvas)).transpose()?;
        let labels = recipe.labels.as_mut().map(|labels| reader.picture(labels, "--labels")).transpose()?;
        let labels = labels.map(|labels| labels.canvas);
        let brush = recipe.brush_file.as_mut().map(|brush| reader.picture(brush, "--brush-file")).transpose()?;
        let brush = brush.map(|picture| mark(&picture.canvas).map_err(|e| e.context("--brush-file"))).transpose()?;
        let mut styles = reader.styles(&recipe.styles)?;
        recipe.styles = styles.iter().map(|(style, _)| style.clone()).collect();
        let most = usize::from(!matches!(subject, Subject::Shapes(_)));
        if styles.len() > most {
            let (method, count) = (recipe.method(), styles.len());
            return Err(Error::parameter(format!("{method} takes {most} style pictures, {count} are given"))
                .hint("'scumble neural' takes any number"));
        }
        let longer = match &subject {
            Subject::Shapes(params) => params.size,
            Subject::Strokes(params) => params.size,
            Subject::Regions(params) => params.size,
        };
        let size = output_size(&source, longer);
        check_size(size[0], size[1])?;
        let steps = match &subject {
            Subject::Shapes(params) if counts_shapes(params) => params.count as usize,
            _ => PARTS,
        };
        let plan = Plan { stages: vec![Stage { width: size[0], height: size[1], steps }], step_costs: vec![1.0] };
        let mover = match &subject {
            Subject::Strokes(params) => Mover::new(params, environment)?,
            Subject::Shapes(_) | Subject::Regions(_) => None,
        };
        if mover.is_some() && styles.is_empty() {
            return Err(Error::parameter("style_steps is not 0 but no style picture is given")
                .hint("name the painting whose manner is wanted"));
        }
        let (style, preset) = (styles.pop().map(|(_, style)| style.canvas), recipe.preset.clone());
        let work = Self {
            source,
            style,
            importance,
            labels,
            brush,
            subject,
            found: Arc::default(),
            mover,
            preset,
            plan,
            size,
        };
        // What the painter refuses is refused before the work.
        threads.install(|| work.painter())?;
        Ok((work, picture.depth))
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub fn run(
        &self,
        checkpoint: Option<Checkpoint>,
        preview_every: usize,
        observer: &mut (dyn Observer + Send),
        after_step: &mut (dyn FnMut(State<'_>, bool) + Send),
    ) -> Result<Made> {
        let (mut painter, mut trace) = match checkpoint {
            None => (self.painter()?, Vec::new()),
            Some(checkpoint) => self.restore(checkpoint).map_err(|e| e.context("the checkpoint"))?,
        };
        let mut control = observer.event(&Event::Plan(&self.plan));
        let mut end = End::Finished;
        loop {
            if control != Control::Continue {
                end = if control == Control::Cancel || trace.is_empty() { End::Cancelled } else { End::Stopped };
                break;
            }
            let Some(report) = painter.step()? else { break };
            let done = match &self.subject {
                Subject::Shapes(params) if counts_shapes(params) => report.strokes,
                _ => (painter.progress() * PARTS as f64).ceil() as usize,
            };
            trace.push(Point { done, strokes: report.strokes, loss: 10f64.powf(-report.psnr / 10.0) });
            let step = self.step(&trace, trace.len() - 1);
            control = observer.event(&Event::Step(&step));
            if preview_every > 0 && trace.len().is_multiple_of(preview_every) {
                let shown = self.preview(&painter.shown(), &step, observer)?;
                control = if control == Control::Continue { shown } else { control };
            }
            let stopping = control != Control::Continue;
            after_step(State::Painting { painting: painter.painting(), trace: &trace }, stopping);
        }
        let mut painting = painter.shown().into_owned();
        painting.preset.clone_from(&self.preset);
        let canvas = self.finish(draw(&painting, self.size[0], self.size[1])?)?;
        let trace = (0..trace.len()).map(|at| self.step(&trace, at)).collect();
        Ok(Made { canvas, painting: Some(painting), trace, end })
    }

    fn painter(&self) -> Result<Box<dyn Painter + Send + '_>> {
        let importance = self.importance.as_deref();
        Ok(match &self.subject {
            Subject::Shapes(params) => {
                let greedy = Greedy::new(&self.source, importance, params.clone())?;
                Box::new(self.improved(greedy, params))
            }
            Subject::Regions(params) => Box::new(self.regions(params)?),
            Subject::Strokes(params) => {
                let (style, params) = (self.style.as_ref(), (**params).clone());
                let strokes = match &self.brush {
                    None => Strokes::new(&self.source, style, importance, params)?,
                    Some(brush) => Strokes::with_brush(&self.source, style, importance, params, brush.clone())?,
                };
                match (&self.mover, &self.style) {
                    (Some(mover), Some(style)) => Box::new(Styled::new(strokes, mover, &self.source, style)),
                    _ => Box::new(strokes),
                }
            }
        })
    }

    fn regions(&self, params: &RegionsParams) -> Result<Regions<'_>> {
        let strokes = |preset: &str| -> Result<StrokesParams> {
            crate::presets::check_method(preset, crate::Method::Strokes)?;
            let mut parameters = crate::presets::parameters(preset)?;
            crate::recipe::drop_absent(crate::Method::Strokes, &mut parameters);
            serde_json::from_value(parameters.into()).map_err(Error::parameter)
        };
        let (style, labels) = (self.style.as_ref(), self.labels.as_ref());
        Regions::sharing(self.found.clone(), &self.source, style, labels, &strokes, params.clone())
    }

    /// The regions as soft masks, numbered from 1; gives how many there are.
    pub fn masks(&self, sink: &super::MaskSink<'_>) -> Result<usize> {
        let Subject::Regions(params) = &self.subject else {
            return Err(super::no_regions());
        };
        let labels = self.regions(params)?.labels()?;
        let masks = Masks::new(&self.source, &labels);
        let size = [self.source.width(), self.source.height()];
        masks.order().par_iter().enumerate().try_for_each(|(at, region)| sink(at + 1, size, masks.mask(*region)))?;
        Ok(masks.order().len())
    }

    /// What the regions' picks teach, as JSON.
    pub fn learned(&self) -> Result<String> {
        match &self.subject {
            Subject::Regions(params) => self.regions(params)?.learned(),
            _ => Err(super::no_regions()),
        }
    }

    /// Shapes that are improved in the end.
    fn improved(&self, greedy: Greedy, params: &ShapesParams) -> Improved<'_> {
        let importance = self.importance.as_deref().map(Cow::Borrowed);
        let (relax, refine) = (params.relaxing(), params.refining());
        Improved::new(Box::new(greedy), Cow::Borrowed(&self.source), importance, relax, refine)
    }

    /// Shapes go on from where they are; anything else, of which a painter knows more than the painting shows, is painted
    /// anew up to there.
    fn restore(&self, checkpoint: Checkpoint) -> Result<(Box<dyn Painter + Send + '_>, Vec<Point>)> {
        let Progress { painting, trace } = serde_json::from_value(checkpoint.state)
            .map_err(|e| Error::input(format!("the state of the painting is damaged ({e})")))?;
        if let Subject::Shapes(params) = &self.subject
            && trace.len() <= painting.strokes.len()
        {
            let importance = self.importance.as_deref();
            let greedy = Greedy::resume(painting, &self.source, importance, params.clone())?;
            return Ok((Box::new(self.improved(greedy, params)), trace));
        }
        let mut painter = self.painter()?;
        for _ in 0..trace.len() {
            painter.step()?;
        }
        if *painter.painting() != painting {
            return Err(Error::input(
                "the painting cannot be continued: it was painted from another picture or otherwise",
            ));
        }
        Ok((painter, trace))
    }

    fn step(&self, trace: &[Point], at: usize) -> Step {
        let Point { done, strokes, loss } = trace[at];
        Step {
            stage: 0,
            step: done,
            steps: self.plan.stages[0].steps,
            total_step: at + 1,
            width: self.size[0],
            height: self.size[1],
            loss,
            parts: vec![("difference".into(), loss)],
            strokes: Some(strokes),
        }
    }

    fn preview(&self, painting: &Painting, step: &Step, observer: &mut (dyn Observer + Send)) -> Result<Control> {
        let canvas = self.finish(draw(painting, self.size[0], self.size[1])?)?;
        Ok(observer.event(&Event::Preview(Preview {
            stage: 0,
            step: step.step,
            total_step: step.total_step,
            width: canvas.width(),
            height: canvas.height(),
            rgb: canvas.rgb(),
        })))
    }

    /// Mixes the photo in as far as that is wanted, and puts its transparency back.
    fn finish(&self, canvas: Canvas) -> Result<Canvas> {
        let mix = match &self.subject {
            Subject::Strokes(params) => params.mix as f32,
            Subject::Regions(params) => params.mix as f32,
            Subject::Shapes(_) => 0.0,
        };
        if mix == 0.0 && self.source.alpha().is_none() {
            return Ok(canvas);
        }
        let source = resize(&self.source, self.size[0], self.size[1], Filter::Bicubic, Light::Linear)?.clamped();
        let mut canvas = canvas;
        canvas.rgb_mut().iter_mut().zip(source.rgb()).for_each(|(v, source)| *v += mix * (source - *v));
        canvas.with_alpha(source.alpha().map(<[f32]>::to_vec))
    }
}

/// Whether every step adds a shape.
fn counts_shapes(params: &ShapesParams) -> bool {
    params.relax == 0 && params.refine == 0
}

/// A mask's lightness, pixel by pixel.
fn importance(source: &Canvas, mask: &Canvas) -> Result<Vec<f32>> {
    let [of, is] = [source, mask].map(|canvas| (canvas.width(), canvas.height()));
    if of != is {
        return Err(Error::input(format!("the mask has {}×{} pixels, the picture {}×{}", is.0, is.1, of.0, of.1))
            .hint("make the mask of the picture's size"));
    }
    let light = |[r, g, b]: &[f32; 3]| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    Ok(mask.rgb().as_chunks().0.iter().map(light).collect())
}

/// The source's size, or that of the same shape with the longer side as given.
fn output_size(source: &Canvas, longer: Option<u32>) -> [usize; 2] {
    let size = [source.width(), source.height()];
    let Some(longer) = longer else { return size };
    let scale = f64::from(longer) / size[0].max(size[1]) as f64;
    size.map(|side| ((side as f64 * scale).round() as usize).max(1))
}
