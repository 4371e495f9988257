//! Filters in a painter's place: one step, and the picture on the ground is the painting.

use scumble_core::Result;
use scumble_image::{Canvas, Light};

use super::{Painter, StepReport, working};
use crate::Painting;
use crate::filters::{HistogramParams, KuwaharaParams, XdogParams, histogram_oil, kuwahara, xdog};
use crate::painting::Ground;

/// A filter and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterParams {
    /// [`kuwahara`].
    Kuwahara(KuwaharaParams),
    /// [`histogram_oil`].
    Histogram(HistogramParams),
    /// [`xdog`].
    Xdog(XdogParams),
}

impl FilterParams {
    /// The filtered picture.
    ///
    /// # Errors
    /// `Fault::Parameter` if a parameter is out of range.
    pub fn apply(&self, picture: &Canvas) -> Result<Canvas> {
        match self {
            Self::Kuwahara(params) => kuwahara(picture, params),
            Self::Histogram(params) => histogram_oil(picture, params),
            Self::Xdog(params) => xdog(picture, params),
        }
    }
}

/// A filter at work.
#[derive(Debug)]
pub struct Filtered {
    picture: Canvas,
    filter: FilterParams,
    painting: Painting,
}

impl Filtered {
    /// Before the filter has worked. A picture whose longer side is above `longest`, where that is given, is filtered at that size.
    ///
    /// # Errors
    /// If the picture cannot be reduced.
    pub fn new(picture: &Canvas, filter: FilterParams, seed: u64, longest: Option<u32>) -> Result<Self> {
        let ground = working::mean_colour(picture).map(working::unit);
        let frame = [picture.width() as f32, picture.height() as f32];
        let picture = match longest {
            Some(longest) => working::reduced(picture, longest as usize, Light::Linear)?,
            None => picture.clone(),
        };
        Ok(Self { picture, filter, painting: Painting::new(frame[0], frame[1], ground, seed) })
    }
}

impl Painter for Filtered {
    fn step(&mut self) -> Result<Option<StepReport>> {
        if self.painting.ground.is_some() {
            return Ok(None);
        }
        let filtered = self.filter.apply(&self.picture)?.with_alpha(None)?;
        self.painting.ground = Some(Ground::new(&filtered)?);
        Ok(Some(StepReport::between(0, &filtered, &self.picture)?))
    }

    fn painting(&self) -> &Painting {
        &self.painting
    }

    fn progress(&self) -> f64 {
        if self.painting.ground.is_some() { 1.0 } else { 0.0 }
    }
}
