//! A run: scales from small to large, the optimiser at each, the picture handed from one to the next.

use scumble_core::{Control, Error, Event, Observer, Plan, Preview, Result, Stage, Step};
use scumble_image::{Canvas, Filter, Light, resize, resize_planes};
use scumble_nn::{Device, Encoder, VggWeights};

use crate::init::starting_point;
use crate::objective::NeuralObjective;
use crate::optim::{Adam, AdamSettings, Average, Lbfgs, LbfgsSettings, Objective, Optimizer, Progress};
use crate::params::{Init, NeuralParams, OptimizerKind, Resample};
use crate::schedule::{Scale, Size, fit, scales, style_fit};
use crate::tiling::Tiles;

/// Most pixels of a picture at any scale, as of a picture that is read.
const MOST_PIXELS: u64 = 1 << 28;

/// A style picture and its share in the blend.
#[derive(Debug, Clone)]
pub struct Style {
    /// The picture.
    pub canvas: Canvas,
    /// Its weight; weights are divided by the sum of their absolute values.
    pub weight: f64,
}

/// The pictures of a run.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// The content; without it the style's texture alone is made.
    pub content: Option<Canvas>,
    /// The styles, at least one unless the style weight is 0.
    pub styles: Vec<Style>,
    /// The starting picture, where `init` is `image`.
    pub init: Option<Canvas>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// All steps were done, or nothing more was to gain.
    Finished,
    /// The observer asked to stop and keep the picture.
    Stopped,
    /// The observer gave the run up.
    Cancelled,
}

/// What a run leaves.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The picture, at the size it had reached.
    pub canvas: Canvas,
    /// Every step's report.
    pub trace: Vec<Step>,
    /// How it ended.
    pub end: End,
}

/// A prepared run: nothing in its inputs can fail any more.
#[derive(Debug, Clone)]
pub struct Optimisation {
    pub(crate) params: NeuralParams,
    pub(crate) inputs: Inputs,
    pub(crate) encoder: Encoder,
    pub(crate) scales: Vec<Scale>,
    pub(crate) sizes: Vec<Size>,
    plan: Plan,
}

/// Whether a run goes on after an event.
enum Flow {
    On,
    End(End),
}

impl Optimisation {
    /// Checks parameters and pictures and plans the scales.
    ///
    /// # Errors
    /// If a parameter is out of range, a layer unknown, a picture missing or too small for the
    /// deepest layer, or the picture too large.
    pub fn prepare(params: &NeuralParams, inputs: Inputs, weights: &VggWeights, device: &Device) -> Result<Self> {
        params.validate()?;
        let encoder = Encoder::new(weights, params.padding, params.pooling, device);
        Self::with_encoder(params, inputs, encoder)
    }

    /// The same at one scale of another size, for a few steps: what a step costs can be told from it.
    ///
    /// # Errors
    /// If the size is too small for the deepest layer.
    pub fn trial(&self, size: u32, steps: u32) -> Result<Self> {
        let params = NeuralParams {
            size,
            min_size: size,
            iterations: steps,
            initial_iterations: None,
            scale_iterations: Vec::new(),
            tile: None,
            ..self.params.clone()
        };
        Self::with_encoder(&params, self.inputs.clone(), self.encoder.clone())
    }

    fn with_encoder(params: &NeuralParams, inputs: Inputs, encoder: Encoder) -> Result<Self> {
        let inputs = checked(params, inputs)?;
        let proportions = proportions(&inputs)?;
        let scales = scales(params);
        let sizes: Vec<Size> =
            scales.iter().map(|s| fit(proportions, s.size, params.size_rule, params.rounding)).collect();
        let optimisation = Self { plan: plan(&scales, &sizes), params: params.clone(), inputs, encoder, scales, sizes };
        optimisation.check_sizes()?;
        Ok(optimisation)
    }

