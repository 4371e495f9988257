//! What a run needs: its pictures and parameters, checked, and both as they are at each scale.

use scumble_core::{Error, Plan, Result, Stage};
use scumble_image::{Canvas, Filter, Light, resize};
use scumble_nn::{Device, Encoder, VggWeights};

use crate::init::starting_point;
use crate::objective::NeuralObjective;
use crate::params::{Init, NeuralParams, Resample};
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

/// A prepared run: nothing in its inputs can fail any more.
#[derive(Debug, Clone)]
pub struct Optimisation {
    pub(crate) params: NeuralParams,
    pub(crate) inputs: Inputs,
    pub(crate) encoder: Encoder,
    pub(crate) scales: Vec<Scale>,
    pub(crate) sizes: Vec<Size>,
    pub(crate) plan: Plan,
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
            tile_from: None,
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
            for (i, size) in self.style_sizes(*scale).into_iter().enumerate() {
                within_limit(&format!("style {}", i + 1), size)?;
            }
        }
        let mut pictures = vec![("the picture".to_owned(), self.sizes[0])];
        for (i, size) in self.style_sizes(self.scales[0]).into_iter().enumerate() {
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

    /// Width and height of each style at a scale.
    pub(crate) fn style_sizes(&self, scale: Scale) -> Vec<Size> {
        let styles = self.inputs.styles.iter();
        styles.map(|style| style_fit(size_of(&style.canvas), scale.size, &self.params)).collect()
    }

    /// The styles as they are seen at a scale.
    pub(crate) fn styles_at(&self, scale: Scale) -> Result<Vec<(f64, Canvas)>> {
        let total: f64 = self.inputs.styles.iter().map(|s| s.weight.abs()).sum();
        let styles = self.inputs.styles.iter().zip(self.style_sizes(scale));
        styles.map(|(style, size)| Ok((style.weight / total, self.resized(&style.canvas, size)?))).collect()
    }

    pub(crate) fn objective(&self, size: Size, styles: &[(f64, Canvas)]) -> Result<NeuralObjective> {
        let space = self.params.pixels;
        let content = self.inputs.content.as_ref().map(|c| self.resized(c, size)).transpose()?;
        let content = content.as_ref().map(|c| space.of_canvas(c));
        let encoded: Vec<(f64, Vec<f32>, Size)> =
            styles.iter().map(|(weight, c)| (*weight, space.of_canvas(c), size_of(c))).collect();
        let styles: Vec<(f64, &[f32], Tiles)> =
            encoded.iter().map(|(weight, values, size)| (*weight, values.as_slice(), self.tiles(*size))).collect();
        NeuralObjective::new(&self.encoder, &self.params, self.tiles(size), content.as_deref(), &styles)
    }

    pub(crate) fn start(&self, size: Size, styles: &[(f64, Canvas)]) -> Result<Vec<f32>> {
        let source = match self.params.init {
            Init::Image => self.inputs.init.as_ref(),
            _ => self.inputs.content.as_ref(),
        };
        let source = source.map(|picture| self.resized(picture, size)).transpose()?;
        starting_point(self.params.init, self.params.pixels, size, source.as_ref(), styles, self.params.seed)
    }
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
