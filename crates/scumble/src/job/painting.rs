//! Pictures put together from shapes.

use scumble_core::{Control, Error, Event, Observer, Plan, Preview, Result, Stage, Step};
use scumble_image::{Canvas, Depth, Filter, Light, resize};
use scumble_paint::painters::greedy::ShapesParams;
use scumble_paint::painters::{Greedy, Painter, StepReport};
use scumble_paint::{Painting, check_size, draw};
use serde::{Deserialize, Serialize};

use super::Made;
use crate::End;
use crate::checkpoint::{Checkpoint, State};
use crate::pictures::Reader;
use crate::recipe::Recipe;

/// A painting that can begin.
#[derive(Debug)]
pub(super) struct Work {
    source: Canvas,
    /// How much each pixel counts, from 0 to 1.
    importance: Option<Vec<f32>>,
    params: ShapesParams,
    preset: String,
    plan: Plan,
    /// Width and height of the picture.
    size: [usize; 2],
}

/// A painting under way, as a checkpoint has it.
#[derive(Debug, Serialize, Deserialize)]
struct Progress {
    painting: Painting,
    /// The mean squared difference after each step.
    losses: Vec<f64>,
}

impl Work {
    /// Opens what the recipe names, and fills in checksums.
    pub fn prepare(
        recipe: &mut Recipe,
        params: ShapesParams,
        mut reader: Reader<'_>,
        threads: &rayon::ThreadPool,
    ) -> Result<(Self, Depth)> {
        let Some(content) = recipe.content.as_mut() else {
            return Err(Error::parameter("no picture is given").hint("name the picture to be put together from shapes"));
        };
        if !recipe.styles.is_empty() || recipe.init_image.is_some() {
            return Err(Error::parameter(
                "a picture put together from shapes takes no style and no picture to start from",
            )
            .hint("'scumble neural' does"));
        }
        let picture = reader.picture(content, "--content")?;
        let source = picture.canvas;
        let mask = recipe.mask.as_mut().map(|mask| reader.picture(mask, "--mask")).transpose()?;
        let importance = mask.map(|mask| importance(&source, &mask.canvas)).transpose()?;
        let size = threads.install(|| output_size(&source, params.size));
        // What the painter refuses is refused before the work.
        check_size(size[0], size[1])?;
        threads.install(|| Greedy::new(&source, importance.as_deref(), params.clone()))?;
        let steps = params.count as usize;
        let stage = Stage { width: size[0], height: size[1], steps };
        let plan = Plan { stages: vec![stage], step_costs: vec![1.0] };
        Ok((Self { source, importance, params, preset: recipe.preset.clone(), plan, size }, picture.depth))
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
        let (mut painter, mut losses) = match checkpoint {
            None => (Greedy::new(&self.source, self.importance.as_deref(), self.params.clone())?, Vec::new()),
            Some(checkpoint) => self.restore(checkpoint).map_err(|e| e.context("the checkpoint"))?,
        };
        let mut control = observer.event(&Event::Plan(&self.plan));
        let mut end = End::Finished;
        loop {
            if control != Control::Continue {
                end = if control == Control::Cancel || losses.is_empty() { End::Cancelled } else { End::Stopped };
                break;
            }
            let Some(report) = painter.step()? else { break };
            losses.push(self.loss(&report));
            let step = self.step(losses.len(), &losses);
            control = observer.event(&Event::Step(&step));
            if preview_every > 0 && losses.len().is_multiple_of(preview_every) {
                let shown = self.preview(painter.painting(), &step, observer)?;
                control = if control == Control::Continue { shown } else { control };
            }
            let stopping = control != Control::Continue;
            after_step(State::Painting { painting: painter.painting(), losses: &losses }, stopping);
        }
        let mut painting = painter.into_painting();
        painting.preset.clone_from(&self.preset);
        let canvas = self.finish(draw(&painting, self.size[0], self.size[1])?)?;
        let trace = (1..=losses.len()).map(|done| self.step(done, &losses)).collect();
        Ok(Made { canvas, painting: Some(painting), trace, end })
    }

    fn restore(&self, checkpoint: Checkpoint) -> Result<(Greedy, Vec<f64>)> {
        let Progress { painting, losses } = serde_json::from_value(checkpoint.state)
            .map_err(|e| Error::input(format!("the state of the painting is damaged ({e})")))?;
        Ok((Greedy::resume(painting, &self.source, self.importance.as_deref(), self.params.clone())?, losses))
    }

    /// The mean squared difference, of values from 0 to 1.
    fn loss(&self, report: &StepReport) -> f64 {
        10f64.powf(-report.psnr / 10.0)
    }

    fn step(&self, done: usize, losses: &[f64]) -> Step {
        let loss = losses[done - 1];
        Step {
            stage: 0,
            step: done,
            steps: self.params.count as usize,
            total_step: done,
            width: self.size[0],
            height: self.size[1],
            loss,
            parts: vec![("difference".into(), loss)],
        }
    }

    fn preview(&self, painting: &Painting, step: &Step, observer: &mut (dyn Observer + Send)) -> Result<Control> {
        let canvas = draw(painting, self.size[0], self.size[1])?;
        Ok(observer.event(&Event::Preview(Preview {
            stage: 0,
            step: step.step,
            total_step: step.total_step,
            width: canvas.width(),
            height: canvas.height(),
            rgb: canvas.rgb(),
        })))
    }

    /// Puts the source's transparency back.
    fn finish(&self, canvas: Canvas) -> Result<Canvas> {
        if self.source.alpha().is_none() {
            return Ok(canvas);
        }
        let resized = resize(&self.source, self.size[0], self.size[1], Filter::Bicubic, Light::Linear)?.clamped();
        canvas.with_alpha(resized.alpha().map(<[f32]>::to_vec))
    }
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