    /// The parameters, with what [`Optimisation::fit_memory`] chose.
    pub fn params(&self) -> &NeuralParams {
        &self.params
    }

    /// What the run will do.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Every layer in use against the smallest picture that reaches it, before any work.
    fn check_sizes(&self) -> Result<()> {
        for (scale, size) in self.scales.iter().zip(&self.sizes) {
            within_limit("the picture", *size)?;
            for (i, style) in self.inputs.styles.iter().enumerate() {
                let size = style_fit(size_of(&style.canvas), scale.size, &self.params);
                within_limit(&format!("style {}", i + 1), size)?;
            }
        }
        let (smallest, scale) = (self.sizes[0], self.scales[0].size);
        let mut pictures = vec![("the picture".to_owned(), smallest)];
        for (i, style) in self.inputs.styles.iter().enumerate() {
            let size = style_fit(size_of(&style.canvas), scale, &self.params);
            pictures.push((format!("style {}", i + 1), size));
        }
        for name in self.params.layer_names() {
            let layer = self.encoder.layer(name)?;
            let least = self.encoder.min_side(layer);
            for (what, (w, h)) in &pictures {
                if (*w).min(*h) < least {
                    return Err(Error::limit(format!(
                        "{what} would be {w}×{h} pixels at the first scale, too small for {layer}, which needs \
                         {least}×{least}"
                    ))
                    .hint("use a larger picture, a larger --size or --min-size, or shallower layers"));
                }
            }
        }
        Ok(())
    }

    /// Runs. A preview is sent every `preview_every` steps; 0 sends none.
    ///
    /// # Errors
    /// If the optimisation diverges or the device fails.
    pub fn run(&self, preview_every: usize, observer: &mut dyn Observer) -> Result<Outcome> {
        let mut run = Run { optimisation: self, preview_every, observer, trace: Vec::new(), total: 0 };
        let started = run.tell(&Event::Plan(&self.plan));
        let (x, size, end) = run.all_scales(started)?;
        let canvas = self.params.pixels.to_canvas(&x, size.0, size.1)?;
        Ok(Outcome { canvas, trace: run.trace, end })
    }

    fn filter(&self) -> (Filter, Light) {
        let filter = match self.params.resample {
            Resample::Bilinear => Filter::Bilinear,
            Resample::Bicubic => Filter::Bicubic,
            Resample::Lanczos => Filter::Lanczos,
        };
        (filter, if self.params.linear_light { Light::Linear } else { Light::Encoded })
    }

    fn resized(&self, canvas: &Canvas, (w, h): Size) -> Result<Canvas> {
        let (filter, light) = self.filter();
        resize(canvas, w, h, filter, light)
    }

    /// The styles as they are seen at a scale.
    fn styles_at(&self, scale: Scale) -> Result<Vec<(f64, Canvas)>> {
        let total: f64 = self.inputs.styles.iter().map(|s| s.weight.abs()).sum();
        let styles = self.inputs.styles.iter();
        styles
            .map(|style| {
                let size = style_fit(size_of(&style.canvas), scale.size, &self.params);
                Ok((style.weight / total, self.resized(&style.canvas, size)?))
            })
            .collect()
    }

    fn objective(&self, size: Size, styles: &[(f64, Canvas)]) -> Result<NeuralObjective> {
        let space = self.params.pixels;
        let content = self.inputs.content.as_ref().map(|c| self.resized(c, size)).transpose()?;
        let content = content.as_ref().map(|c| space.of_canvas(c));
        let encoded: Vec<(f64, Vec<f32>, Size)> =
            styles.iter().map(|(weight, c)| (*weight, space.of_canvas(c), size_of(c))).collect();
        let styles: Vec<(f64, &[f32], Tiles)> =
            encoded.iter().map(|(weight, values, size)| (*weight, values.as_slice(), self.tiles(*size))).collect();
        NeuralObjective::new(&self.encoder, &self.params, self.tiles(size), content.as_deref(), &styles)
    }

