//! Paintings whose strokes are moved by a style, when they are finished.

use std::borrow::Cow;

use scumble_core::{Error, Result};
use scumble_image::Canvas;
use scumble_neural::strokes::StyledStrokes;
use scumble_neural::{NeuralParams, params};
use scumble_nn::{Device, VggWeights};
use scumble_paint::painters::{Painter, StepReport};
use scumble_paint::refine::RefineParams;
use scumble_paint::strokes::StrokesParams;
use scumble_paint::{Painting, Strokes};

use crate::environment::Environment;
use crate::presets;

/// The preset of image optimisation whose objective moves strokes: enough layers for strokes of some pixels' width.
const OBJECTIVE: &str = "draft";
/// Share of the work that a step is, beside one for the painter; for estimates alone.
const STEP: f64 = 0.3;

/// What moves strokes.
#[derive(Debug)]
pub(super) struct Mover {
    params: NeuralParams,
    weights: VggWeights,
    device: Device,
    descent: RefineParams,
}

impl Mover {
    /// Opens weights and device, if the parameters want strokes to be moved.
    pub fn new(strokes: &StrokesParams, environment: &Environment) -> Result<Option<Self>> {
        if strokes.style_steps == 0 {
            return Ok(None);
        }
        let parameters = presets::parameters(OBJECTIVE)?.into();
        let params: NeuralParams = serde_json::from_value(parameters).map_err(Error::parameter)?;
        let params = NeuralParams { strength: strokes.style_strength, color: params::ColorMode::None, ..params };
        let weights = environment.models().resolve(&params.model)?;
        Ok(Some(Self { params, weights, device: Device::open(&environment.device)?, descent: strokes.styling() }))
    }
}

/// Strokes that are painted, then moved.
pub(super) struct Styled<'a> {
    mover: &'a Mover,
    content: &'a Canvas,
    style: &'a Canvas,
    stage: Stage,
}

enum Stage {
    Painting(Box<Strokes>),
    Moving(Box<StyledStrokes>),
}

impl<'a> Styled<'a> {
    pub fn new(strokes: Strokes, mover: &'a Mover, content: &'a Canvas, style: &'a Canvas) -> Self {
        Self { mover, content, style, stage: Stage::Painting(Box::new(strokes)) }
    }
}

impl Painter for Styled<'_> {
    fn step(&mut self) -> Result<Option<StepReport>> {
        if let Stage::Painting(strokes) = &mut self.stage {
            if let Some(report) = strokes.step()? {
                return Ok(Some(report));
            }
            let Mover { params, weights, device, descent } = self.mover;
            let painting = strokes.painting().clone();
            let moving =
                StyledStrokes::new(painting, self.content, self.style, params, descent.clone(), weights, device)?;
            self.stage = Stage::Moving(Box::new(moving));
        }
        match &mut self.stage {
            Stage::Moving(moving) => moving.step(),
            Stage::Painting(_) => Ok(None),
        }
    }

    fn painting(&self) -> &Painting {
        match &self.stage {
            Stage::Painting(strokes) => strokes.painting(),
            Stage::Moving(moving) => moving.painting(),
        }
    }

    fn shown(&self) -> Cow<'_, Painting> {
        match &self.stage {
            Stage::Painting(strokes) => strokes.shown(),
            Stage::Moving(moving) => moving.shown(),
        }
    }

    fn progress(&self) -> f64 {
        let moving = STEP * f64::from(self.mover.descent.steps);
        let done = match &self.stage {
            Stage::Painting(strokes) => strokes.progress(),
            Stage::Moving(at) => 1.0 + moving * at.progress(),
        };
        done / (1.0 + moving)
    }
}