    fn start(&self, size: Size, styles: &[(f64, Canvas)]) -> Result<Vec<f32>> {
        let source = match self.params.init {
            Init::Image => self.inputs.init.as_ref(),
            _ => self.inputs.content.as_ref(),
        };
        let source = source.map(|picture| self.resized(picture, size)).transpose()?;
        starting_point(self.params.init, self.params.pixels, size, source.as_ref(), styles, self.params.seed)
    }

    fn adam(&self, n: usize) -> Adam {
        let p = &self.params;
        let settings = AdamSettings {
            learning_rate: p.learning_rate,
            beta1: p.beta1,
            beta2: p.beta2,
            epsilon: p.epsilon,
            bounds: p.pixels.bounds(),
        };
        Adam::new(settings, n)
    }

    fn lbfgs(&self) -> Lbfgs {
        Lbfgs::new(LbfgsSettings {
            learning_rate: self.params.learning_rate,
            history: self.params.lbfgs_history as usize,
        })
    }

    /// Carries a point to the next scale.
    fn enlarge(&self, x: &[f32], from: Size, to: Size) -> Result<Vec<f32>> {
        let mut x = resize_planes(x, 3, from, to, Filter::Bicubic)?;
        if let Some((low, high)) = self.params.pixels.bounds() {
            x.iter_mut().for_each(|v| *v = v.clamp(low, high));
        }
        Ok(x)
    }
}

/// A run under way.
struct Run<'a> {
    optimisation: &'a Optimisation,
    preview_every: usize,
    observer: &'a mut dyn Observer,
    trace: Vec<Step>,
    total: usize,
}

impl Run<'_> {
    fn tell(&mut self, event: &Event<'_>) -> Flow {
        match self.observer.event(event) {
            Control::Continue => Flow::On,
            Control::StopAndKeep => Flow::End(End::Stopped),
            Control::Cancel => Flow::End(End::Cancelled),
        }
    }

    fn all_scales(&mut self, started: Flow) -> Result<(Vec<f32>, Size, End)> {
        let o = self.optimisation;
        let mut size = o.sizes[0];
        let mut x = o.start(size, &o.styles_at(o.scales[0])?)?;
        if let Flow::End(end) = started {
            return Ok((x, size, end));
        }
        let mut adam: Option<Adam> = None;
        for (stage, scale) in o.scales.iter().enumerate() {
            let next = o.sizes[stage];
            if stage > 0 {
                x = o.enlarge(&x, size, next)?;
                adam = adam.map(|a| warm(&a, size, next)).transpose()?;
            }
            size = next;
            let mut objective = o.objective(size, &o.styles_at(*scale)?)?;
            let (shown, end) = match o.params.optimizer {
                OptimizerKind::Adam => {
                    let adam = adam.get_or_insert_with(|| o.adam(x.len()));
                    self.one_scale(stage, size, x, &mut objective, adam)?
                }
                OptimizerKind::Lbfgs => self.one_scale(stage, size, x, &mut objective, &mut o.lbfgs())?,
            };
            x = shown;
            if let Some(end) = end {
                return Ok((x, size, end));
            }
        }
        Ok((x, size, End::Finished))
    }

    /// Steps at one scale; returns the shown picture and how the run ended, if it did.
    fn one_scale(
        &mut self,
        stage: usize,
        (width, height): Size,
        mut x: Vec<f32>,
        objective: &mut NeuralObjective,
        optimizer: &mut dyn Optimizer,
    ) -> Result<(Vec<f32>, Option<End>)> {
        let o = self.optimisation;
        let steps = o.scales[stage].steps as usize;
        let mut average = (o.params.avg_decay > 0.0).then(|| Average::new(o.params.avg_decay, x.len()));
        let shown = |x: &[f32], average: &Option<Average>| {
            average.as_ref().and_then(Average::value).unwrap_or_else(|| x.to_vec())
        };
        for step in 1..=steps {
            let at = objective.evaluate(&x)?;
            let progress = optimizer.step(&mut x, &at);
            if let Some(average) = &mut average {
                average.update(&x);
            }
            self.total += 1;
            let parts = objective.parts().to_vec();
            let report = Step { stage, step, steps, total_step: self.total, width, height, loss: at.loss, parts };
            let mut flow = self.tell(&Event::Step(&report));
            self.trace.push(report);
            if matches!(flow, Flow::On) && self.preview_every > 0 && self.total.is_multiple_of(self.preview_every) {
                let canvas = o.params.pixels.to_canvas(&shown(&x, &average), width, height)?;
                let rgb = canvas.rgb();
                let preview = Preview { stage, step, total_step: self.total, width, height, rgb };
                flow = self.tell(&Event::Preview(preview));
            }
            if let Flow::End(end) = flow {
                return Ok((shown(&x, &average), Some(end)));
            }
            if progress == Progress::Converged {
                break;
            }
        }
        Ok((shown(&x, &average), None))
    }
}

/// Adam's state at the next scale (crowsonkb: first moment bicubic, second bilinear).
fn warm(adam: &Adam, from: Size, to: Size) -> Result<Adam> {
    adam.warm_start(
        |mean| resize_planes(mean, 3, from, to, Filter::Bicubic),
        |square| resize_planes(square, 3, from, to, Filter::Bilinear),
    )
}

fn plan(scales: &[Scale], sizes: &[Size]) -> Plan {
    let stages = scales.iter().zip(sizes);
    Plan {
        stages: stages
            .map(|(s, (width, height))| Stage { width: *width, height: *height, steps: s.steps as usize })
            .collect(),
        step_costs: sizes.iter().map(|(w, h)| (w * h) as f64).collect(),
    }
}

fn within_limit(what: &str, (width, height): Size) -> Result<()> {
    if (width as u64).saturating_mul(height as u64) <= MOST_PIXELS {
        return Ok(());
    }
    Err(Error::limit(format!("{what} would be {width}×{height} pixels, allowed are {MOST_PIXELS} in all"))
        .hint("choose a smaller --size, or another --size-rule for long strips"))
}

fn size_of(canvas: &Canvas) -> Size {
    (canvas.width(), canvas.height())
}

/// The picture's proportions: the content's, else the init picture's, else the first style's.
fn proportions(inputs: &Inputs) -> Result<Size> {
    let source = inputs.content.as_ref().or(inputs.init.as_ref()).or(inputs.styles.first().map(|s| &s.canvas));
    source.map(size_of).ok_or_else(|| Error::parameter("neither a content nor a style picture is given"))
}

fn checked(params: &NeuralParams, inputs: Inputs) -> Result<Inputs> {
    if inputs.styles.is_empty() && params.style_weight > 0.0 {
        return Err(Error::parameter("no style picture is given").hint("name at least one, or set --style-weight 0"));
    }
    if let Some(style) = inputs.styles.iter().find(|s| !s.weight.is_finite()) {
        return Err(Error::parameter(format!("style weight {} is not a finite number", style.weight)));
    }
    if !inputs.styles.is_empty() && inputs.styles.iter().all(|s| s.weight == 0.0) {
        return Err(Error::parameter("all style weights are 0").hint("give at least one style a weight"));
    }
    if params.init == Init::Image && inputs.init.is_none() {
        return Err(Error::parameter("init is 'image' but no init picture is given").hint("name it with --init-image"));
    }
    if inputs.content.is_none() && params.content_weight > 0.0 {
        return Err(Error::parameter("no content picture is given")
            .hint("name one, or use --preset texture to make a texture from the style alone"));
    }
    if inputs.content.is_none() && params.init == Init::Content {
        return Err(Error::parameter("init is 'content' but no content picture is given").hint("use --init uniform"));
    }
    Ok(inputs)
}
